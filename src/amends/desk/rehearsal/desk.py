"""Rehearsals as a manager asks for them on a page, and as the runner does them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.decide.policy.compiled import CompiledPolicy
from amends.desk.rehearsal.export import Exported, export_history
from amends.desk.rehearsal.ports import History, PastCases, RehearsalBook
from amends.desk.rehearsal.readable import UnableToRehearse, readable
from amends.desk.rehearsal.rehearse import put_in_place, rehearse_history
from amends.desk.rehearsal.shadow import ShadowDesk
from amends.desk.settings.gate import check_may_set
from amends.desk.settings.policies import PolicyDesk
from amends.facts.audit import Deed
from amends.facts.kept_policies import KeptPolicy
from amends.facts.people import Person
from amends.facts.rehearsal_runs import RehearsalRun, Span
from amends.facts.rehearsed import Rehearsed

EXAMPLES: Final = 50
_TELLS_EVERY: Final = 200
"""Cases that are read between two words about how far it is."""


class UnableToGoOn(Exception):
    """The rehearsal was stopped by a person while it was read."""


@dataclass(frozen=True, slots=True)
class RehearsalDesk:
    """The ports of rehearsals.

    `shops`: the names of a merchant's shops; `live`: its live policies in the order in which they are asked; `scratch`: a place for one
    history, gone afterwards.
    """

    policies: PolicyDesk
    shadows: ShadowDesk
    book: RehearsalBook
    cases: PastCases
    shops: Callable[[str], Sequence[str]]
    live: Callable[[str], Sequence[CompiledPolicy]]
    standard: CompiledPolicy
    scratch: Callable[[], AbstractContextManager[History]]
    now: Callable[[], datetime]

    def ask(self, person: Person, policy: KeptPolicy, version: int, span: Span) -> int:
        """Have the runner rehearse a version over past cases; the rehearsal's number. Raises `UnableToRehearse`, `UnableToSet`."""
        check_may_set(person, policy.merchant)
        readable(self.policies, policy, version)
        if span.shop and span.shop not in self.shops(policy.merchant):
            raise UnableToRehearse(
                "Choose one of the merchant's shops, or all.", "请选择该商家的店铺，或选择全部。", "shop"
            )
        if span.since and span.until and span.since > span.until:
            raise UnableToRehearse(
                "The first day lies after the last; change one of them.", "开始日期晚于结束日期，请修改。", "since"
            )
        against = policy.live.number if policy.live else 0
        run = RehearsalRun(0, policy.number, version, against, span, person.name, self.now())
        told = f"{span.shop or '*'} {span.since or ''}..{span.until or ''}"
        return self.book.ask(
            run, Deed(person.name, "rehearsed", policy.merchant, f"{policy.name} {version}", note=told)
        )

    def of_policy(self, policy: KeptPolicy) -> Sequence[RehearsalRun]:
        """The rehearsals of a policy, the newest first, without what they found."""
        return self.book.of_policy(policy.number)

    def run(self, policy: KeptPolicy, number: int) -> RehearsalRun | None:
        """One rehearsal of a policy; None where there is none of that number."""
        return self.book.get(policy.number, number)

    def stop(self, person: Person, policy: KeptPolicy, run: RehearsalRun) -> None:
        """End a rehearsal that waits or is at work; what was read so far is let go. Raises `UnableToSet`."""
        check_may_set(person, policy.merchant)
        deed = Deed(person.name, "rehearsal_stopped", policy.merchant, f"{policy.name} {run.version}")
        self.book.stop(run, deed, self.now())

    def look(self) -> int:
        """Do the rehearsal that waits longest; one where one was done, or stopped."""
        run = self.book.next(self.now())
        if run is None:
            return 0
        try:
            found, told = self._done(run)
        except UnableToGoOn:
            return 1
        except Exception as fault:
            self.book.failed(run.number, str(fault) or type(fault).__name__, self.now())
            raise
        keys = self.cases.keys([one.number for one in found.examples])
        self.book.ended(run.number, found, keys, len(told.unread), self.now())
        return 1

    def _done(self, run: RehearsalRun) -> tuple[Rehearsed, Exported]:
        policy = self.policies.book.policy(run.policy)
        if policy is None:
            raise LookupError("the policy is gone")
        draft = readable(self.policies, policy, run.version)
        live = self.live(policy.merchant)
        total = self.cases.count(policy.merchant, run.span)

        def tell(many: int) -> None:
            if many % _TELLS_EVERY == 1 and not self.book.moved(run.number, many - 1, total, self.now()):
                raise UnableToGoOn(run.number)

        with self.scratch() as history:
            told = export_history(self.cases, self.policies.house.rulebooks, history, policy.merchant, run.span, tell)
            if not self.book.moved(run.number, total, total, self.now()):
                raise UnableToGoOn(run.number)
            before, after = (*live, self.standard), (*put_in_place(live, draft), self.standard)
            return rehearse_history(history, before, after, EXAMPLES), told
