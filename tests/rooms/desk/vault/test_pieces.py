"""Covered copies, notes of calls, conversations, and what stood at purchase, each a piece with its hash."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from amends.desk.cases.faults import UnableToWork
from amends.desk.vault.cover import Box, cover
from amends.desk.vault.listings import at_purchase, keep_snapshots, tell_listing
from amends.desk.vault.notes import CallNote, keep_talk, note_call
from amends.facts.listings import Listing
from tests.case_house import BUYER, MANAGER, STRANGER, WAREHOUSE
from tests.django_house import NOW
from tests.portal_house import picture, upload
from tests.rooms.desk.vault.conftest import Vault
from tests.vault_house import found_in


def pieces(vault: Vault, number: int) -> list[Any]:
    return list(vault.desk.evidence.shelf.of_case(number))


def content(vault: Vault, sha: str) -> bytes:
    with vault.desk.evidence.shelf.original(sha) as file:
        return file.read()


def test_what_is_covered_is_burned_out_and_the_original_stays(vault: Vault) -> None:
    number = vault.case()
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-SERIAL-123"
    photo = picture("JPEG", (200, 100), exif=exif)
    vault.desk.evidence.add(number, MANAGER, [upload(photo, "receipt.jpg")])
    (before,) = pieces(vault, number)
    copy = cover(vault.desk, number, before.sha256, MANAGER, 1, [Box(100, 200, 300, 400)])
    assert content(vault, before.sha256) == photo
    made = content(vault, copy)
    assert b"CAMERA" not in made
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.format == "PNG"
        assert seen.size == (200, 100)
        assert not seen.getexif()
        assert seen.getpixel((21, 21)) == (0, 0, 0)
        assert seen.getpixel((79, 59)) == (0, 0, 0)
        assert seen.getpixel((81, 61)) != (0, 0, 0)
        assert seen.getpixel((19, 19)) != (0, 0, 0)
    kept = vault.desk.custody.files([copy])[copy]
    assert kept.origin == before.sha256
    assert kept.covered == {"page": 1, "boxes": [[100, 200, 300, 400]]}
    assert [one.what for one in vault.desk.custody.custody(before.sha256, 9)] == ["taken_in", "covered"]
    assert found_in(vault.data) == []


def test_a_page_of_a_pdf_becomes_a_picture_without_its_text(vault: Vault) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(300, 400)
    memory = io.BytesIO()
    document.save(memory)
    document.close()
    number = vault.case()
    vault.desk.evidence.add(number, MANAGER, [upload(memory.getvalue(), "letter.pdf")])
    (before,) = pieces(vault, number)
    copy = cover(vault.desk, number, before.sha256, MANAGER, 2, [Box(0, 0, 1000, 500)])
    with Image.open(io.BytesIO(content(vault, copy))) as seen:
        assert seen.getpixel((5, 5)) == (0, 0, 0)
        assert seen.getpixel((5, seen.height - 5)) == (255, 255, 255)
    with pytest.raises(UnableToWork):
        cover(vault.desk, number, before.sha256, MANAGER, 3, [Box(0, 0, 10, 10)])


@pytest.mark.parametrize(
    "boxes", [[], [Box(990, 0, 20, 10)], [Box(-1, 0, 5, 5)], [Box(0, 0, 0, 5)], [Box(0, 0, 1, 1)] * 61]
)
def test_rectangles_that_are_none_are_turned_away(vault: Vault, boxes: list[Box]) -> None:
    number = vault.case()
    vault.desk.evidence.add(number, MANAGER, [upload(picture())])
    with pytest.raises(UnableToWork) as told:
        cover(vault.desk, number, pieces(vault, number)[0].sha256, MANAGER, 1, boxes)
    assert told.value.field == "boxes"
    assert len(pieces(vault, number)) == 1


def test_contacts_in_a_text_are_masked_on_the_copy(vault: Vault) -> None:
    number = vault.case()
    text = "张伟 13812345678，地址：浙江省杭州市西湖区文三路 478 号 3 单元，zhang@example.com，11010519491231002X"
    note_call(vault.desk, number, MANAGER, CallNote("buyer", "in", NOW, 4, text))
    (before,) = pieces(vault, number)
    copy = content(vault, cover(vault.desk, number, before.sha256, MANAGER, 1, [])).decode()
    for secret in ("13812345678", "文三路", "zhang@", "19491231"):
        assert secret in content(vault, before.sha256).decode()
        assert secret not in copy
    assert found_in(vault.data) == []


def test_another_merchants_case_cannot_be_covered_or_noted_on(vault: Vault) -> None:
    number = vault.case()
    vault.desk.evidence.add(number, MANAGER, [upload(picture())])
    sha = pieces(vault, number)[0].sha256
    with pytest.raises(UnableToWork) as told:
        cover(vault.desk, number, sha, STRANGER, 1, [Box(0, 0, 9, 9)])
    assert told.value.code == "not_found"
    with pytest.raises(UnableToWork):
        note_call(vault.desk, number, STRANGER, CallNote("x", "in", NOW, 1, "x"))
    with pytest.raises(UnableToWork):
        vault.desk.story(sha, STRANGER)


def test_a_call_and_a_conversation_are_pieces(vault: Vault) -> None:
    from amends.desk.cases.talk import buyer_says

    number = vault.case()
    note_call(vault.desk, number, WAREHOUSE, CallNote("Anna", "out", NOW - timedelta(hours=1), 7, "It came empty."))
    with pytest.raises(UnableToWork):
        keep_talk(vault.desk, number, MANAGER)
    buyer_says(vault.desk.evidence.cases, number, BUYER, "Where is my money?", [])
    keep_talk(vault.desk, number, MANAGER)
    call, talk = pieces(vault, number)
    assert (call.kind, call.mime) == ("chat", "text/plain")
    assert "It came empty." in content(vault, call.sha256).decode()
    assert "Where is my money?" in content(vault, talk.sha256).decode()
    assert found_in(vault.data) == []


@pytest.mark.parametrize(("change", "field"), [
    ({"whom": " "}, "whom"), ({"way": "up"}, "way"), ({"minutes": -1}, "minutes"), ({"text": ""}, "call_text"),
    ({"at": NOW + timedelta(minutes=1)}, "call_at"),
])  # fmt: skip
def test_a_note_of_a_call_names_what_is_wrong(vault: Vault, change: dict[str, Any], field: str) -> None:
    from dataclasses import replace

    number = vault.case()
    with pytest.raises(UnableToWork) as told:
        note_call(vault.desk, number, MANAGER, replace(CallNote("Anna", "in", NOW, 3, "text"), **change))
    assert told.value.field == field


def test_the_listing_as_it_stood_at_purchase_and_how_it_differs_today(vault: Vault) -> None:
    """Placed on 20 November; the page changed on the 22nd."""
    number = vault.case(order="O-9", key="C-9")
    from amends.store.models import CaseFile

    row = CaseFile.objects.get(case=number)
    row.case_json["order"]["lines"][0]["sku"] = "LAMP"
    row.save()
    then, now = Listing("Oak lamp", "Solid oak.", "70.00", "EUR", {"wood": "oak"}, ("a" * 64,)), None
    now = Listing("Oak-look lamp", "Solid oak.", "60.00", "EUR", {"wood": "veneer"}, ("b" * 64,))
    assert tell_listing(vault.desk, MANAGER, "acme", "LAMP", then, NOW - timedelta(days=20))[1]
    assert not tell_listing(vault.desk, MANAGER, "acme", "LAMP", then, NOW - timedelta(days=10))[1]
    assert tell_listing(vault.desk, MANAGER, "acme", "LAMP", now, NOW - timedelta(days=3))[1]
    seen = at_purchase(vault.desk, vault.desk.case(number, MANAGER))
    assert seen is not None
    (one,) = seen.listings
    assert one.kept.listing == then
    assert not one.late
    assert {(each.field, each.was, each.now) for each in one.changes} == {
        ("title", "Oak lamp", "Oak-look lamp"),
        ("price", "70.00", "60.00"),
        ("attributes", "oak", "veneer"),
        ("pictures", "a" * 64, "b" * 64),
    }
    assert keep_snapshots(vault.desk, number, MANAGER) == 1
    assert "Oak lamp" in content(vault, pieces(vault, number)[0].sha256).decode()
    assert found_in(vault.data) == []


def test_a_listing_told_after_the_purchase_is_shown_as_such(vault: Vault) -> None:
    number = vault.case(order="O-9", key="C-9")
    from amends.store.models import CaseFile

    row = CaseFile.objects.get(case=number)
    row.case_json["order"]["lines"][0]["sku"] = "LAMP"
    row.save()
    tell_listing(vault.desk, MANAGER, "acme", "LAMP", Listing("Lamp"), None)
    seen = at_purchase(vault.desk, vault.desk.case(number, MANAGER))
    assert seen is not None
    assert seen.listings[0].late
    with pytest.raises(UnableToWork) as told:
        tell_listing(vault.desk, MANAGER, "acme", "LAMP", Listing("Lamp"), NOW + timedelta(days=1))
    assert told.value.field == "as_of"
    with pytest.raises(UnableToWork):
        tell_listing(vault.desk, STRANGER, "acme", "LAMP", Listing("Lamp"), None)


def test_the_policy_in_force_at_purchase_is_given_with_its_version(vault: Vault) -> None:
    from amends.store.models import PolicyRow, PolicyVersion

    number = vault.case()
    policy = PolicyRow.objects.create(merchant="main", name="p")
    for at, days, state in ((1, 30, "retired"), (2, 2, "live")):
        PolicyVersion.objects.create(
            policy=policy, number=at, text=f"policy: p{at}", sha256=str(at) * 64, state=state, made_by="b",
            made_at=NOW - timedelta(days=days),
        )  # fmt: skip
    seen = at_purchase(vault.desk, vault.desk.case(number, MANAGER))
    assert seen is not None
    (one,) = seen.policies
    assert (one.version, one.text, one.still) == (1, "policy: p1", False)
