"""Other lawful answers to a case, best for the merchant first."""

from __future__ import annotations

from typing import Final

from amends.decide.amounts import left_to_refund
from amends.decide.answer import Answer
from amends.decide.entitlement import Entitlement
from amends.decide.floor import BACK_REMEDIES, MONEY_REMEDIES, floor_terms
from amends.facts.case import Case
from amends.facts.decision import Alternative
from amends.facts.rulebook import Says
from amends.facts.stage import is_received, paid_for_request

_OWED: Final = Says("The buyer may choose this as well.", "买家也有权选择此方案。")
_CONSENT: Final = Says("Possible when the buyer agrees.", "经买家同意可采用。")
_KINDER: Final = Says("Kinder than asked for: the buyer keeps the goods.", "比所求更宽：买家无需退货。")


def alternatives(case: Case, basis: Entitlement, chosen: Answer) -> tuple[Alternative, ...]:
    """Owed remedies that were not chosen, exchange by consent, and money without the goods; the cheapest first."""
    left = left_to_refund(case)
    found: dict[str, Alternative] = {}
    for remedy in sorted(basis.remedies - {chosen.remedy}):
        terms = floor_terms(case, basis, remedy)
        taken = sum((terms.deductions or {}).values())
        total = max(0, min(left, terms.goods + terms.shipping - taken)) if remedy in MONEY_REMEDIES else 0
        found[remedy] = Alternative(remedy, total, _OWED)
    if is_received(case):
        if chosen.remedy != "exchange" and "exchange" not in found:
            found["exchange"] = Alternative("exchange", 0, _CONSENT)
        if chosen.outcome == "accept" and chosen.remedy in BACK_REMEDIES and "refund_only" not in found:
            found["refund_only"] = Alternative("refund_only", min(left, paid_for_request(case)), _KINDER)
    return tuple(sorted(found.values(), key=lambda item: (item.refund_total, item.remedy)))
