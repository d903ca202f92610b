"""The real `decide` over found worlds: no counter-example is told that it does not reproduce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amends.decide.decide import assess, decide
from amends.decide.house import FLOOR
from amends.decide.policy.check.case_file import case_file
from amends.decide.policy.check.space import Space
from amends.decide.policy.compiled import CompiledPolicy
from amends.facts.case import Case
from amends.facts.read_case import read_case


@dataclass(frozen=True, slots=True)
class Override:
    """A decision in which law or platform beat the policy: the rule that proposed, and those that overrode it."""

    rule: str
    overriding: tuple[str, ...]
    components: tuple[str, ...]


@dataclass(slots=True)
class Court:
    """Tries worlds: completes them to a case file, reads it, and runs the real thing."""

    space: Space
    policy: CompiledPolicy

    def file(self, chosen: Mapping[str, Any], name: str = "counter-example") -> dict[str, Any]:
        """The case file of a world."""
        return case_file(self.space, chosen, name)

    def case(self, chosen: Mapping[str, Any]) -> Case:
        """The case of a world."""
        return read_case(self.file(chosen))

    def first_rule(self, chosen: Mapping[str, Any]) -> str:
        """The id of the policy's rule that proposes, as findings show it (``policy.<policy>.<rule>``)."""
        situation = assess(self.case(chosen), self.space.at, self.space.books)[0]
        return self.policy.propose(situation)[0].rule

    def override(self, chosen: Mapping[str, Any]) -> Override | None:
        """What the floor overrode in the decision on this world's case; None where it overrode nothing."""
        decision = decide(self.case(chosen), self.space.at, self.space.books, self.policy)
        for finding in decision.because:
            if finding.rule is FLOOR:
                facts = finding.facts
                return Override(facts["proposing"], tuple(facts["overriding"]), tuple(facts["components"]))
        return None
