"""What the desk needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from amends.facts.case import Case
from amends.facts.goodwill import Budget, Gift, GiftState
from amends.facts.imported import IncomingCase, IncomingRefusal, PutOutcome, ShopSetting
from amends.facts.inbox import KeptNotice, NoticeState
from amends.facts.payout import MoneyBox, PayableCase, PlanView, ProposedPlan, TroubledStep
from amends.facts.people import Merchants, Person
from amends.facts.plan import Plan, Step
from amends.facts.statements import Comparison, Difference, OpenDifference, Statement, Taken
from amends.facts.wire import Notice
from amends.facts.work import DecidedCase


class CaseBook(Protocol):
    """The book of cases. A case is known by the name of its shop and the platform's own number of it (`made.key`)."""

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> Sequence[PutOutcome]:
        """Take in cases, in order, all or none of them; one answer for each.

        `new`: was not there. `unchanged`: the very same case file and state are there already, and nothing is
        written but that it is still so at `made.as_of`. `older`: what is there tells of a later event (`made.as_of` there is later
        than here; `None` is earlier than any time), and nothing is written. `changed`: written over what was there.
        For `new` and `changed` the source rows are kept as given. A shop not known yet is made from its setting.
        """
        ...

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        """Keep rows that made no case, with the reason; the same file and row again changes nothing."""
        ...


class DecisionBook(Protocol):
    """The book of decisions: which cases wait for one, and what was decided."""

    def waiting(self) -> Iterator[tuple[int, str, dict[str, Any], dict[str, Any] | None]]:
        """Give number, shop's name, case file and what was agreed of each case that has no decision yet, or lost it by a change."""
        ...

    def keep(self, decisions: Sequence[DecidedCase], at: datetime) -> None:
        """Write down the decisions made at `at`, all or none of them, and bring the cases' deadlines in line."""
        ...


