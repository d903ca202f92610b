"""What the house does by itself, round after round: answers that are left to it, money that arrived, alarms, closing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.approve import approve, effect
from amends.desk.cases.deeds import house_may_answer
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.letters import letter
from amends.desk.cases.over import deadline_over
from amends.desk.cases.ports import HeldCase
from amends.facts.log import Actor, Entry
from amends.facts.people import SYSTEM
from amends.facts.tracks import NEVER_STILL, WAITS_ON_BUYER
from amends.facts.work import CaseState, Change, MoneyNews

MOST: Final = 100
_HOUSE: Final = Actor("system", "amends")
_FURTHEST: Final = timedelta(days=3)
"""A policy answers at most so long before a deadline."""
_TOLD: Final = {"succeeded": "refund_paid", "failed": "refund_failed", "reversed": "refund_reversed"}
_log = logging.getLogger("amends.cases")


class CaseRounds:
    """One round does a limited amount of each; called again and again by the runner. Every piece is a transaction of its own."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk
        self._passed_over: dict[int, int] = {}

    def look(self) -> int:
        """Do what is due; how much there was."""
        return (
            self._clocks()
            + self._deadlines()
            + self._auto()
            + self._safe_answers()
            + self._money()
            + self._alarms()
            + self._close()
        )

    def _deadlines(self) -> int:
        done = 0
        for number, one in self._desk.casework.due(self._desk.now(), MOST):
            done += self._each(number, lambda held, one=one: deadline_over(self._desk, held, one))  # type: ignore[misc]
        return done

    def _clocks(self) -> int:
        """Our own clocks stand still while the buyer has to act, and run on after."""

        def turn(held: HeldCase) -> None:
            state, now = held.state, self._desk.now()
            waits = state.status in WAITS_ON_BUYER
            for one in held.running():
                if (one.source, one.who) != ("own", "merchant") or one.action in NEVER_STILL:
                    continue
                if waits and one.state == "running":
                    held.pause(one.number, self._desk.working_left(state.shop, now, max(now, one.due)))
                elif not waits and one.state == "paused":
                    held.go_on(one.number, self._desk.working_due(state.shop, now, one.left_minutes or 0))

        return sum([self._each(number, turn) for number in self._desk.casework.clocks_to_turn(MOST)])

    def _auto(self) -> int:
        return sum([self._approve(number) for number in self._desk.casework.to_run(self._desk.now(), MOST)])

    def _safe_answers(self) -> int:
        """Answers that a policy gives shortly before the time is over, where nobody did."""
        done, now = 0, self._desk.now()
        for number, due in self._desk.casework.running_out(now, now + _FURTHEST, MOST):
            state = self._desk.casework.look(number)
            if state is None:
                continue
            hours = self._desk.house.policy_for(state.shop, state.market, state.channel).answer_before_hours
            if hours is not None and due - now <= timedelta(hours=hours):
                done += self._approve(number, safe=True)
        return done

    def _approve(self, number: int, *, safe: bool = False) -> int:
        """Approve as the house. What it may not do is left to people, and not tried again before the case changes.

        `safe`: only what an agent might approve alone, for here no policy said `auto`.
        """
        state = self._desk.casework.look(number)
        if state is None or self._passed_over.get(number) == state.version:
            return 0
        try:
            if not house_may_answer(self._desk, number, _requested_at(state)):
                raise UnableToWork(
                    "not_allowed", "it was asked for before the shop was connected", "该申请早于店铺连接"
                )
            if safe and effect(self._desk, number, SYSTEM).needs_role != "agent":
                raise UnableToWork("not_allowed", "more than an agent might approve alone", "金额超出客服权限")
            approve(self._desk, number, SYSTEM)
        except UnableToWork as fault:
            self._passed_over[number] = state.version
            _log.info("case %s is left to people: %s", state.key, fault)
            return 0
        return 1

    def _money(self) -> int:
        done = 0
        for news in self._desk.casework.money_news(MOST):
            done += self._each(news.case, lambda held, news=news: _tell_money(self._desk, held, news))  # type: ignore[misc]
        return done

    def _alarms(self) -> int:
        """A dispute was won, and yet a clock of ours still runs: someone must look before it runs out."""

        def alarm(held: HeldCase) -> None:
            if not held.state.exception:
                held.write(Entry("clock_after_win", _HOUSE, self._desk.now()), Change(exception="clock_after_win"))

        return sum([self._each(number, alarm) for number in self._desk.casework.won_but_running(MOST)])

    def _close(self) -> int:
        def close(held: HeldCase) -> None:
            data = {"reason": "settled"}
            if held.state.status == "to_settle":
                held.write(Entry("closed", _HOUSE, self._desk.now(), moves=(("desk", "close"),), data=data))

        return sum([self._each(number, close) for number in self._desk.casework.to_close(MOST)])

    def _each(self, number: int, work: Callable[[HeldCase], None]) -> int:
        try:
            with self._desk.casework.holding(number) as held:
                if held is not None:
                    work(held)
        except Exception:
            logging.getLogger("amends.cases").exception("case %s could not be looked after; it is tried again", number)
            return 0
        return 1


def _requested_at(state: CaseState) -> datetime | None:
    told = (state.case.get("request") or {}).get("requested_at")
    return datetime.fromisoformat(str(told)) if told else None


def _tell_money(desk: CaseDesk, held: HeldCase, news: MoneyNews) -> None:
    """Write what became of a step of the case's money, once."""
    if held.money_was_told(news):
        return
    data = {
        "step": news.step,
        "amount": news.amount,
        "currency": news.currency,
        "gateway": news.gateway,
        "reference": news.reference,
    }
    entry = Entry(_TOLD[news.state], _HOUSE, desk.now(), data=data)
    if news.state == "succeeded":
        paid = letter(desk, held.state, SYSTEM, "refund_sent", "", {"amount": f"{news.amount} {news.currency}"})
        met = [("decision", "merchant", "refund")] if news.last else []
        held.write(entry, Change(messages=[paid], met=met))
    else:
        held.write(entry, Change(exception="money_trouble"))
    held.money_told(news)
