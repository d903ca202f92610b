"""One turn with one connection: it is held, its platform is asked, what it tells is taken in, and it is given back."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from amends.carry_out.points import reached
from amends.desk.channels.asking import Asking, Talk
from amends.desk.channels.faults import fault_of
from amends.desk.channels.ports import DriftBook, HealthBook, HintBook, IntakeBook, SweepBook
from amends.desk.channels.sound import brought
from amends.facts.channel_intake import Fault, Hold, Step, TakenIn, UnableToHold
from amends.facts.channels import Channel, UnableToTalk
from amends.facts.imported import ShopSetting
from amends.facts.platforms import ToldCase, ToldOrder
from amends.facts.wire import UnableToReach, WireAnswer, WireRequest

T = TypeVar("T")
LEASE: Final = timedelta(minutes=2)
TURN: Final = timedelta(seconds=20)
"""After so long a turn ends at the next page, so that no shop keeps the others waiting."""
_log = logging.getLogger("amends.channels")


class UnableToRead(Exception):
    """A platform gave nothing that could be taken in; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.en)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that reading needs of the house."""

    asking: Asking
    intake: IntakeBook
    hints: HintBook
    sweeps: SweepBook
    drift: DriftBook
    health: HealthBook


@dataclass(slots=True)
class Turn:
    """A held connection. `news`: how many cases and orders were new or changed; `answered`: whether the platform gave any answer;
    `held`: when it was last made sure that it is held."""

    books: Books
    hold: Hold
    channel: Channel
    shop: ShopSetting
    began: datetime
    news: int = 0
    answered: bool = False
    held: datetime = field(init=False)

    def __post_init__(self) -> None:
        """It was held when it began."""
        self.held = self.began

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.books.asking.now()

    @property
    def over(self) -> bool:
        """Whether the turn has lasted long enough."""
        return self.now - self.began >= TURN

    def ask(self, talk: Talk[T]) -> T:
        """The result of a talk. Raises `UnableToRead`."""
        try:
            answer: T = self.books.asking.ask(self.hold.number, lambda *given: self._holding_on(talk(*given)))
        except UnableToHold:
            raise
        except (UnableToTalk, UnableToReach) as fault:
            raise UnableToRead(fault_of(fault)) from fault
        except Exception as fault:
            _log.exception("connection %s: the channel %s failed", self.hold.number, self.channel.name)
            raise UnableToRead(fault_of(fault)) from fault
        self.answered = True
        reached("channel answered")
        return answer

    def _holding_on(self, told: Generator[WireRequest, WireAnswer, T]) -> Generator[WireRequest, WireAnswer, T]:
        """The talk; a long one holds on to the connection between its calls."""
        answer: WireAnswer | None = None
        while True:
            try:
                request = next(told) if answer is None else told.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            now = self.now
            if now - self.held >= LEASE / 4:
                self.books.intake.hold_on(self.hold, now + LEASE)
                self.held = now
            answer = yield request

    def take(
        self,
        asked_at: datetime,
        cases: Iterable[ToldCase] = (),
        orders: Iterable[ToldOrder] = (),
        step: Step | None = None,
        left: int | None = None,
    ) -> TakenIn:
        """Take in what was told, together with how far the reading is. Raises `UnableToHold`."""
        told = brought(self.shop, cases, orders, asked_at, left)
        now = self.now
        taken = self.books.intake.take(self.hold, told, step, now, now + LEASE)
        self.held = now
        self.news += taken.cases + taken.orders
        reached("channel taken")
        return taken

    def alarm(self, code: str, thing: str, zh: str, en: str) -> None:
        """Raise an alarm of this connection."""
        self.books.health.alarm(self.hold.number, code, thing, zh, en, self.now)
