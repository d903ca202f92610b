"""A shop whose policy promises price protection, and cases about one lamp of 70 EUR and a bulb of 20 EUR that were delivered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.desk.cases.desk import CaseDesk
from amends.facts.log import Entry
from tests.case_house import Clock, case_desk
from tests.money_house import case_of, order_of

POLICY = """
policy: acme
version: 1
price_protection_days: 10
stock_hold_days: 12
approvals: [{up_to: "50 EUR", role: agent}, {up_to: "500 EUR", role: lead}, {role: finance}]
rules:
  - {id: entitled, when: {entitled: true}, then: {outcome: accept, handling: review}}
otherwise: {outcome: accept, handling: review}
"""


def remedy_desk(clock: Clock) -> CaseDesk:
    """The verbs on cases under that policy."""
    policy = compile_policy(read_policy(POLICY))
    desk = case_desk(clock)
    house = replace(desk.house, policy_for=lambda shop, market, channel: policy)
    return replace(desk, house=house, money=replace(desk.money, house=house))


def delivered(
    kind: str, reason: str = "quality", lines: tuple[str, ...] = ("l1",), order: str = "O1", **change: Any
) -> dict[str, Any]:
    """A case file of a request about some lines of an order that the buyer has."""
    case = order_of(order=order, **change)
    case["shipments"] = [
        {"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "delivered_at": "2026-11-22T18:00:00+01:00",
         "trace": "delivered"}
    ]  # fmt: skip
    asked = [{"id": one, "quantity": 1} for one in lines]
    case["request"] = {**case["request"], "kind": kind, "reason": reason, "lines": asked}
    case["defect"] = {**case.get("defect", {}), **({"confirmed": True} if reason == "quality" else {})}
    return case


def asked_for(kind: str, reason: str = "quality", lines: tuple[str, ...] = ("l1",), **change: Any) -> int:
    """The number of such a case."""
    return case_of(delivered(kind, reason, lines, **change))


def log_of(desk: CaseDesk, number: int) -> list[Entry]:
    """The log of a case, which is whole."""
    history = desk.casework.history(number)
    assert history.whole
    return [one.entry for one in history.entries]


def what(desk: CaseDesk, number: int) -> list[str]:
    """What happened to a case."""
    return [one.what for one in log_of(desk, number)]


def last(desk: CaseDesk, number: int, name: str) -> Entry:
    """The last entry of this kind."""
    return [one for one in log_of(desk, number) if one.what == name][-1]


def live_holds(desk: CaseDesk, number: int) -> list[tuple[str, int]]:
    """What is held for a case now."""
    return [(one.sku, one.quantity) for one in desk.casework.holds(number) if one.state == "held"]
