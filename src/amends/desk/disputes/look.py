"""A dispute as its page shows it: stage and clock, what wins it, what was given back, the advice, and what would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.desk.disputes.answer import content_of, digest_of
from amends.desk.disputes.desk import DisputeDesk, seen
from amends.desk.disputes.into_case import appeal_until
from amends.desk.disputes.weigh import Given, advice, evidence_of, given_back
from amends.facts.compelling import Finding
from amends.facts.dispute_code import Code
from amends.facts.dispute_codes import NO_NEW_EVIDENCE, code_of
from amends.facts.dispute_list import DisputePage, DisputeQuery
from amends.facts.dispute_wire import DoorLimits
from amends.facts.dispute_worth import Worth
from amends.facts.disputes import STAGES, Fight, KeptDispute
from amends.facts.evidence import Piece
from amends.facts.people import Person
from amends.facts.ruling_money import RulingMoney, kinds_now


@dataclass(frozen=True, slots=True)
class DisputeView:
    """Everything of a dispute. `content`: what would be sent, `digest`: its sum. `moves`: what is possible now. `kin`: of the same payment.

    `by_calls`: its gateway takes answers from here. `no_new`: its appeal takes nothing new. `money`: what its platform moved by a ruling,
    `money_kinds`: what may be recorded of it now.
    """

    dispute: KeptDispute
    code: Code | None
    answer_by: datetime | None
    appeal_until: datetime | None
    fights: Sequence[Fight]
    pieces: Sequence[Piece]
    given: Sequence[Given]
    worth: Worth
    finding: Finding | None
    content: Mapping[str, Any]
    digest: str
    moves: frozenset[str]
    by_calls: bool
    limits: DoorLimits | None
    kin: Sequence[KeptDispute]
    no_new: bool
    money: Sequence[RulingMoney] = ()
    money_kinds: Sequence[str] = ()

    @property
    def let_be(self) -> int:
        """What letting an alert be is expected to bring beside refunding now: what a fight brings, less the fee that a refund saves."""
        return self.worth.fight - self.worth.stakes.fee

    @property
    def alert_advice(self) -> str:
        """Refund now, or let it be: what went back already is only told, what was owed is refunded whatever the sum says."""
        if sum([given.step.step.amount for given in self.given]) >= self.dispute.amount > 0:
            return "already"
        return "refund" if self.worth.why == "owed" or self.let_be <= 0 else "let_be"

    @property
    def live(self) -> Fight | None:
        """What is under way in this round."""
        found = [one for one in self.fights if one.state in ("wanted", "sending", "unsure") and one.kind != "tell"]
        return found[-1] if found else None


def look(desk: DisputeDesk, number: int, person: Person) -> DisputeView:
    """One dispute. Raises `UnableToWork` where it is not the person's to see."""
    return _view(desk, seen(desk, number, person), person)


def of_case(desk: DisputeDesk, case: int, person: Person) -> Sequence[DisputeView]:
    """A case's disputes, the newest first. Whoever asks has seen to it that the case may be seen."""
    return [_view(desk, one, person) for one in desk.book.of_case(case)]


def page(desk: DisputeDesk, query: DisputeQuery, person: Person) -> DisputePage:
    """A page of the list."""
    return desk.book.page(query, person.merchants)


def _view(desk: DisputeDesk, one: KeptDispute, person: Person) -> DisputeView:
    state = desk.cases.casework.look(one.case) if one.case else None
    box = desk.cases.money.till.box(one.case) if one.case else None
    content = content_of(one)
    door = desk.doors.get(one.source)
    others = desk.book.answered(person.merchants, one.payment)
    return DisputeView(
        one,
        code_of(one.forum, one.reason) or (code_of(one.forum, "arbitration") if one.sort == "platform" else None),
        desk.answer_by(one) if one.ours else None,
        appeal_until(one),
        desk.book.fights(one.number),
        desk.evidence.shelf.of_case(one.case) if one.case else (),
        given_back(box, _name_of(one, state.case if state else {})),
        advice(desk, one, state, box),
        evidence_of(desk, one),
        content,
        digest_of(content),
        frozenset(STAGES[one.sort].moves.get(one.stage, {})),
        door is not None,
        door.limits if door else None,
        [other for other in others if other.number != one.number],
        one.forum in NO_NEW_EVIDENCE,
        money := desk.money.of_dispute(one.number) if one.sort == "platform" else (),
        kinds_now(one.sort, one.stage, money) if one.case else (),
    )


def _name_of(one: KeptDispute, file: Mapping[str, Any]) -> str:
    payments = (file.get("order") or {}).get("payments") or ()
    return next(
        (
            str(pay.get("id"))
            for pay in payments
            if one.payment and one.payment in (pay.get("reference"), pay.get("id"))
        ),
        "",
    )
