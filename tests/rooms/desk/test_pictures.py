"""Pictures that came in are looked at once: signals with reasons, within the merchant's walls, and never against the buyer's right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from amends.desk.cases.redecide import redecide
from amends.desk.evidence import EvidenceDesk
from amends.desk.pictures import PictureDesk
from amends.desk.settings.gate import UnableToSet
from amends.facts.imported import ShopSetting
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.vault import CopyOf, Custody, Made
from amends.wiring.pictures import picture_desk
from amends.wiring.portal import evidence_desk
from tests.case_house import MANAGER, case_desk
from tests.databases import Database, database
from tests.django_house import NOW
from tests.money_house import SHOP, case_of, order_of
from tests.pictures_house import as_file, scene, tagged
from tests.portal_house import upload

__all__ = ["database"]

OTHER = ShopSetting("acme-two", "direct", "DE", "EUR")
STRANGER = ShopSetting("far-away", "direct", "DE", "EUR", merchant="stranger")


@dataclass
class World:
    """A desk with an evidence shelf."""

    evidence: EvidenceDesk
    pictures: PictureDesk
    count: int = 0

    def case(self, shop: ShopSetting = SHOP, order: str = "", **change: Mapping[str, Any]) -> int:
        self.count += 1
        name = order or f"O{self.count}"
        return case_of(order_of(order=name, **change), key=f"C{self.count}", shop=shop)

    def give(self, case: int, content: bytes, by: str = "buyer", name: str = "photo.jpg") -> str:
        with self.evidence.receiving([upload(content, name)]) as received:
            received.keep(case, by, "Anna", NOW)
            return received.pieces[0].sha256

    def codes(self, case: int, person: Person = MANAGER) -> list[str]:
        return [one.code for one in self.pictures.signals(case, person) if not one.later]

    def decision(self, case: int) -> dict[str, Any]:
        state = self.evidence.cases.casework.look(case)
        assert state is not None
        return dict(state.decision or {})


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    cases = case_desk()
    evidence = evidence_desk(cases, tmp_path)
    return World(evidence, picture_desk(cases, evidence))


def copy_of(seed: int) -> bytes:
    """Cropped on each side, smaller, saved anew."""
    picture = scene(seed)
    part = picture.crop((40, 60, 600, 450))
    return as_file(part.resize((part.width // 2, part.height // 2)), "WEBP", quality=60)


def test_the_same_file_in_another_shop_of_the_merchant_is_told_with_its_case(world: World) -> None:
    first, second = world.case(), world.case(OTHER)
    world.give(first, as_file(scene(1)))
    world.give(second, as_file(scene(1)))
    assert world.pictures.look() == 2
    assert world.codes(first) == []
    (signal,) = list(world.pictures.signals(second, MANAGER))
    assert (signal.code, signal.strength, signal.other_case, signal.other_key) == ("same_file", "strong", first, "C1")
    assert "C1" in signal.says.en
    assert "C1" in signal.says.zh
    (later,) = world.pictures.signals(first, MANAGER)
    assert (later.later, later.other_case) == (True, second)


def test_a_cropped_and_resized_copy_is_known_and_a_different_picture_is_not(world: World) -> None:
    first, second, third = world.case(), world.case(), world.case()
    world.give(first, as_file(scene(2)))
    world.give(second, copy_of(2))
    world.give(third, as_file(scene(3)))
    world.pictures.look()
    assert (world.codes(second), world.codes(third)) == (["same_picture"], [])


def test_nothing_is_told_across_merchants(world: World) -> None:
    first, second = world.case(STRANGER), world.case()
    world.give(first, as_file(scene(4)))
    world.give(second, as_file(scene(4)))
    third = world.case()
    world.give(third, copy_of(4))
    world.pictures.look()
    assert world.codes(second) == []
    assert [one.other_case for one in world.pictures.signals(third, MANAGER)] == [second]
    assert world.pictures.signals(first, Person("s", "manager", frozenset({"stranger"}))) == []


def test_the_same_order_may_show_the_same_picture_again(world: World) -> None:
    first, second = world.case(order="O-same"), world.case(order="O-same")
    world.give(first, as_file(scene(5)))
    world.give(second, as_file(scene(5)))
    world.pictures.look()
    assert world.codes(second) == []


def test_what_the_shop_itself_gives_is_known_later_but_draws_no_signal(world: World) -> None:
    first, second, third = world.case(), world.case(), world.case()
    world.give(first, as_file(scene(6)), by="person")
    world.give(second, as_file(scene(6)), by="person")
    world.give(third, as_file(scene(6)))
    world.pictures.look()
    assert (world.codes(second), world.codes(third)) == ([], ["same_file", "same_file"])


def test_a_covered_copy_and_a_note_made_here_are_nobodys_pictures(world: World) -> None:
    first, second, third = world.case(), world.case(), world.case()
    original = world.give(first, as_file(scene(14)))
    made = as_file(scene(15), "PNG")
    for case, content, copy in ((first, made, CopyOf(original, {"page": 1})), (second, b"a call", None)):
        kind = ("photo", "image/png") if copy else ("chat", "text/plain")
        with world.evidence.shelf.making(Made("made", *kind, content), copy) as received:
            received.keep(case, "person", "Mia", NOW, "house")
    world.give(third, made)
    assert world.pictures.look() == 4
    assert (world.codes(first), world.codes(second), world.codes(third)) == ([], [], [])
    world.give(second, as_file(scene(15), "WEBP", quality=60))
    world.give(third, as_file(scene(14), "WEBP", quality=60))
    world.pictures.look()
    assert (world.codes(second), world.codes(third)) == ([], ["same_picture"])


def test_nothing_is_known_of_a_picture_whose_time_is_over(world: World) -> None:
    from amends.store.models import CaseRow, PictureRow
    from amends.store.vault_book import DatabaseCustody

    first, second = world.case(), world.case()
    kept = world.give(first, as_file(scene(17)))
    world.pictures.products.add(SHOP.merchant, [upload(as_file(scene(18)), "dress.jpg")], MANAGER)
    world.pictures.look()
    assert PictureRow.objects.count() == 2
    CaseRow.objects.filter(pk=first).update(state="closed")
    done = Custody("removed", Actor("system", "retention"), NOW)
    assert DatabaseCustody().removed(kept, done, world.evidence.shelf.remove)
    assert PictureRow.objects.get().sha256 != kept
    (own,), _ = world.pictures.products.pictures(SHOP.merchant, MANAGER)
    world.pictures.products.remove(SHOP.merchant, own.number, MANAGER)
    assert not PictureRow.objects.exists()
    world.give(second, copy_of(17))
    world.pictures.look()
    assert world.codes(second) == []


def test_a_reused_picture_asks_for_a_person_and_takes_no_right(world: World) -> None:
    first, second = world.case(), world.case()
    with world.evidence.cases.casework.holding(second) as held:
        assert held is not None
        redecide(world.evidence.cases, held)
    before = world.decision(second)
    assert before["handling"] == "auto"
    world.give(first, as_file(scene(7)))
    world.give(second, as_file(scene(7)))
    world.pictures.look()
    after = world.decision(second)
    assert after["handling"] == "review"
    assert "risk.photo_reused" in [one["rule"] for one in after["because"] if one["verdict"] == "holds"]
    assert {name: after[name] for name in ("outcome", "entitled", "may_refuse", "refund")} == {
        name: before[name] for name in ("outcome", "entitled", "may_refuse", "refund")
    }
    history = world.evidence.cases.casework.history(second)
    assert history.whole
    assert "photo_signals" in [one.entry.what for one in history.entries]


def test_nothing_is_answered_by_itself_before_its_pictures_were_looked_at(world: World) -> None:
    from amends.store.models import Shop

    number = world.case()
    Shop.objects.update(automatic=True)
    with world.evidence.cases.casework.holding(number) as held:
        assert held is not None
        redecide(world.evidence.cases, held)
    casework = world.evidence.cases.casework
    assert number in casework.to_run(NOW, 10)
    world.give(number, as_file(scene(8)))
    assert number not in casework.to_run(NOW, 10)
    world.pictures.look()
    assert number in casework.to_run(NOW, 10)


def test_a_photo_from_before_dispatch_is_told(world: World) -> None:
    number = world.case(request={"kind": "return_refund", "reason": "damaged"})
    world.give(number, as_file(scene(9), exif=tagged("2026:11:18 10:00:00", "+01:00")))
    world.pictures.look()
    assert world.codes(number) == ["before_dispatch"]


def test_the_shops_own_product_picture_is_known(world: World) -> None:
    added = world.pictures.products.add(SHOP.merchant, [upload(as_file(scene(10)), "dress.jpg")], MANAGER)
    assert (added, world.pictures.products.add(SHOP.merchant, [upload(as_file(scene(10)), "dress.jpg")], MANAGER)) == (
        1,
        0,
    )
    number, far = world.case(), world.case(STRANGER)
    world.give(number, copy_of(10))
    world.give(far, copy_of(10))
    world.pictures.look()
    assert (world.codes(number), world.codes(far, Person("x", "manager"))) == (["catalogue"], [])
    assert "dress.jpg" in world.pictures.signals(number, MANAGER)[0].says.en
    assert world.decision(number)["handling"] == "review"


def test_a_product_picture_that_is_none_is_refused_by_name_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(UnableToSet, match="leaflet"):
        world.pictures.products.add(
            "", [upload(as_file(scene(1))), upload(b"%PDF-1.7 nothing to see", "leaflet.pdf")], MANAGER
        )
    assert world.pictures.products.pictures(SHOP.merchant, MANAGER) == ([], 0)
    with pytest.raises(UnableToSet):
        world.pictures.products.pictures("stranger", Person("m", "manager", frozenset({"demo"})))


def test_a_piece_is_looked_at_once_and_what_cannot_be_looked_at_holds_nothing_up(world: World) -> None:
    number = world.case()
    gone = world.give(number, as_file(scene(12)))
    world.evidence.shelf.place(gone).unlink()  # type: ignore[attr-defined]
    world.give(number, b"%PDF-1.7 a report", name="report.pdf")
    world.give(number, as_file(Image.new("RGB", (60, 40), "white"), "PNG"))
    assert world.pictures.look() == 3
    assert world.pictures.look() == 0
    assert world.codes(number) == []


def test_a_case_that_cannot_be_decided_keeps_its_signals_and_holds_nothing_up(world: World) -> None:
    from amends.store.models import CaseFile

    first, second, third = world.case(), world.case(), world.case()
    for number in (first, second, third):
        world.give(number, as_file(scene(13)))
    CaseFile.objects.filter(case=second).update(case_json={"case": "C2", "market": 7})
    assert world.pictures.look() == 3
    assert world.pictures.look() == 0
    assert (world.codes(second), world.codes(third)) == (["same_file"], ["same_file", "same_file"])


def test_the_same_document_in_another_case_is_told_too(world: World) -> None:
    first, second = world.case(), world.case()
    world.give(first, b"%PDF-1.7 a report", name="report.pdf")
    world.give(second, b"%PDF-1.7 a report", name="report.pdf")
    world.pictures.look()
    assert world.codes(second) == ["same_file"]
