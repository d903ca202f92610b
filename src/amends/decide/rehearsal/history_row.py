"""One case as a row of the history: its facts, and what law and platform make of it, before any policy speaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from amends.basics.money import read_minor
from amends.basics.zones import local
from amends.decide.amounts import left_to_refund, line_amounts
from amends.decide.answer import inspection_off, mildest, no_right_shipping
from amends.decide.decide import assess, wants_review
from amends.decide.entitlement import Entitlement
from amends.decide.floor import MONEY_REMEDIES, covered_lines, floor_terms
from amends.decide.judge import Rulebooks
from amends.facts.case import Case
from amends.facts.history import PRICED, HistoryRow
from amends.facts.situation import Situation
from amends.facts.vocabulary import VOCABULARY

_WAIVABLE: Final = ("gift", "free_shipping_lost", "discount_lost")


def history_row(
    number: int, shop: str, case: Case, at: datetime, books: Rulebooks, decision: Mapping[str, Any] | None = None
) -> HistoryRow:
    """The row of a case as of `at`. `decision`: the one that was made, as JSON (`amends.decision/1`), where there is one."""
    situation, basis, _, risks, _ = assess(case, at, books)
    asked_on = local(case.request.requested_at, case.market).date().isoformat()
    return {
        "case_number": number,
        "shop": shop,
        "month": asked_on[:7],
        "asked_on": asked_on,
        **facts_of(situation),
        **law_of(case, basis),
        "law_review": wants_review(basis, risks),
        **_decided(decision, case),
    }


def facts_of(situation: Situation) -> HistoryRow:
    """Every fact of the vocabulary by its name; sets as sorted lists."""
    found = {name: fact.get(situation) for name, fact in VOCABULARY.items()}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in found.items()}


def law_of(case: Case, basis: Entitlement) -> HistoryRow:
    """The columns of law and platform, but for `law_review`."""
    off: dict[str, int] = {claim.kind: claim.amount for _, claim in basis.deductions}
    owed = [claim.amount for _, claim in basis.owed]
    caps = {remedy: basis.cap(remedy) for remedy in ("compensation", "price_adjustment")}
    gives_asked = bool(basis.granting(basis.asked))
    return {
        "law_stands": bool(basis.standing),
        "law_doubtful": bool(basis.doubtful) or basis.sign_off_unknown,
        "law_gives_asked": gives_asked,
        "law_pick": mildest(case, basis) if basis.remedies and not gives_asked else None,
        **_floors(case, basis),
        "law_freight": floor_terms(case, basis, basis.asked).freight if gives_asked else None,
        "law_off": sum(off.values()),
        **{f"law_off_{kind}": off.get(kind, 0) for kind in _WAIVABLE},
        "law_compensation": max(owed) if owed else None,
        **{f"cap_{remedy}": cap[1] if cap else None for remedy, cap in caps.items()},
        "left": left_to_refund(case),
        "outbound": no_right_shipping(case),
        "found_off": sum(inspection_off(case, case.request.lines, "return_refund").values()),
    }


def _floors(case: Case, basis: Entitlement) -> HistoryRow:
    found: HistoryRow = {}
    for remedy in PRICED:
        grants = basis.granting(remedy)
        terms = floor_terms(case, basis, remedy)
        found[f"law_{remedy}_goods"] = terms.goods if grants else None
        found[f"law_{remedy}_lines"] = sum(line_amounts(covered_lines(case, grants))) if grants else None
        if remedy in MONEY_REMEDIES:
            found[f"law_{remedy}_shipping"] = terms.shipping if grants else None
    return found


def _decided(decision: Mapping[str, Any] | None, case: Case) -> HistoryRow:
    told = decision or {}
    refund = told.get("refund")
    return {
        "decided_outcome": told.get("outcome"),
        "decided_remedy": told.get("remedy"),
        "decided_refund": read_minor(str(refund["total"]), case.order.digits) if refund else None,
        "decided_handling": told.get("handling"),
    }
