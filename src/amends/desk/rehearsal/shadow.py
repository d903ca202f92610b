"""The shadow: a version of a policy asked of every new decision beside the live one. It keeps what differs, and never acts.

Nothing of it lies in the way of a decision: the runner looks at decisions once they are made and kept, decides each case a second time
by the shadow's text, as of the same moment, and keeps both answers. What was looked at already is known by the moment of the decision, so
that a runner that dies goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.decide.decide import decide
from amends.decide.policy.compiled import CompiledPolicy
from amends.decide.policy.shelf import Shelf
from amends.desk.rehearsal.ports import ShadowBook
from amends.desk.rehearsal.readable import UnableToRehearse, readable
from amends.desk.rehearsal.rehearse import put_in_place
from amends.desk.settings.gate import check_may_set
from amends.desk.settings.policies import PolicyDesk, read
from amends.facts.audit import Deed
from amends.facts.decision_json import decision_json
from amends.facts.fields import UnableToReadCase
from amends.facts.kept_policies import KeptPolicy, KeptVersion
from amends.facts.past_cases import PastCase
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.facts.shadows import Shadow, Shadowed, ShadowFound, answered

SHOWN: Final = 20
MOST: Final = 10_000
_BATCH: Final = 200
_AGAIN: Final = timedelta(minutes=1)
"""Decisions of so long before the mark are looked for once more: one may show after another that was made later."""


@dataclass(frozen=True, slots=True)
class ShadowDesk:
    """The ports of shadows. `live`: a merchant's live policies in the order in which they are asked."""

    policies: PolicyDesk
    book: ShadowBook
    live: Callable[[str], Sequence[CompiledPolicy]]
    standard: CompiledPolicy
    now: Callable[[], datetime]

    def last(self, policy: KeptPolicy) -> Shadow | None:
        """The shadow of a policy that runs, else the one that ended last; None where there was none."""
        return self.book.last(policy.number)

    def found(self, shadow: Shadow, most: int = SHOWN) -> ShadowFound:
        """What a shadow came to so far, with the newest cases that differ."""
        return self.book.found(shadow.number, most)

    def start(self, person: Person, policy: KeptPolicy, version: int) -> Shadow:
        """Let a version run in the shadow from now on. Raises `UnableToRehearse`, `UnableToSet`."""
        check_may_set(person, policy.merchant)
        readable(self.policies, policy, version)
        deed = Deed(person.name, "shadow_started", policy.merchant, f"{policy.name} {version}")
        made = self.book.start(policy.number, version, deed, self.now())
        if made is None:
            raise UnableToRehearse(
                "A version of this policy runs in the shadow already; end it first.",
                "这项政策已有版本在影子运行，请先停止。",
                "version",
            )
        return made

    def stop(self, person: Person, policy: KeptPolicy) -> None:
        """End the shadow of a policy; nothing where none runs. Raises `UnableToSet`."""
        check_may_set(person, policy.merchant)
        self._end(person, policy, 0)

    def go_live(self, person: Person, policy: KeptPolicy, version: int, base: int, accepted: str = "") -> KeptVersion:
        """Publish a version as `PolicyDesk.roll_back` does, with its checks, and end the shadow. Raises as that does."""
        made = self.policies.roll_back(policy.number, version, base, person, self.now(), accepted)
        self._end(person, policy, made.number)
        return made

    def _end(self, person: Person, policy: KeptPolicy, live: int) -> None:
        running = self.book.last(policy.number)
        if running is not None and running.running:
            note = f"live {live}" if live else ""
            deed = Deed(person.name, "shadow_stopped", policy.merchant, f"{policy.name} {running.version}", note=note)
            self.book.stop(running.number, live, deed, self.now())

    def look(self) -> int:
        """Look at what was decided since the last look, for every shadow that runs; how many decisions were looked at."""
        return sum([self._look(shadow) for shadow in self.book.running()])

    def _look(self, shadow: Shadow) -> int:
        policy = self.policies.book.policy(shadow.policy)
        if policy is None:
            return 0
        try:
            asks = self._asking(policy, shadow)
        except UnableToRehearse:
            return 0
        many, after = 0, (max(shadow.mark - _AGAIN, shadow.since), 0)
        while batch := self.book.decided(shadow, policy.merchant, after, _BATCH):
            last = batch[-1]
            after = last.decided_at or shadow.mark, last.number
            known = self.book.known(shadow.number, [one.number for one in batch])
            fresh = [asks(one) for one in batch if known.get(one.number) != one.decided_at]
            kept = [one for one in fresh if one is not None]
            self.book.keep(shadow.number, kept, max(shadow.mark, after[0]))
            many += len(kept)
        return many

    def _asking(self, policy: KeptPolicy, shadow: Shadow) -> Callable[[PastCase], Shadowed | None]:
        """Asks the shadow of a case; None where neither its text nor the live one of its name speaks, and where a case cannot be read."""
        draft = readable(self.policies, policy, shadow.version)
        live = read(policy.live.text)[0] if policy.live else None
        shelf = Shelf(put_in_place(self.live(policy.merchant), draft), self.standard)

        def ask(past: PastCase) -> Shadowed | None:
            at, decision = past.decided_at, past.decision
            if at is None or decision is None:
                return None
            try:
                case = read_case(past.case)
            except UnableToReadCase:
                return None
            here = past.shop, case.market, case.shop.channel
            if not draft.concerns(*here) and not (live and live.concerns(*here)):
                return None
            told = decision_json(decide(case, at, self.policies.house.rulebooks, shelf.policy_for(*here)))
            digits = case.order.digits
            return Shadowed(past.number, at, case.order.currency, answered(decision, digits), answered(told, digits))

        return ask
