"""The whole check of one policy."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.decide.judge import Rulebooks
from amends.decide.policy.check.approvals import approval_holes
from amends.decide.policy.check.contradictions import contradictions
from amends.decide.policy.check.court import Court
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.reach import gap, unreachable
from amends.decide.policy.check.search import Budget
from amends.decide.policy.check.space import Space
from amends.decide.policy.compiled import CompiledPolicy

WORLDS: Final = 200_000
"""Worlds that one part of a check looks at before it says that it could not settle the question."""


def check_policy(policy: CompiledPolicy, books: Rulebooks, at: datetime) -> tuple[Flaw, ...]:
    """Everything wrong with a policy under the rules as they stand `at` a moment, errors first, then by line.

    Every case in a finding reproduces it through `decide`; a policy without findings is proven over the axes of `Space`.
    """
    court = Court(Space(policy.text, books, at), policy)
    hole = gap(court, Budget(WORLDS))
    found = [
        *contradictions(court, Budget(WORLDS)),
        *([hole] if hole else []),
        *unreachable(court, Budget(WORLDS)),
        *approval_holes(court),
    ]
    return tuple(sorted(found, key=lambda flaw: (flaw.severity != "error", flaw.line, flaw.kind)))
