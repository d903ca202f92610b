"""What the desk needs to work with connected shops. Every method of a book is one transaction."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from amends.facts.channel_intake import Brought, Fault, Hint, Hold, Step, Sweep, SweepKind, TakenIn
from amends.facts.connections import Backfill, ChannelAlarm, Connection, Health, Reached
from amends.facts.imported import ShopSetting
from amends.facts.people import Merchants
from amends.facts.platforms import Pushed
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")


class Speak(Protocol):
    """Drives a talk over the wire to the platform of one connection, keeping that connection's pace."""

    def __call__(self, reached: Reached, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """Give the talk's result. Raises `UnableToReach` where a call got no answer, and what the talk raises."""
        ...


class Connections(Protocol):
    """The connections of shops."""

    def make(
        self,
        shop: str,
        channel: str,
        url: str,
        values: Mapping[str, str],
        secret: frozenset[str],
        by: str,
        at: datetime,
    ) -> Connection:
        """Keep a draft for a shop that has none, or put its settings in place of an older one's; `values` that are left out stay."""
        ...

    def set(self, number: int, **values: object) -> Connection:
        """Change what is kept of a connection, by the names of its row's columns."""
        ...

    def renewed(self, number: int, values: Mapping[str, str], secret: frozenset[str], until: datetime | None) -> None:
        """Keep fresh keys in place of those that ran out."""
        ...

    def get(self, number: int) -> Connection | None:
        """Give one by its number."""
        ...

    def of_shop(self, shop: str) -> Connection | None:
        """Give a shop's own."""
        ...

    def of_push(self, push_name: str) -> Connection | None:
        """Give the one that this part of our address belongs to."""
        ...

    def reach_push(self, push_name: str) -> Reached | None:
        """Give the one that this part of our address belongs to, with its keys opened. Raises `UnableToUnseal`."""
        ...

    def seen_by(self, merchants: Merchants) -> Sequence[Connection]:
        """Give those of these merchants, by shop."""
        ...

    def reach(self, number: int) -> Reached | None:
        """Give a connection with its keys opened. Raises `UnableToUnseal`."""
        ...


class ShopsOfChannels(Protocol):
    """Shops, as far as connecting one needs them."""

    def known(self, name: str) -> ShopSetting | None:
        """Give a shop's setting; None where there is none of this name."""
        ...

    def make(self, setting: ShopSetting) -> None:
        """Make a shop; one that is there stays as it is."""
        ...


class HealthBook(Protocol):
    """How connections are, and what people must see of them."""

    def healths(self, connections: Sequence[Connection], now: datetime) -> Sequence[Health]:
        """Give how these are, in their order."""
        ...

    def alarms(self, connection: int) -> Sequence[ChannelAlarm]:
        """Give what nobody has seen yet, latest first."""
        ...

    def of_alarm(self, alarm: int) -> int | None:
        """Give the connection that an alarm is of; None where there is none."""
        ...

    def seen(self, alarm: int, by: str, at: datetime) -> None:
        """Note that someone has seen it; the same again is a new alarm."""
        ...

    def alarm(self, connection: int, code: str, thing: str, zh: str, en: str, at: datetime) -> None:
        """Raise an alarm; one of the same code and thing that is open is counted."""
        ...

    def alarm_once(self, connection: int, code: str, thing: str, zh: str, en: str, at: datetime) -> None:
        """Raise an alarm unless there ever was one of this code and thing, seen or not."""
        ...

    def calm(self, connection: int, codes: Sequence[str], at: datetime) -> None:
        """Close the open alarms of these codes, since what they tell of is over."""
        ...


class SweepBook(Protocol):
    """Stretches of time that are read, or read again."""

    def begin(
        self,
        connection: int,
        kind: SweepKind,
        since: datetime,
        until: datetime,
        by: str,
        at: datetime,
        cursor: str = "",
    ) -> int:
        """Begin one; a running one of the same kind and stretch is given instead."""
        ...

    def stop(self, connection: int, at: datetime) -> None:
        """Stop the history that is being read in."""
        ...

    def history(self, connection: int) -> Sequence[Backfill]:
        """Give what was asked for of history, latest first."""
        ...

    def running(self, connection: int, now: datetime) -> Sequence[Sweep]:
        """Give those that are to go on now: nightly ones first, then gaps, then history."""
        ...

    def failed(self, sweep: int, fault: str, again_at: datetime) -> None:
        """Note that one could not go on, and when to try again."""
        ...


class PushBook(Protocol):
    """Messages that platforms push, and the hints they are."""

    def hear(self, connection: int, pushed: Sequence[Pushed], body: bytes, at: datetime) -> int:
        """Keep each message once, with a hint for what it names, in the same transaction; how many were new."""
        ...

    def refuse(self, connection: int, name: str, reason: str, body: bytes, at: datetime) -> None:
        """Keep what cannot be trusted, a bounded number of them."""
        ...


class HintBook(Protocol):
    """What is to be read again."""

    def due(self, hold: Hold, now: datetime, most: int) -> Sequence[Hint]:
        """Give the hints of a held connection that are due, oldest first."""
        ...

    def waiting(self, connection: int) -> int:
        """Count them, due or not."""
        ...

    def failed(self, hold: Hold, hint: Hint, fault: str, again_at: datetime) -> None:
        """Note that a thing could not be read, and when to try again."""
        ...

    def add(self, connection: int, things: Sequence[tuple[str, str]], at: datetime) -> None:
        """Have things (`case` or `order`, and its number) read again."""
        ...


class IntakeBook(Protocol):
    """Takes connections under a lease, and takes in what was read there."""

    def claim(self, owner: str, now: datetime, lease: timedelta) -> Hold | None:
        """Lease the connection that has waited longest among those with something due; None where there is none."""
        ...

    def take(self, hold: Hold, brought: Brought, step: Step | None, at: datetime, until: datetime) -> TakenIn:
        """Take in all that was told together with how far the reading is, and hold on `until`. Raises `UnableToHold`."""
        ...

    def tell(self, connection: int, brought: Brought, at: datetime) -> TakenIn:
        """Take in what was read of single things beside the reading, for example after a deed; nobody needs to hold the connection."""
        ...

    def release(self, hold: Hold, due_at: datetime, at: datetime, *, read: bool) -> None:
        """Give a connection back after it was read (`read`: the platform answered); nothing where it is not held any more."""
        ...

    def failed(self, hold: Hold, fault: Fault, again_at: datetime | None, faults: int, at: datetime) -> None:
        """Give a connection back with what was wrong and when to try again; None: not before a person has changed something."""
        ...

    def hold_on(self, hold: Hold, until: datetime) -> None:
        """Hold a connection for longer. Raises `UnableToHold`."""
        ...

    def pass_over(self, hold: Hold, until: datetime) -> None:
        """Count a window as read up to `until`: it was put aside to be read later. Raises `UnableToHold`."""
        ...

    def holders(self, now: datetime) -> frozenset[str]:
        """Name the workers that hold a lease which still runs."""
        ...

    def free(self, owner: str) -> int:
        """End the leases of a worker that is surely gone."""
        ...


class DriftBook(Protocol):
    """Where platform and house are compared."""

    def not_read_since(self, connection: int, moment: datetime, most: int) -> Sequence[str]:
        """Give the numbers of cases that are open here and were not read since."""
        ...

    def gone(self, connection: int, number: str, at: datetime) -> None:
        """Note that the platform does not know a case of ours any more."""
        ...

    def compare(self, connection: int, at: datetime) -> int:
        """Write down about which cases platform and house disagree, alarm for each, clear what agrees again; how many disagree."""
        ...

    def reconciled(self, connection: int, sweep: int, at: datetime) -> None:
        """Note that the connection was gone through."""
        ...
