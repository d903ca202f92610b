"""The house as a desk verb sees it: ports to the books, the rulebooks and policies, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from amends.decide.judge import Rulebooks
from amends.desk.ports import CaseBook, DecisionBook
from amends.facts.imported import ExportFormat
from amends.facts.situation import Policy


@dataclass(frozen=True, slots=True)
class House:
    """Everything a verb may use. `wiring` builds it; `now` gives the present instant with its offset.

    `policy_for` takes a shop's name, the market and the channel, and gives the policy that speaks there.
    """

    cases: CaseBook
    decisions: DecisionBook
    rulebooks: Rulebooks
    policy_for: Callable[[str, str, str], Policy]
    forms: tuple[ExportFormat, ...]
    now: Callable[[], datetime]
