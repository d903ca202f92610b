"""Small cases for the platforms of the PRC. Times are Beijing's: `"08-06 11:20"` is read as 2026 on that clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from amends.decide.judge import Bench, judge_packs
from amends.facts.case import Case
from amends.facts.read_case import read_case
from amends.facts.rulebook import Due, Finding
from amends.wiring.house import load_rulebooks

BEIJING = timezone(timedelta(hours=8))
ITEM: dict[str, Any] = {"id": "l1", "quantity": 1, "list_price": "100.00", "paid": "100.00", "category": "other"}


def clock(text: str) -> datetime:
    """A time of 2026 in Beijing; seconds may be left out."""
    form = "%Y-%m-%d %H:%M:%S" if text.count(":") == 2 else "%Y-%m-%d %H:%M"
    return datetime.strptime(f"2026-{text}", form).replace(tzinfo=BEIJING)


def stamp(text: str) -> str:
    """The same as a case file writes it."""
    return clock(text).isoformat()


def sold(
    channel: str,
    kind: str,
    reason: str,
    asked: str,
    *,
    line: dict[str, Any] | None = None,
    placed: str = "08-01 10:00",
    shipped: str | None = None,
    delivered: str | None = None,
    signed_by: str = "buyer",
    trace: str | None = None,
    labels: tuple[str, ...] = (),
    order: dict[str, Any] | None = None,
    request: dict[str, Any] | None = None,
    **more: Any,
) -> Case:
    """A case about one line of 100.00 CNY, paid with Alipay."""
    goods = {**ITEM, **(line or {})}
    parcel: dict[str, Any] = {"id": "s1", "shipped_at": stamp(shipped or "08-02 09:00"), "trace": trace or "in_transit"}
    if delivered:
        parcel |= {"delivered_at": stamp(delivered), "signed_by": signed_by, "trace": "delivered"}
    raw = {
        "case": "t",
        "shop": {"channel": channel, "labels": list(labels)},
        "market": "CN",
        "order": {
            "id": "o",
            "currency": "CNY",
            "placed_at": stamp(placed),
            "paid_at": stamp(placed),
            "lines": [goods],
            "payments": [{"id": "p", "method": "alipay", "captured": goods["paid"]}],
            **(order or {}),
        },
        "shipments": [parcel] if shipped or delivered else [],
        "request": {"kind": kind, "reason": reason, "requested_at": stamp(asked), **(request or {})},
        **more,
    }
    return read_case(raw)


def findings(case: Case, pack: str, now: str) -> dict[str, Finding]:
    """What the rules of one pack find as of `now`, by rule id."""
    rulebook = next(item for item in load_rulebooks().all if item.id == pack)
    assert rulebook.concerns(case)
    found, _ = judge_packs([Bench(rulebook)], case, clock(now))
    return {item.rule.id: item for item in found}


def verdict(case: Case, rule: str, now: str) -> str | None:
    """What one rule says as of `now`; None where it does not concern the case."""
    found = findings(case, rule.split(".")[0], now).get(rule)
    return found.verdict if found else None


def the_due(case: Case, rule: str, now: str) -> Due:
    """The deadline that one rule sets."""
    dues = findings(case, rule.split(".")[0], now)[rule].dues
    return dues[0]


def is_due(due: Due, text: str) -> bool:
    """Whether the deadline is the instant `text` on Beijing's clock, given in UTC."""
    return due.due == clock(text) and due.due.tzinfo == UTC
