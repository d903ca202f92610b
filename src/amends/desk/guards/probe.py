"""What a policy promises, found by asking: the plain cases of a market are decided by the real house, day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.money import exponent, write_minor
from amends.decide.decide import decide
from amends.desk.house import House
from amends.facts.codes import CATEGORIES, TRAITS
from amends.facts.decision import Decision
from amends.facts.promises import Promises, Reach, Used, currency_of
from amends.facts.read_case import read_case
from amends.facts.rulebook import Permit
from amends.facts.situation import Policy

EVERY_DAY: Final = 100
LATER: Final = (100, 120, 150, 180, 270, 365, 540, 730, 731, 1000, 1095, 1096, 1460, 1825, 2190)
"""Beyond a hundred days, the days that are tried."""
_NEW: Final = dict.fromkeys(
    ("tags_removed", "seal_broken", "activated", "used", "washed", "damaged", "incomplete", "swapped"), False
)
_PAID, _SHIPPING = 100, 10


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain case: what is asked for and why, `day` days after delivery (None: not delivered; `trace` "": not even sent).

    `goods`: what is not as new; None where nobody says how they are. `back`: they came back just now.
    """

    kind: str
    reason: str
    day: int | None
    goods: Mapping[str, Any] | None = None
    category: str = "other"
    trait: str = ""
    trace: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a buyer of one market, at one shop, by one policy, at one moment."""

    house: House
    policy: Policy
    shop: str
    channel: str
    market: str
    at: datetime

    def decided(self, plain: Plain) -> Decision:
        """The decision on a plain case."""
        return decide(read_case(self._file(plain)), self.at, self.house.rulebooks, self.policy)

    def _file(self, plain: Plain) -> dict[str, Any]:
        order, placed = self._order(plain)
        file: dict[str, Any] = {
            "case": "plain",
            "shop": {"name": self.shop, "channel": self.channel},
            "market": self.market,
            "order": order,
            "shipments": [],
            "request": {"kind": plain.kind, "reason": plain.reason, "requested_at": self.at.isoformat()},
            "evidence": [{"kind": "photo", "by": "buyer"}] * 3,
        }
        if plain.day is not None:
            delivered = (self.at - timedelta(days=plain.day)).isoformat()
            told = {"delivered_at": delivered, "signed_by": "buyer", "trace": "delivered"}
            file["shipments"] = [{"id": "s", "lines": ["a"], "shipped_at": placed, **told}]
        elif plain.trace:
            file["shipments"] = [{"id": "s", "lines": ["a"], "shipped_at": placed, "trace": plain.trace}]
        if plain.goods is not None:
            file["goods"] = {"opened": True, **_NEW, **plain.goods}
        if plain.back:
            file["return_parcel"] = {"shipped_at": self.at.isoformat(), "signed_at": self.at.isoformat()}
        return file

    def _order(self, plain: Plain) -> tuple[dict[str, Any], str]:
        currency = currency_of(self.market)
        digits = exponent(currency)
        paid, shipping, total = (
            write_minor(whole * 10**digits, digits) for whole in (_PAID, _SHIPPING, _PAID + _SHIPPING)
        )
        placed = (self.at - timedelta(days=(plain.day or 0) + 3)).isoformat()
        line = {"id": "a", "title": "-", "quantity": 1, "list_price": paid, "paid": paid, "category": plain.category}
        if plain.trait:
            line["traits"] = [plain.trait]
        order = {
            "id": "plain",
            "currency": currency,
            "placed_at": placed,
            "paid_at": placed,
            "shipping_paid": shipping,
            "shipping_standard": shipping,
            "lines": [line],
            "payments": [{"id": "p", "method": "card", "captured": total}],
        }
        return order, placed


def _granted(found: Decision) -> bool:
    return found.outcome == "accept" and (
        found.refund is None or found.refund.total > 0 or found.remedy in ("repair", "exchange", "resend")
    )


def reach(ask: Callable[[int], Decision], owed: bool = False) -> Reach:
    """How long an answer stays yes: every day of the first hundred, then some days further on.

    A gap ends it. `owed`: as long as it is a right.
    """
    last, best = 0, None
    for day in (*range(1, EVERY_DAY), *LATER):
        found = ask(day)
        if not _granted(found) or (owed and not found.entitled):
            break
        last, best = day, found
    if best is None:
        return Reach(0)
    holding = tuple(
        dict.fromkeys(one.rule.id for one in best.because if one.verdict == "holds" and one.rule.effect == "entitles")
    )
    shipping = best.refund is not None and best.refund.shipping > 0
    return Reach(last, best.back.shipping_paid_by, shipping, best.remedy, holding, last == LATER[-1])


def promises(asker: Asker) -> Promises:
    """Everything that a page tells of one market."""

    def asked(kind: str, reason: str, **goods: bool) -> Callable[[int], Decision]:
        return lambda day: asker.decided(Plain(kind, reason, day, goods))

    no_reason = asked("return_refund", "changed_mind")
    right, granted = reach(no_reason, owed=True), reach(no_reason)
    early = max(1, min(3, granted.days))
    return Promises(
        asker.market,
        right,
        granted,
        _used(asker, early) if granted.days else "refused",
        _excluded(asker, early) if granted.days else (),
        reach(asked("return_refund", "quality", damaged=True)),
        reach(asked("repair", "quality", damaged=True)),
        reach(asked("return_refund", "damaged", damaged=True)),
        reach(asked("resend", "missing_item", incomplete=True)),
        _granted(asker.decided(Plain("cancel", "changed_mind", None))),
        _granted(asker.decided(Plain("refund_only", "not_received", None, trace="lost"))),
        _refund_days(asker, early),
    )


def _used(asker: Asker, day: int) -> Used:
    found = asker.decided(Plain("return_refund", "changed_mind", day, {"used": True, "tags_removed": True}))
    if not _granted(found):
        return "refused"
    may_deduct = any(
        isinstance(claim, Permit) and claim.name.startswith("deduct") for one in found.because for claim in one.claims
    )
    return "deducted" if may_deduct or (found.refund is not None and found.refund.deductions) else "full"


def _excluded(asker: Asker, day: int) -> tuple[str, ...]:
    """The categories and traits of goods that do not go back without a reason, once unsealed."""
    opened = {"seal_broken": True}
    tried = [("", category) for category in sorted(CATEGORIES)] + [(trait, "other") for trait in sorted(TRAITS)]
    return tuple(
        trait or category
        for trait, category in tried
        if not _granted(asker.decided(Plain("return_refund", "changed_mind", day, opened, category, trait)))
    )


def _refund_days(asker: Asker, day: int) -> int | None:
    """How many days after the goods are back the money has to go, as the rules set it."""
    found = asker.decided(Plain("return_refund", "changed_mind", day, {}, back=True))
    due = [one.due.due for one in found.deadlines if one.due.who == "merchant" and one.due.action == "refund"]
    return max(0, (min(due) - asker.at).days) if due else None
