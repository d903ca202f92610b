"""What the verbs on cases need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from amends.facts.charges import Charge
from amends.facts.collect_work import Collection, NewCollection
from amends.facts.deed_work import DeedNews, DeedView, NewDeed, PlatformSide
from amends.facts.going_out import StockHold
from amends.facts.kin import Kin, ShopDeadline
from amends.facts.log import Actor, Entry
from amends.facts.offers import Offer
from amends.facts.work import CaseHistory, CaseState, Change, DeadlineView, MoneyNews, WaitingApproval


class HeldCase(Protocol):
    """A case under its lock, until the transaction ends."""

    @property
    def state(self) -> CaseState:
        """The case as it stands, with what was written in this transaction."""
        ...

    def write(self, entry: Entry, change: Change | None = None) -> CaseState:
        """Append an entry and make its changes. Raises `UnableToMove` where a move is not possible."""
        ...

    def refresh(self, change: Change, at: datetime) -> CaseState:
        """Make changes that are no event of their own: a decision taken anew with the same answer."""
        ...

    def flush(self) -> None:
        """Write down what was gathered so far, for others in this transaction to read; at the end it is done by itself."""
        ...

    def mark_told(self, deadline: int, state: str) -> None:
        """Note that a deadline that is over was dealt with."""
        ...

    def pause(self, deadline: int, left_minutes: int) -> None:
        """Have an own deadline stand still, with so many working minutes left."""
        ...

    def go_on(self, deadline: int, due: datetime) -> None:
        """Have an own deadline that stands still run on until `due`."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Give every offer made so far, oldest first."""
        ...

    def put_offer(self, offer: Offer) -> None:
        """Write an offer, new or with a new state; one open offer a case."""
        ...

    def ask_approval(self, verb: str, given: Mapping[str, Any], total: int, role: str, by: str, at: datetime) -> None:
        """Have a verb wait for a second person."""
        ...

    def waiting(self) -> WaitingApproval | None:
        """Give the verb that waits for a second person; None where there is none."""
        ...

    def settle_approval(self, state: str, by: str, at: datetime, note: str) -> None:
        """Settle the verb that waits: approved, refused or taken_back."""
        ...

    def running(self) -> Sequence[DeadlineView]:
        """Give the deadlines that run or are paused."""
        ...

    def take_back_messages(self, since: datetime) -> int:
        """Take back messages written since then that were not sent yet; how many there were."""
        ...

    def take_back_letters(self, events: Sequence[str], first_since: datetime | None = None) -> int:
        """Take back what was to be told about these events and was handed to nobody, or the first since then alone; how many there were."""
        ...

    def money_was_told(self, news: MoneyNews) -> bool:
        """Whether the log tells of a step's end already."""
        ...

    def money_told(self, news: MoneyNews) -> None:
        """Note that the log tells of a step's end."""
        ...

    def log_entry(self, seq: int) -> Entry | None:
        """Give the entry in a place of the log."""
        ...

    def last_way(self) -> str:
        """Give the way by which the buyer wrote last: mail, portal or platform; "" where nobody can tell."""
        ...

    def platform(self) -> PlatformSide | None:
        """Give how the case stands on its platform; None where it came by no connection."""
        ...

    def deeds(self) -> Sequence[DeedView]:
        """Give everything that was wanted on the platform, oldest first."""
        ...

    def wanted_deed(self, number: int) -> NewDeed:
        """Give one of the case's deeds as it was wanted."""
        ...

    def put_deed(self, wanted: NewDeed, connection: int) -> None:
        """Write a deed down, once for its key. An answer takes the place of one that has not left the house."""
        ...

    def take_back_deeds(self, since: datetime | None, at: datetime) -> bool:
        """Cancel what was wanted since then (None: ever) and has not left the house; False where some of it has left."""
        ...

    def deed_was_told(self, number: int, state: str) -> bool:
        """Whether the log tells of a deed's state already."""
        ...

    def deed_told(self, number: int, state: str, at: datetime, *, settle: bool = False) -> None:
        """Note that the log tells of a deed's state; `settle`: it stands so from now on."""
        ...

    def holds(self) -> Sequence[StockHold]:
        """Give all stock that was ever held for the case, oldest first."""
        ...

    def put_hold(self, hold: StockHold) -> None:
        """Hold stock; what is held for this line already is held on until the new time."""
        ...

    def end_holds(self, state: str, at: datetime) -> Sequence[StockHold]:
        """End all that is held (`shipped` or `released`); what there was."""
        ...

    def charges(self) -> Sequence[Charge]:
        """Give what the buyer was asked for, oldest first."""
        ...

    def put_charge(self, charge: Charge) -> None:
        """Write a charge, new or with a new state; one of a purpose is open at a time."""
        ...

    def book_charge(self, charge: Charge, at: datetime, method: str = "bank") -> None:
        """Take money that came in by a charge into the order's book, once. The order must be known to the till."""
        ...

    def collections(self) -> Sequence[Collection]:
        """Give every step that takes money in through a gateway, oldest first."""
        ...

    def put_collection(self, wanted: NewCollection, at: datetime) -> None:
        """Write such a step down, once for its key."""
        ...

    def call_off_collection(self, number: int, at: datetime) -> bool:
        """Call a step off; False where it has left the house: it is not sent again, and asked about."""
        ...

    def collection_told(self, number: int, mark: str) -> None:
        """Note what the log tells of a step."""
        ...

    def take_price_drop(self, line: str) -> bool:
        """Note that this case gives back the lower price of a line; False where another one did that stands."""
        ...


