"""How a case ends, and how it is taken up again: withdrawn by the buyer, closed by the desk, reopened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.desk.cases.charges import charges_over, is_owed_back
from amends.desk.cases.deeds import take_back
from amends.desk.cases.desk import CaseDesk, actor, drop_waiting
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.offer import settle_open_offer
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.cases.stock import release_stock
from amends.desk.pay_out import UnableToPromise
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change

CLOSINGS: Final = (
    "settled",
    "refused",
    "withdrawn",
    "no_answer",
    "duplicate",
    "closed_by_platform",
    "mistake",
    "other",
)

MOOT_WITHDRAWN: Final = (
    "evidence_asked",
    "offer_made",
    "approved",
    "refused",
    "label_ready",
    "pickup_ready",
    "survey",
    "win_back",
)
"""What is told to nobody any more once the buyer took the request back, where it has not left yet."""
MOOT_REOPENED: Final = ("survey", "win_back")
"""What is told to nobody any more once a case is taken up again."""


def withdraw(desk: CaseDesk, number: int, by: Actor, person: Person, why: str = "") -> CaseState:
    """The buyer takes the request back (or the desk does so for the buyer, who asked for it). Not once money went."""
    with desk.hold(number, person, "see") as held:
        state = held.state
        if state.tracks.goods in ("arrived", "inspected"):
            raise UnableToWork(
                "not_possible", "the goods are back already; the shop decides now", "商品已退回，不能撤销申请"
            )
        call_off(desk, held, person)
        settle_open_offer(held, "taken_back")
        held.take_back_letters(MOOT_WITHDRAWN)
        moves: list[Move] = [("decision", "withdraw")]
        moves += [("goods", "call_off")] if state.tracks.can("goods", "call_off") else []
        moves += [("replacement", "release")] if state.tracks.can("replacement", "release") else []
        release_stock(desk, held, "withdrawn")
        charges_over(desk, held, person)
        return held.write(
            Entry("withdrawn", by, desk.now(), why.strip()[:500], (*moves, ("desk", "close"))),
            Change(to_approve=False, exception=""),
        )


def call_off(desk: CaseDesk, held: HeldCase, person: Person, since: datetime | None = None) -> None:
    """Take back what waits for a second person and what was promised, or wanted on a platform, and never sent.

    `since`: of what is wanted on a platform, only what was wanted since then, and all of it. Raises `UnableToWork` where it went.
    """
    drop_waiting(desk, held, person)
    take_back(desk, held, since)
    try:
        desk.money.till.call_off(held.state.number, person, desk.now())
    except UnableToPromise as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault


def close(
    desk: CaseDesk, number: int, person: Person, reason: str, why: str = "", version: int | None = None
) -> CaseState:
    """End a case. Not while money of it is on its way, for then its outcome would be seen by nobody."""
    if reason not in CLOSINGS:
        raise bad_value("reason", f"one of {', '.join(CLOSINGS)}", "请选择完结原因")
    if reason == "other" and not why.strip():
        raise bad_value("why", "say why, since the reason is `other`", "选择“其他”时请填写说明")
    with desk.hold(number, person, version=version) as held:
        if desk.money.is_moving(number):
            raise UnableToWork(
                "money",
                "money of this case is on its way; wait until it has arrived",
                "该售后单有款项正在处理，请等待完成后再完结",
            )
        if held.waiting() is not None:
            raise UnableToWork(
                "not_possible", "this waits for approval; settle that first", "该售后单正在等待审批，请先处理审批"
            )
        if any(is_owed_back(held, one) or one.state in ("held", "due") for one in held.charges()):
            raise UnableToWork(
                "money",
                "a deposit is still held, or the buyer paid for something that was not sent; settle that first",
                "尚有冻结的押金或买家已付而未发出的款项，请先处理",
            )
        settle_open_offer(held, "taken_back")
        release_stock(desk, held, "closed")
        charges_over(desk, held, person)
        return held.write(
            Entry("closed", actor(person), desk.now(), why.strip(), (("desk", "close"),), data={"reason": reason})
        )


def reopen(desk: CaseDesk, number: int, person: Person, why: str) -> CaseState:
    """Take a closed or refused case up again, with the reason; it is decided anew."""
    if not why.strip():
        raise bad_value("why", "say why the case is taken up again", "请说明重新打开的原因")
    with desk.hold(number, person) as held:
        tracks = held.state.tracks
        moves: list[Move] = [("desk", "reopen")] if tracks.desk == "closed" else []
        moves += [("decision", "reopen")] if tracks.can("decision", "reopen") else []
        if not moves:
            raise UnableToWork("not_possible", "this case is open already", "该售后单未完结")
        held.take_back_letters(MOOT_REOPENED)
        facts = {"request": {"refused_at": None}} if tracks.decision == "refused" else None
        held.write(
            Entry("reopened", actor(person), desk.now(), why.strip(), tuple(moves)), Change(facts=facts, exception="")
        )
        redecide(desk, held)
        return held.state
