"""What a check of a policy finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from amends.facts.rulebook import Says

Kind = Literal["contradiction", "gap", "unreachable", "approval", "undecided"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding. `case`: a case file that shows it, to be decided `at`; None where `says` is the proof itself.

    `rule`: the policy's rule (None: the policy as a whole); `line`: where it stands; `against`: ids of the rules of law and
    platform that it contradicts.
    """

    kind: Kind
    severity: Severity
    rule: str | None
    line: int
    says: Says
    case: dict[str, Any] | None = None
    at: str | None = None
    against: tuple[str, ...] = ()