class Casework(Protocol):
    """Cases to be worked on."""

    def holding(self, number: int) -> AbstractContextManager[HeldCase | None]:
        """Hold a case under its lock in one transaction; None where there is no such case. A fault inside undoes everything."""
        ...

    def look(self, number: int) -> CaseState | None:
        """Give a case as it stands, without lock."""
        ...

    def history(self, number: int) -> CaseHistory:
        """Give all that was done on a case."""
        ...

    def open(
        self, shop: str, key: str, file: Mapping[str, Any], origin: str, by: Actor, at: datetime
    ) -> tuple[int, bool]:
        """Make a new case of a shop; the number of the one with this key, and whether it is new."""
        ...

    def find(self, shop: str, key: str) -> int | None:
        """Give the number of the case with this key."""
        ...

    def next_key(self, shop: str, order: str) -> str:
        """Give a key that no case of the shop has, made from the order's number."""
        ...

    def approvals(self, merchants: frozenset[str] | None) -> Sequence[WaitingApproval]:
        """Give every verb that waits for a second person, oldest first."""
        ...

    def kin(self, number: int, merchants: frozenset[str] | None) -> Kin:
        """Give the other cases of the same order and of the same buyer, within the wall."""
        ...

    def clocks(self, merchants: frozenset[str] | None, since: datetime) -> Sequence[ShopDeadline]:
        """Give the merchant's running deadlines from an instant on, the soonest first."""
        ...

    def alarms(self, merchants: frozenset[str] | None) -> Sequence[ShopDeadline]:
        """Give open cases whose dispute was won while a clock of ours still runs, with that clock."""
        ...

    def waiting_count(self, merchants: frozenset[str] | None) -> int:
        """Count what waits for a second person: verbs, and plans of money."""
        ...

    def due(self, now: datetime, most: int) -> Sequence[tuple[int, DeadlineView]]:
        """Give running deadlines that are over and were not dealt with, with their cases' numbers."""
        ...

    def clocks_to_turn(self, most: int) -> Sequence[int]:
        """Give open cases with an own clock of the merchant that runs while the buyer has to act, or stands still while not."""
        ...

    def running_out(self, now: datetime, until: datetime, most: int) -> Sequence[tuple[int, datetime]]:
        """Give open cases that nobody answered, whose answer is due between `now` and `until`, in shops that let the house answer."""
        ...

    def money_news(self, most: int) -> Sequence[MoneyNews]:
        """Give steps that came to their end and that their case's log does not tell of yet, oldest first."""
        ...

    def won_but_running(self, most: int) -> Sequence[int]:
        """Give open cases whose dispute was won while a deadline of the merchant still runs, and that nobody was told of."""
        ...

    def to_run(self, now: datetime, most: int) -> Sequence[int]:
        """Give open cases that the house may answer by itself (`auto`, in shops that let it)."""
        ...

    def to_close(self, most: int) -> Sequence[int]:
        """Give open cases that are approved and whose money has all arrived, with nothing else under way."""
        ...

    def platform(self, number: int) -> PlatformSide | None:
        """Give how a case stands on its platform; None where it came by no connection."""
        ...

    def deeds(self, number: int) -> Sequence[DeedView]:
        """Give everything that was wanted on a case's platform, oldest first."""
        ...

    def deed_news(self, most: int) -> Sequence[DeedNews]:
        """Give deeds that stand otherwise than their case's log tells, oldest first."""
        ...

    def tasks_seen(self, most: int) -> Sequence[DeedNews]:
        """Give tasks of persons whose case was read since and shows that they were done, or can no longer be."""
        ...

    def refusal_word(self, connection: int, ours: str) -> str:
        """Give the platform's reason that last went with one of ours; "" where none did."""
        ...

    def keep_refusal_word(self, connection: int, ours: str, code: str, text: str, at: datetime) -> None:
        """Keep which reason of the platform's goes with one of ours."""
        ...

    def holds(self, number: int) -> Sequence[StockHold]:
        """Give all stock that was ever held for a case, oldest first."""
        ...

    def charges(self, number: int) -> Sequence[Charge]:
        """Give what the buyer of a case was asked for, oldest first."""
        ...

    def collections(self, number: int) -> Sequence[Collection]:
        """Give every step of a case that takes money in through a gateway, oldest first."""
        ...

    def collect_news(self, most: int) -> Sequence[tuple[int, int]]:
        """Give steps that stand otherwise than their case's log tells: case and step, oldest first."""
        ...

    def price_drop_paid(self, number: int, line: str) -> bool:
        """Tell whether another case gave back the lower price of a line of a case's order."""
        ...

    def keep_return_address(self, connection: int, address: str) -> None:
        """Keep a connection's id of the address to which goods go back."""
        ...
