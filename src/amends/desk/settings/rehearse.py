"""Rehearsing: which open cases would be decided otherwise by a changed policy."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from amends.decide.decide import decide
from amends.decide.policy.compiled import CompiledPolicy
from amends.desk.house import House
from amends.desk.settings.ports import PolicyBook
from amends.facts.case import Case
from amends.facts.fields import UnableToReadCase
from amends.facts.kept_policies import OpenCase, Rehearsal, RehearsedCase, Result
from amends.facts.read_case import read_case
from amends.facts.situation import Policy

MOST: Final = 500
SHOWN: Final = 20


def rehearse(house: House, book: PolicyBook, merchant: str, changed: CompiledPolicy, at: datetime) -> Rehearsal:
    """Decide the newest 500 open cases of a merchant by the live policy and by the changed one; nothing is written.

    A case for which the changed policy does not speak, and a case that cannot be read, is not counted.
    """
    looked = 0
    different: list[RehearsedCase] = []
    money: Counter[str] = Counter()
    for kept in book.open_cases(merchant, MOST):
        case = _case(kept)
        if case is None or not changed.concerns(kept.shop, case.market, case.shop.channel):
            continue
        looked += 1
        before = _result(house, case, house.policy_for(kept.shop, case.market, case.shop.channel), at)
        after = _result(house, case, changed, at)
        if before != after:
            currency = case.order.currency
            different.append(RehearsedCase(kept.number, kept.key, currency, before, after))
            money[currency] += (after[2] or 0) - (before[2] or 0)
    return Rehearsal(looked, len(different), tuple(different[:SHOWN]), tuple(sorted(money.items())))


def _case(kept: OpenCase) -> Case | None:
    try:
        return read_case(kept.case_json)
    except UnableToReadCase:
        return None


def _result(house: House, case: Case, policy: Policy, at: datetime) -> Result:
    decision = decide(case, at, house.rulebooks, policy)
    return decision.outcome, decision.remedy, decision.refund.total if decision.refund else None, decision.handling
