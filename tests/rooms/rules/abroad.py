"""Small cases for the laws outside the PRC, and what one pack's rules find in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.decide.judge import Bench, judge_packs
from amends.facts.case import Case
from amends.facts.read_case import read_case
from amends.facts.rulebook import Due, Finding, Grant
from amends.wiring.house import load_rulebooks

CURRENCIES = {"GB": "GBP", "TW": "TWD", "JP": "JPY", "KR": "KRW", "AU": "AUD", "SG": "SGD"}
SOUND: dict[str, Any] = dict.fromkeys(("used", "washed", "damaged", "seal_broken", "swapped"), False)


def case_in(
    market: str,
    asked: str,
    delivered: str | None = None,
    kind: str = "return_refund",
    reason: str = "changed_mind",
    bought: str = "2026-03-01T09:00:00+00:00",
    line: dict[str, Any] | None = None,
    order: dict[str, Any] | None = None,
    request: dict[str, Any] | None = None,
    **more: Any,
) -> Case:
    """A case about one line of 80 (minor units by currency), delivered or not shipped yet."""
    goods = {"id": "a", "quantity": 1, "list_price": "80", "paid": "80", "category": "other", **(line or {})}
    payments = [{"id": "p", "method": "card", "captured": "95"}]
    currency = CURRENCIES.get(market, "USD" if market.startswith("US") else "EUR")
    shipments = (
        [{"id": "s", "shipped_at": bought, "delivered_at": delivered, "trace": "delivered"}] if delivered else []
    )
    raw = {
        "case": "t",
        "shop": {"channel": "direct"},
        "market": market,
        "order": {
            "id": "o",
            "currency": currency,
            "placed_at": bought,
            "lines": [goods],
            "payments": payments,
            **(order or {}),
        },
        "shipments": shipments,
        "request": {"kind": kind, "reason": reason, "requested_at": asked, **(request or {})},
        **more,
    }
    return read_case(raw)


def findings(pack: str, case: Case, at: str | None = None) -> dict[str, Finding]:
    """What the rules of the pack find, by the rest of their id after the pack's name; `at` is the request's time by default."""
    rulebook = next(item for item in load_rulebooks().all if item.id == pack)
    if not rulebook.concerns(case):
        return {}
    moment = datetime.fromisoformat(at) if at else case.request.requested_at
    found, _ = judge_packs([Bench(rulebook)], case, moment)
    return {item.rule.id.removeprefix(f"{pack}."): item for item in found}


def verdicts(pack: str, case: Case, at: str | None = None) -> dict[str, str]:
    """The verdict of every rule that speaks."""
    return {name: str(item.verdict) for name, item in findings(pack, case, at).items()}


def grant(finding: Finding) -> Grant:
    """The one right that the finding gives."""
    (found,) = [claim for claim in finding.claims if isinstance(claim, Grant)]
    return found


def due(finding: Finding) -> Due:
    """The one deadline that the finding sets."""
    (found,) = finding.dues
    return found


def instant(text: str) -> datetime:
    """The time that a text states."""
    return datetime.fromisoformat(text)
