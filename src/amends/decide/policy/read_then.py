"""The `then` of a rule: what it proposes."""

from __future__ import annotations

from typing import Any, Final

from amends.decide.policy.model import Then
from amends.decide.policy.parts import items_of, part_of, read_money
from amends.decide.policy.spots import Faults, Spot, hint, shown
from amends.facts.codes import REMEDIES, ROLES
from amends.facts.rulebook import FREIGHT_BUYER, FREIGHT_MERCHANT, Freight

OUTCOMES: Final = ("accept", "offer", "refuse", "ask")
HANDLINGS: Final = ("auto", "review")
PAYERS: Final = ("buyer", "merchant")
WAIVABLE: Final = ("gift", "free_shipping_lost", "discount_lost")
DEDUCTIONS: Final = ("diminished_value", "gift", "free_shipping_lost", "discount_lost", "return_shipping", "restocking")
KEYS: Final = (
    "outcome", "remedy", "handling", "approver", "shipping_paid_by", "refund", "deduct", "compensation", "waive", "ask",
)  # fmt: skip
GIVING: Final = ("remedy", "shipping_paid_by", "refund", "deduct", "compensation", "waive")
_REMEDIES: Final = tuple(sorted(REMEDIES - {"none"}))


def read_then(spot: Spot, faults: Faults) -> Then | None:
    """What the mapping proposes; None after a fault."""
    before = len(faults.found)
    parts = part_of(spot, KEYS, faults)
    if parts is None:
        return None
    outcome = _choice(parts.get("outcome"), OUTCOMES, faults)
    if "outcome" not in parts and not parts.keys() & set(GIVING):
        faults.add(
            spot, "say the outcome (accept, offer, refuse, ask) or what is given (remedy, refund, compensation ...)"
        )
    outcome = outcome or "accept"
    if outcome in ("refuse", "ask"):
        for key in GIVING:
            if key in parts:
                faults.add(parts[key], f"{outcome} gives nothing, so {key} cannot stand beside it")
    if outcome != "ask" and "ask" in parts:
        faults.add(parts["ask"], "ask names the facts to ask for; it needs outcome: ask")
    money: dict[str, Any] = {"currencies": set()}
    _amounts(parts, money, faults)
    found = Then(
        outcome=outcome,
        remedy=_choice(parts.get("remedy"), _REMEDIES, faults),
        handling=_choice(parts.get("handling"), HANDLINGS, faults) or "review",
        approver=_choice(parts.get("approver"), ROLES, faults),
        shipping_paid_by=_payer(parts.get("shipping_paid_by"), faults),
        waive=frozenset(_choices(parts.get("waive"), WAIVABLE, faults)),
        ask=_asked(parts.get("ask"), faults),
        **{**money, "currencies": frozenset(money["currencies"])},
    )
    return found if len(faults.found) == before else None


def _choice(spot: Spot | None, known: tuple[str, ...], faults: Faults) -> str | None:
    if spot is None:
        return None
    if isinstance(spot.value, str) and spot.value in known:
        return spot.value
    faults.add(spot, f"one of {', '.join(known)} is wanted, not {shown(spot.value)}{hint(str(spot.value), known)}")
    return None


def _choices(spot: Spot | None, known: tuple[str, ...], faults: Faults) -> list[str]:
    if spot is not None and isinstance(spot.value, str):
        return [word for word in [_choice(spot, known, faults)] if word]
    return [word for item in items_of(spot, faults) if (word := _choice(item, known, faults))]


def _asked(spot: Spot | None, faults: Faults) -> tuple[str, ...]:
    """The fields of the case file, or words for evidence, to ask the buyer for."""
    found = []
    for item in items_of(spot, faults):
        if isinstance(item.value, str) and item.value:
            found.append(item.value)
        else:
            faults.add(item, f"the name of what to ask for is wanted, such as evidence.photo, not {shown(item.value)}")
    return tuple(found)


def _amounts(parts: dict[str, Spot], into: dict[str, Any], faults: Faults) -> None:
    if "refund" in parts:
        _percent_or_amount(parts["refund"], "refund", into, faults)
    if "deduct" in parts:
        inner = part_of(parts["deduct"], ("kind", "percent", "amount"), faults, ("kind",)) or {}
        into["deduct_kind"] = _choice(inner.get("kind"), DEDUCTIONS, faults)
        _percent_or_amount(parts["deduct"], "deduct", into, faults)
    if "compensation" in parts:
        inner = part_of(parts["compensation"], ("amount",), faults, ("amount",)) or {}
        money = read_money(inner["amount"], faults) if "amount" in inner else None
        if money:
            into["compensation"] = money.minor
            into["currencies"].add(money.currency)


def _percent_or_amount(spot: Spot, name: str, into: dict[str, Any], faults: Faults) -> None:
    known = ("kind", "percent", "amount") if name == "deduct" else ("percent", "amount")
    inner = spot.value if name == "deduct" and isinstance(spot.value, dict) else part_of(spot, known, faults)
    if not isinstance(inner, dict):
        return
    if ("percent" in inner) == ("amount" in inner):
        faults.add(spot, 'give either percent: 40 or amount: "30 CNY"')
        return
    if "amount" in inner:
        money = read_money(inner["amount"], faults)
        if money:
            into[f"{name}_amount"] = money.minor
            into["currencies"].add(money.currency)
        return
    percent = inner["percent"].value
    if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
        faults.add(inner["percent"], f"a whole percent from 0 to 100 is wanted, not {shown(percent)}")
        return
    into[f"{name}_percent"] = percent


def _payer(spot: Spot | None, faults: Faults) -> Freight | None:
    payer = _choice(spot, PAYERS, faults)
    if payer is None:
        return None
    return FREIGHT_MERCHANT if payer == "merchant" else FREIGHT_BUYER
