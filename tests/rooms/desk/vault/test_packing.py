"""Packing videos and weighing photos: kept before there is a case, and on every case of the order from then on."""

from __future__ import annotations

from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.vault.folder import FolderRounds
from amends.desk.vault.packing import Named, read_name
from tests.case_house import MANAGER
from tests.portal_house import picture
from tests.rooms.desk.vault.conftest import Vault
from tests.vault_house import found_in

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(400)


@pytest.mark.parametrize(("name", "says"), [
    ("SF1234567890123.mp4", Named("SF1234567890123", "packing", None)),
    ("A-10001_weight-412g.jpg", Named("A-10001", "weighing", 412)),
    ("A-10001_0.412kg.jpg", Named("A-10001", "weighing", 412)),
    ("A-10001_重量412克.png", Named("A-10001", "weighing", 412)),
    ("SF1234567890123_unboxing_2.mov", Named("SF1234567890123", "unpacking", None)),
    ("SF1234567890123_打包_20261126.mp4", Named("SF1234567890123", "packing", None)),
    ("A-10001_label.jpg", Named("A-10001", "other", None)),
])  # fmt: skip
def test_what_a_name_says(name: str, says: Named) -> None:
    assert read_name(name) == says


@pytest.mark.parametrize("name", ["x.mp4", "_412g.jpg", ".jpg", "照片.jpg", "a b c d e.jpg"])
def test_a_name_that_says_nothing_is_turned_away_with_what_would_be_right(name: str) -> None:
    with pytest.raises(UnableToWork) as told:
        read_name(name)
    assert "order's number" in told.value.says.en
    assert told.value.says.zh


def rounds(vault: Vault) -> FolderRounds:
    from amends.intake.packing_folder import PackingFolder
    from amends.wiring.vault import _Lying

    return FolderRounds(vault.desk, _Lying(PackingFolder(vault.data / "packing", vault.clock)))


def put(vault: Vault, name: str, content: bytes) -> Any:
    file = vault.data / "packing" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def settle(vault: Vault, look: FolderRounds) -> int:
    look.look()
    vault.clock.forward(seconds=10)
    return look.look()


def test_files_of_an_order_are_on_its_case_once_it_is_there(vault: Vault) -> None:
    vault.case("OTHER-1", "C-0")
    look = rounds(vault)
    put(vault, "O-10001.mp4", MP4)
    put(vault, "O-10001_weight-412g.jpg", picture())
    assert settle(vault, look) == 2
    number = vault.case("O-10001")
    film, photo = vault.desk.shelf(number, MANAGER).goods
    assert (film.parcel.purpose, film.kind, film.parcel.grams) == ("packing", "video", None)
    assert (photo.parcel.purpose, photo.kind, photo.parcel.grams) == ("weighing", "photo", 412)
    assert sorted(one.name for one in (vault.data / "packing" / "done").iterdir()) == [
        "O-10001.mp4", "O-10001_weight-412g.jpg",
    ]  # fmt: skip
    assert found_in(vault.data) == []
    assert vault.desk.custody.custody(film.sha256, 9)[0].source == "folder"


def test_a_waybill_finds_the_cases_whose_parcel_goes_by_it(vault: Vault) -> None:
    shipment = {"id": "SF1234567890123", "shipped_at": "2026-11-20T18:00:00+01:00", "trace": "in_transit"}
    look = rounds(vault)
    number = vault.case("O-2", "C-2")
    from amends.store.models import CaseFile

    row = CaseFile.objects.get(case=number)
    row.case_json = {**row.case_json, "shipments": [shipment]}
    row.save()
    put(vault, "acme/SF1234567890123.mp4", MP4)
    assert settle(vault, look) == 1
    (film,) = vault.desk.shelf(number, MANAGER).goods
    assert film.parcel.waybill == "SF1234567890123"


def test_a_file_that_is_written_to_is_left_alone(vault: Vault) -> None:
    vault.case()
    look = rounds(vault)
    file = put(vault, "O-10001.mp4", MP4[:200])
    look.look()
    vault.clock.forward(seconds=10)
    file.write_bytes(MP4)
    assert look.look() == 0
    assert file.exists()
    vault.clock.forward(seconds=10)
    assert look.look() == 1


def test_what_cannot_be_kept_is_put_aside_with_the_reason(vault: Vault) -> None:
    vault.case()
    look = rounds(vault)
    put(vault, "x.mp4", MP4)
    put(vault, "O-10001.txt", b"hello")
    put(vault, "nobody/O-10001.mp4", MP4)
    assert settle(vault, look) == 0
    failed = vault.data / "packing" / "failed"
    assert "order's number" in (failed / "x.mp4.reason.txt").read_text(encoding="utf-8")
    assert "photos" in (failed / "O-10001.txt.reason.txt").read_text(encoding="utf-8")
    assert "no shop nobody" in (failed / "nobody" / "O-10001.mp4.reason.txt").read_text(encoding="utf-8")
    assert found_in(vault.data) == []


def test_the_same_file_again_changes_nothing_and_a_link_is_not_followed(vault: Vault) -> None:
    vault.case()
    look = rounds(vault)
    put(vault, "O-10001.mp4", MP4)
    assert settle(vault, look) == 1
    put(vault, "O-10001.mp4", MP4)
    (vault.data / "packing" / "O-10002.mp4").symlink_to("/etc/hostname")
    assert settle(vault, look) == 1
    assert len(vault.desk.goods.of_parcel("acme", "O-10001", "")) == 1
    assert (vault.data / "packing" / "done" / "O-10001 (2).mp4").exists()
    assert found_in(vault.data) == []


def test_a_row_of_goods_that_was_tampered_with_is_found(vault: Vault) -> None:
    from amends.store.models import GoodsProofRow

    vault.case()
    put(vault, "O-10001_412g.jpg", picture())
    settle(vault, rounds(vault))
    GoodsProofRow.objects.update(grams=40)
    (one,) = found_in(vault.data)
    assert "grams" in one.says.en
    assert "O-10001" in one.where