class Inbox(Protocol):
    """What gateways told, as it came. Every method is one transaction."""

    def put(
        self, source: str, name: str, kind: str, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> KeptNotice:
        """Keep a notice under its sender's own id; one that is there already is given as it is."""
        ...

    def refuse(
        self, source: str, name: str, headers: Mapping[str, str], body: bytes, reason: str, at: datetime
    ) -> None:
        """Keep what proves nothing, with the reason; it is never applied."""
        ...

    def apply(self, number: int, notice: Notice, at: datetime) -> NoticeState:
        """Make of a kept notice what it means, once."""
        ...

    def notice(self, number: int, merchants: Merchants) -> KeptNotice | None:
        """Give one notice; None where there is none that may be seen."""
        ...

    def waiting(self, merchants: Merchants, states: tuple[NoticeState, ...] = ("received",)) -> Sequence[KeptNotice]:
        """Give the notices of these merchants in these states, oldest first; of no known merchant, for those who see all."""
        ...


class StatementBook(Protocol):
    """Statements of gateways and the work list of differences. Every method is one transaction."""

    def take(
        self, source: str, form: str, file: str, sha256: str, statement: Statement, person: str, at: datetime
    ) -> Taken:
        """Keep a statement's lines and broken rows, each once; the very same file again changes nothing."""
        ...

    def sources(self) -> Sequence[str]:
        """Give the gateways of which there are statements."""
        ...

    def comparison(self, source: str) -> Comparison:
        """Give everything of one gateway that is compared."""
        ...

    def write(self, source: str, found: Sequence[Difference], at: datetime) -> int:
        """Take into the book what must be, tell what is new and settle what agrees by now; how many are new."""
        ...

    def open(self, merchants: Merchants) -> Sequence[OpenDifference]:
        """Give the work list of these merchants, oldest first; what can be put down to no merchant is for those who see all."""
        ...

    def settle(self, number: int, person: Person, note: str, at: datetime) -> bool:
        """Settle a difference by hand; False where there is no open one with this number that the person may see."""
        ...


class Till(Protocol):
    """Where money is promised and its state is kept. Every method is one transaction under the order's lock."""

    def payable(self, number: int) -> PayableCase | None:
        """Give a case by its row number; None where there is none."""
        ...

    def merchant(self, number: int) -> str | None:
        """Tell whose a case is; None where there is no case of that number."""
        ...

    def turn(self, number: int) -> int:
        """Give the number of the case's pay-out that is under way or done, the next one where the last went wrong; 0 at first."""
        ...

    def current(self, number: int) -> PlanView | None:
        """Give the plan of that turn; None where there is none yet."""
        ...

    def to_repeat(self, number: int) -> tuple[Step, ...] | None:
        """Give the steps of the case's last plan that paid nothing; None while no plan of the case was ever approved."""
        ...

    def given_back(self, number: int) -> Mapping[str, int]:
        """Give what went back or is promised of each payment of the case's order, by the payment's id, in minor units."""
        ...

    def open_order(self, shop: str, case: Case, at: datetime) -> None:
        """Take in the order of a case: payments, lines, captures, and what went back by other hands, each once."""
        ...

    def extra_turn(self, number: int) -> int:
        """Count the plans that were made for a case on top of its decision."""
        ...

    def undo(self, step: int, person: Person, at: datetime) -> PlanView:
        """Take back a step that can be taken back. Raises `UnableToPromise` for any other."""
        ...

    def promise(
        self,
        number: int,
        turn: int,
        plan: Plan,
        person: Person,
        needs_role: str,
        at: datetime,
        purpose: str = "decision",
        note: str = "",
        due: datetime | None = None,
    ) -> PlanView:
        """Write the plan and its steps. With `needs_role` it waits for approval and reserves nothing yet; without, it is due at `due`.

        No `due` means at once.

        The same turn with the same steps gives the plan that is there already. Raises `UnableToPromise` above a cap.
        """
        ...

    def proposed(self, merchants: Merchants) -> Sequence[ProposedPlan]:
        """Give every plan of these merchants that waits for a second person, oldest first."""
        ...

    def troubled(self, merchants: Merchants) -> Sequence[TroubledStep]:
        """Give every step of these merchants that a person must look at: alarms, and what failed or came back unrepeated; latest first."""
        ...

    def approve(self, plan: int, person: Person, at: datetime) -> PlanView:
        """Approve a proposed plan: its steps are due at once. Raises `UnableToPromise` where the caps have no room any more."""
        ...

    def refuse(self, plan: int, person: Person, note: str, at: datetime) -> PlanView:
        """Refuse a proposed plan; nothing of it was reserved."""
        ...

    def call_off(self, number: int, person: Person, at: datetime) -> None:
        """Take back all that a case promised by its decision: proposed plans, and steps that were never sent.

        Raises `UnableToPromise`, with nothing changed, where something of it was sent.
        """
        ...

    def cancel(self, step: int, person: Person, at: datetime) -> PlanView:
        """Cancel a step that was never sent. Raises `UnableToPromise` where it was."""
        ...

    def prove(self, step: int, proof: str, confirmed: bool, person: Person, at: datetime) -> PlanView:
        """Settle a step that a person paid by hand. Raises `UnableToPromise` for any other, or a proof that was used before."""
        ...

    def owns(self, number: int, step: int) -> bool:
        """Say whether a step is one of a case."""
        ...

    def by_hand(self, number: int) -> Sequence[int]:
        """Give the steps of a case that wait to be paid by hand."""
        ...

    def box(self, number: int) -> MoneyBox | None:
        """The money of a case's order and its plans; None before anything was promised."""
        ...


class Goodwill(Protocol):
    """What shops may give out of goodwill in a month of their calendar."""

    def holding(self, shop: str, at: datetime) -> AbstractContextManager[Budget | None]:
        """Hold a shop's budget under its lock, in one transaction with what is promised inside; None where it has none."""
        ...

    def look(self, shop: str, at: datetime) -> Budget | None:
        """Give a shop's budget without lock; None where it has none."""
        ...

    def gifts(self, case: int) -> Sequence[Gift]:
        """Give what was given on a case that is no money, the oldest first."""
        ...

    def put_gift(self, gift: Gift) -> Gift:
        """Keep a gift that is new, once a turn; give it with its number."""
        ...

    def settle_gift(self, number: int, state: GiftState, by: str, at: datetime) -> None:
        """Keep what became of a gift."""
        ...

    def waiting_gifts(self, merchants: Merchants) -> Sequence[tuple[Gift, str]]:
        """Give the gifts within a wall that wait for a second person, oldest first, each with its case's own number."""
        ...
