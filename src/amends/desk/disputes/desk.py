"""The desk of disputes: what its verbs are handed, and how they hold a dispute together with its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from amends.basics.moves import UnableToMove
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork, not_allowed
from amends.desk.cases.ports import HeldCase
from amends.desk.disputes.into_case import into_case
from amends.desk.disputes.ports import DisputeBook, Fights, HeldDispute, RulingMoneyBook, SignShelf, Talks
from amends.desk.evidence import EvidenceDesk
from amends.facts.alerts import AlertAnswers
from amends.facts.dispute_settings import DisputeSettings
from amends.facts.dispute_wire import DisputeDoor
from amends.facts.disputes import KeptDispute
from amends.facts.people import SYSTEM, Person
from amends.facts.wire import Seal


@dataclass(frozen=True, slots=True)
class DisputeDesk:
    """The verbs' ports. `doors`: gateways whose disputes can be talked about, by name; `tells`: whom outcomes of alerts are told, by name.

    `owner` names this worker.
    """

    book: DisputeBook
    fights: Fights
    signs: SignShelf
    money: RulingMoneyBook
    cases: CaseDesk
    evidence: EvidenceDesk
    settings: DisputeSettings
    doors: Mapping[str, DisputeDoor]
    tells: Mapping[str, AlertAnswers]
    talk: Talks
    nonce: Callable[[], str]
    owner: str = "desk"
    polled: dict[str, datetime] = field(default_factory=dict)

    def now(self) -> datetime:
        """The present instant."""
        return self.cases.now()

    def seal(self) -> Seal:
        """Time and chance of one talk."""
        return Seal(self.now(), self.nonce())

    def answer_by(self, one: KeptDispute) -> datetime | None:
        """The safe time: so long before the deadline; None where there is no deadline."""
        return one.due - self.settings.safe if one.due else None


def no_dispute(number: object) -> UnableToWork:
    """There is no such dispute, or it is another merchant's."""
    return UnableToWork("not_found", f"there is no dispute {number}", f"没有争议单 {number}")


def seen(desk: DisputeDesk, number: int, person: Person) -> KeptDispute:
    """A dispute that a person may see. Raises `UnableToWork`."""
    found = desk.book.get(number, person.merchants) if person.may("see") else None
    if found is None:
        raise no_dispute(number)
    return found


@contextmanager
def hold(
    desk: DisputeDesk, number: int, person: Person = SYSTEM, duty: str = "work"
) -> Iterator[tuple[HeldDispute, HeldCase | None]]:
    """Hold a dispute, and its case before it; at the end all that happened to it is written into the case. Raises `UnableToWork`."""
    found = seen(desk, number, person)
    if not person.may(duty):
        raise not_allowed(person.role, duty)
    try:
        if found.case is None:
            with desk.book.holding(number) as held:
                if held is None:
                    raise no_dispute(number)
                yield held, None
            return
        with desk.cases.hold(found.case, person, duty) as case, desk.book.holding(number) as held:
            if held is None:
                raise no_dispute(number)
            yield held, case
            into_case(desk.cases, desk.book.of_case, held, case)
    except UnableToMove as fault:
        raise UnableToWork(
            "not_possible", f"not possible now: {fault}", f"当前阶段不支持此操作（{fault.state}）"
        ) from fault
