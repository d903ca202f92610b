"""Asking and following as a buyer, on both databases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from amends.desk.cases.approve import approve
from amends.desk.cases.ask import ask
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.portal import asking, following
from amends.desk.portal.desk import PortalDesk, buyer_of
from amends.desk.portal.lines import line_looks
from amends.facts.portal import Prospect
from tests.case_house import AGENT, MANAGER, Clock
from tests.databases import Database, database
from tests.portal_house import order_of, picture, portal, shop_of, upload

__all__ = ["database"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock, tmp_path: Path) -> PortalDesk:
    return portal(tmp_path, clock)


def prospects(desk: PortalDesk, number: str, lines: list[tuple[str, int]], reason: str) -> dict[str, Prospect]:
    wish = asking.wish_of(lines, "", reason, {})
    return {one.kind: one for one in asking.choose(desk, shop_of(desk), order_of(desk, number), wish).prospects}


def test_a_line_tells_until_when_it_can_go_back_or_why_not(desk: PortalDesk) -> None:
    jacket, mugs = line_looks(desk, order_of(desk))
    assert (jacket.stage, jacket.closed, jacket.free, mugs.free) == ("here", False, 1, 2)
    assert jacket.until is not None
    kettle, _ = line_looks(desk, order_of(desk, "NH20002"))
    assert kettle.over
    assert kettle.until is not None
    assert kettle.until < desk.cases.now()
    assert not kettle.closed, "what is faulty can still be brought back"
    watch, bag = line_looks(desk, order_of(desk, "NH20006"))
    assert watch.over
    assert watch.until is None
    assert watch.why is not None
    assert "engraved" not in watch.why.en.lower() or "l1" not in watch.why.en
    assert not bag.over


def test_where_the_goods_are_decides_what_can_be_asked_for(desk: PortalDesk) -> None:
    assert set(prospects(desk, "NH20003", [("l1", 1)], "changed_mind")) == {"cancel"}
    assert set(prospects(desk, "NH20004", [("l1", 1)], "not_received")) == {"refund_only", "resend"}
    assert "return_refund" in prospects(desk, "NH20001", [("l1", 1)], "quality")
    with pytest.raises(UnableToWork, match="reason"):
        prospects(desk, "NH20003", [("l1", 1)], "quality")


def test_what_would_happen_is_what_happens(desk: PortalDesk) -> None:
    seen = prospects(desk, "NH20001", [("l1", 1)], "changed_mind")["return_refund"]
    assert (seen.outcome, seen.total, seen.pays, seen.back, seen.freight) == (
        "accept", 14_900, (("card", 14_900),), True, "buyer",
    )  # fmt: skip
    assert seen.refund_by is not None
    assert seen.refund_days is None, "the Union counts from the notice"
    opened = asking.send(
        desk, shop_of(desk), order_of(desk), asking.wish_of([("l1", 1)], "return_refund", "changed_mind", {})
    )
    told = opened.state.decision or {}
    assert (told["outcome"], told["refund"]["total"]) == ("accept", "149.00")
    assert datetime.fromisoformat(told["return"]["ship_by"]) == seen.ship_by


def test_in_china_the_money_is_promised_in_days_after_the_goods_are_back(desk: PortalDesk) -> None:
    seen = prospects(desk, "NH20008", [("l1", 1)], "changed_mind")["return_refund"]
    assert (seen.refund_days, seen.refund_by, seen.pays) == (7, None, (("wechat_pay", 9_900),))


def test_a_request_carries_answers_words_and_files(desk: PortalDesk) -> None:
    answers = {"goods.used": True, "defect.visible": False, "defect.found_at": "2026-11-24T12:00:00+00:00"}
    wish = asking.wish_of([("l2", 1)], "return_refund", "quality", answers, "it is chipped")
    files = [upload(picture()), upload(picture("PNG"), "b.png")]
    state = asking.send(desk, shop_of(desk), order_of(desk), wish, files).state
    assert state.key == "R-NH20001-1"
    assert state.origin == "buyer"
    assert state.case["goods"] == {"used": True}
    assert state.case["defect"]["visible"] is False
    assert [one["kind"] for one in state.case["evidence"]] == ["photo", "photo"]
    assert [one.kind for one in desk.evidence.shelf.of_case(state.number)] == ["photo", "photo"]
    followed = following.follow(desk, state.number)
    assert [one.text.split("\n")[0] for one in followed.messages] == ["it is chipped", "request_received: R-NH20001-1"]


def test_pieces_are_asked_for_once(desk: PortalDesk) -> None:
    shop, order = shop_of(desk), order_of(desk)
    first = asking.send(desk, shop, order, asking.wish_of([("l2", 1)], "return_refund", "changed_mind", {}))
    _, mugs = line_looks(desk, order)
    assert (mugs.free, mugs.taken_by) == (1, first.state.key)
    with pytest.raises(UnableToWork, match="that many"):
        asking.send(desk, shop, order, asking.wish_of([("l2", 2)], "return_refund", "changed_mind", {}))
    following.take_back(desk, first.state.number, buyer_of(order))
    assert line_looks(desk, order)[1].free == 2


@pytest.mark.parametrize("lines", [[], [("l9", 1)], [("l1", 0)], [("l1", 2)]])
def test_lines_that_make_no_sense_are_named(desk: PortalDesk, lines: list[tuple[str, int]]) -> None:
    wish = asking.wish_of(lines, "return_refund", "changed_mind", {})
    with pytest.raises(UnableToWork) as told:
        asking.send(desk, shop_of(desk), order_of(desk), wish)
    assert told.value.field == "lines"
    assert desk.known.cases_of("Nordhus", "NH20001") == []


def test_a_file_that_is_no_proof_leaves_nothing_behind(desk: PortalDesk, tmp_path: Path) -> None:
    wish = asking.wish_of([("l1", 1)], "return_refund", "quality", {})
    with pytest.raises(UnableToWork) as told:
        asking.send(desk, shop_of(desk), order_of(desk), wish, [upload(picture()), upload(b"<html>" * 40, "photo.jpg")])
    assert told.value.field == "files"
    assert desk.known.cases_of("Nordhus", "NH20001") == []
    assert [one for one in (tmp_path / "evidence").rglob("*") if one.is_file()] == []


def test_the_whole_way_from_question_to_parcel(desk: PortalDesk, clock: Clock) -> None:
    shop, order = shop_of(desk), order_of(desk)
    buyer = buyer_of(order)
    number = asking.send(desk, shop, order, asking.wish_of([("l1", 1)], "return_refund", "quality", {})).state.number
    ask(desk.cases, number, AGENT, ["evidence.photo"], "a photo of the seam, please")
    clock.forward(minutes=2)
    assert following.follow(desk, number).asked == ("evidence.photo", "a photo of the seam, please")
    following.give(desk, number, buyer, "", [upload(picture())])
    assert following.follow(desk, number).asked is None
    offer(desk.cases, number, MANAGER, "partial_refund", "20.00", "keep it")
    (made,) = following.follow(desk, number).offers
    answer_offer(desk.cases, number, buyer, made.number, accepts=False)
    approve(desk.cases, number, MANAGER)
    followed = following.follow(desk, number)
    assert followed.may_send
    assert [step.name for step in followed.steps if step.state == "done"] == ["asked", "answered"]
    following.sent(desk, number, buyer, "1Z9999999999999999", "UPS")
    followed = following.follow(desk, number)
    assert followed.waybill == "1Z9999999999999999"
    assert [step.name for step in followed.steps if step.state == "done"] == ["asked", "answered", "sent"]
    assert len(followed.pieces) == 1


def test_what_the_shop_can_still_take_back_is_not_shown(desk: PortalDesk, clock: Clock) -> None:
    from amends.desk.cases.ask import give_evidence
    from amends.desk.cases.take import note
    from amends.desk.cases.talk import tell_buyer

    wish = asking.wish_of([("l1", 1)], "return_refund", "quality", {})
    number = asking.send(desk, shop_of(desk), order_of(desk), wish).state.number
    clock.forward(minutes=1)
    note(desk.cases, number, AGENT, "looks like wear to me")
    tell_buyer(desk.cases, number, AGENT, "we look at it")
    give_evidence(desk.cases, number, buyer_of(order_of(desk)), AGENT, [{"kind": "photo", "by": "merchant"}])
    assert "we look at it" not in [one.text for one in following.follow(desk, number).messages]
    clock.forward(minutes=1)
    said = [one.text for one in following.follow(desk, number).messages]
    assert "we look at it" in said
    assert "looks like wear to me" not in said
