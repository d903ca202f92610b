"""What the house does about disputes by itself, round after round: asks, matches, carries into cases, sends what is due, warns."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from amends.desk.cases.faults import UnableToWork
from amends.desk.disputes.alerts import refunds_of_alerts
from amends.desk.disputes.carry import carry_out
from amends.desk.disputes.desk import DisputeDesk, hold
from amends.desk.disputes.rule import join
from amends.facts.channels import UnableToTalk
from amends.facts.disputes import DisputeTold
from amends.facts.people import SYSTEM
from amends.facts.wire import UnableToReach

EVERY: Final = timedelta(minutes=15)
"""How often a gateway is asked about its disputes, in case a push was lost."""
_BACK: Final = timedelta(days=120)
MOST: Final = 50
_log = logging.getLogger("amends.disputes")


@dataclass(frozen=True, slots=True)
class DisputeRounds:
    """The rounds. `told_by_cases` gives what platforms tell of interventions through their cases."""

    desk: DisputeDesk
    told_by_cases: Callable[[int], list[DisputeTold]]

    def look(self) -> int:
        """What needs no wire: heard, matched, written into cases, warned of; how much was done."""
        heard = self._of_cases() + self._match() + self._overtake() + self._carry_over()
        return heard + refunds_of_alerts(self.desk) + self._warn()

    def talk(self) -> int:
        """What talks: due answers, and one look at each gateway now and then; how many answers were worked on."""
        self._poll()
        return carry_out(self.desk)

    def _of_cases(self) -> int:
        told = self.told_by_cases(MOST)
        for one in told:
            shop = str(one.more.get("shop") or "")
            self.desk.book.take(one, self.desk.now(), shop)
        return len(told)

    def _match(self) -> int:
        done = 0
        for one in self.desk.book.unmatched(self.desk.now(), MOST):
            case = self.desk.book.case_for(one)
            if case is None or not self._may_join(one.more.get("merchant"), case):
                continue
            done += self._safely(partial(join, self.desk, one.number, SYSTEM, case))
        return done

    def _may_join(self, merchant: object, case: int) -> bool:
        """An alert is about its own merchant's payments alone, whatever number it names."""
        state = self.desk.cases.casework.look(case)
        return state is not None and merchant in (None, "", state.merchant)

    def _carry_over(self) -> int:
        return sum([self._safely(partial(self._touch, number)) for number in self.desk.book.fresh(MOST)])

    def _touch(self, number: int) -> None:
        with hold(self.desk, number, SYSTEM, "see"):
            pass  # what is new of it is written into its case as it is let go

    def _overtake(self) -> int:
        """A dispute that was opened ends the alerts about the same payment."""
        return sum([self._safely(partial(self._end_alert, number)) for number in self.desk.book.overtaken(MOST)])

    def _end_alert(self, number: int) -> None:
        with hold(self.desk, number, SYSTEM, "see") as (held, _):
            held.move("open", "amends", self.desk.now())

    def _poll(self) -> None:
        now = self.desk.now()
        for name, door in self.desk.doors.items():
            last = self.desk.polled.get(name)
            if not door.limits.lists or (last is not None and now - last < EVERY):
                continue
            self.desk.polled[name] = now
            try:
                for told in self.desk.talk(door.listed(now - _BACK, self.desk.seal())):
                    self.desk.book.take(told, now)
            except (UnableToTalk, UnableToReach) as fault:
                _log.warning("%s could not be asked about its disputes: %s", name, fault)

    def _warn(self) -> int:
        """Those that wait for an answer at the safe time and for which nothing was decided on: told once a round, so that someone looks."""
        near = self.desk.book.running_out(self.desk.now() + self.desk.settings.safe, MOST)
        return sum([self._safely(partial(self._warned, one.number)) for one in near])

    def _warned(self, number: int) -> None:
        with hold(self.desk, number, SYSTEM, "see") as (held, _):
            held.put(more={**held.state.more, "warned": held.state.round})
            held.tell("not_answered", "amends", self.desk.now())

    @staticmethod
    def _safely(work: Callable[[], object]) -> int:
        try:
            work()
        except UnableToWork as fault:
            _log.warning("a dispute stays as it is: %s", fault)
            return 0
        return 1
