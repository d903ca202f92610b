"""The axes along which cases are searched, for one policy, one set of rule packs and one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import MARKETS
from amends.decide.judge import Rulebooks
from amends.decide.policy.check.cells import (
    all_tests,
    around,
    day_cells,
    first,
    mentioned,
    money_thresholds,
    pack_numbers,
    sets,
    thresholds,
)
from amends.decide.policy.interpret import compare
from amends.decide.policy.model import PolicyText
from amends.facts.codes import CATEGORIES, CHANNELS, GOODS_STATES, GRADES, KINDS, REASONS, REMEDIES, SIGNED_BY, TRAITS
from amends.facts.rulebook import Pack
from amends.facts.vocabulary_case import LABELS, region

HOME: Final = {
    "CN": "CNY", "TW": "TWD", "HK": "HKD", "SG": "SGD", "JP": "JPY", "KR": "KRW", "AU": "AUD", "GB": "GBP", "EU": "EUR",
    "US": "USD", "DK": "DKK", "SE": "SEK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON",
}  # fmt: skip
"""What people pay with in each market; member states that are not listed pay in euros."""
STAGES: Final = (
    "delivered", "in_transit", "unshipped", "lost", "returned_to_sender", "refused", "out_for_delivery", "picked_up",
    "delivered_undated",
)  # fmt: skip
"""What the carrier says last; `delivered_undated`: delivered, but the file does not say when, as in many exports."""
MONEY_FACTS: Final = ("order_total", "paid_for_request", "refund_total", "amount_asked")
_TRI: Final = (None, True, False)
_PLAIN: Final[dict[str, tuple[Any, ...]]] = {
    "kind": first("return_refund", sorted(KINDS)),
    "reason": first("changed_mind", sorted(REASONS)),
    "category": first("apparel", sorted(CATEGORIES)),
    "consumer": (True, False),
    "informed": (True, False),
    "policy_shown": _TRI,
    "no_return": ("no", "confirmed", "preticked"),
    "part": (False, True),
    "stage": STAGES,
    "signed_by": (None, *sorted(SIGNED_BY)),
    "completed": (False, True),
    "grade": (None, *sorted(GRADES)),
    "return": ("none", "sent", "signed"),
    "defect_confirmed": _TRI,
    "defect_visible": _TRI,
    "defect_minor": _TRI,
    "member": _TRI,
    "first_order": _TRI,
    "steps_in": (False, True),
    "dispute": (None, "open", "lost"),
    "judged:entitled": (False, True),
    "judged:something_owed": (False, True),
    "judged:in_doubt": (False, True),
    "judged:facts_missing": (False, True),
    "judged:capped": (False, True),
    "judged:flagged": (False, True),
}
_SHARES: Final = (None, 50, 1, 5, 10, 20, 30, 80, 100)
_EVIDENCE: Final = {"photo": "evidence_photos", "video": "evidence_videos", "report": "evidence_reports"}
_COUNTS: Final = {
    "orders_12m": "buyer_orders", "cases_12m": "buyer_cases", "refund_only_12m": "buyer_refund_only",
    "refused_12m": "buyer_refused", "disputes_12m": "buyer_disputes",
}  # fmt: skip


@dataclass(slots=True)
class Space:
    """Knows the values of every axis. `at`: now."""

    text: PolicyText
    books: Rulebooks
    at: datetime
    _known: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def values(self, axis: str, market: str | None = None) -> tuple[Any, ...]:
        """Every value of an axis, the commonest first. The axes of days and money depend on market and currency."""
        key = f"{axis}@{market}" if axis in ("days", "currency") else axis
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._work_out(axis, market or "CN")
        return found

    def _work_out(self, axis: str, market: str) -> tuple[Any, ...]:
        if axis in _PLAIN:
            return _PLAIN[axis]
        name, _, rest = axis.partition(":")
        text = self.text
        if name == "market":
            return self.markets()
        if name == "channel":
            return self._channels()
        if name == "currency":
            return self._currencies(market)
        if name == "days":
            return day_cells(text, self.packs_of(market), market, self.at)
        if name == "goods":
            return self._goods(rest)
        if name == "judged":
            return self._judged(rest)
        if name in ("paid", "amount", "shipping"):
            return self._money(name, rest)
        if name in ("traits", "labels"):
            return sets(mentioned(text, name), TRAITS if name == "traits" else LABELS)
        return self._numbers(name, rest)

    def _numbers(self, name: str, rest: str) -> tuple[Any, ...]:
        text = self.text
        if name == "gap":
            limits = thresholds(text, "days_since_order")
            days = thresholds(text, "days_since_delivery") | {0, 3}
            return first(3, [0, *around({limit - day - 2 for limit in limits for day in days} | limits)])
        if name == "hours":
            return first(2, around(thresholds(text, "hours_since_request")))
        if name == "quantity":
            return first(1, [value for value in around(thresholds(text, "quantity")) if value])
        if name == "share":
            return first(None, [*_SHARES, *[part for part in around(thresholds(text, "defect_share")) if part <= 100]])
        if name == "repairs":
            return first(None, [0, 1, 2, 3, *around(thresholds(text, "repairs_failed"))])
        if name == "evidence":
            return first(0, [1, *around(thresholds(text, _EVIDENCE.get(rest, "evidence_total"), "evidence_total"))])
        if name == "buyer":
            risky = pack_numbers(self.books.risk, "") if self._uses("flagged", "risk") else set()
            return first(
                None, [0, *around(thresholds(text, _COUNTS[rest]) | {limit for limit in risky if limit <= 20})]
            )
        raise KeyError(name)

    def _uses(self, *facts: str) -> bool:
        return any(test.fact.name in facts for test in all_tests(self.text))

    def _goods(self, state: str) -> tuple[Any, ...]:
        """A state that the policy names is free; the others are all unknown, all absent, or one of them present."""
        if state != "rest":
            return _TRI
        others = [name for name in GOODS_STATES if name not in self.free_states()]
        return ("unknown", "absent", *others)

    def free_states(self) -> frozenset[str]:
        """The states of goods that the policy names one by one."""
        named = {test.fact.name.removeprefix("goods_") for test in all_tests(self.text)}
        return frozenset(named & set(GOODS_STATES))

    def _judged(self, fact: str) -> tuple[Any, ...]:
        if fact == "owed":
            return first(frozenset(), sets(mentioned(self.text, fact), REMEDIES - {"none"}))
        if fact == "risk":
            return sets(mentioned(self.text, fact), ())
        limits = {
            int(v) for t in all_tests(self.text) if t.fact.name == fact and t.operator != "known" for v in t.values
        }
        return first(10000, [0, *around(limits)])

    def _money(self, axis: str, currency: str) -> tuple[Any, ...]:
        unit = 10 ** EXPONENTS[currency]
        if axis == "shipping":
            return first(0, around(money_thresholds(self.text, currency, "shipping_paid")))
        limits = money_thresholds(self.text, currency, *MONEY_FACTS)
        given = [rule.then for rule in self.text.rules if currency in rule.then.currencies]
        limits |= {amount for then in given for amount in (then.refund_amount, then.deduct_amount) if amount}
        if axis == "amount":
            return first(None, ["paid", *around(money_thresholds(self.text, currency, "amount_asked"))])
        return first(100 * unit, [value for value in around(limits) if value])

    def _currencies(self, market: str) -> tuple[str, ...]:
        home = HOME.get(market) or HOME[region(market)]
        named = {currency for rule in self.text.rules for currency in rule.currencies} | set(
            mentioned(self.text, "currency")
        )
        other = next(
            code for code in ("CHF", "NOK", "CAD", "NZD", "MXN", *sorted(EXPONENTS)) if code not in {home, *named}
        )
        return first(home, [*sorted(named), other])

    def packs_of(self, market: str) -> tuple[Pack, ...]:
        """The packs that may concern a market."""
        return tuple([pack for pack in self.books.all if not pack.markets or market in pack.markets])

    def markets(self) -> tuple[str, ...]:
        """One market of every kind that neither policy nor packs can tell apart, among those the policy applies to."""
        wanted = self.text.markets or MARKETS
        looked = [test for test in all_tests(self.text) if test.fact.name in ("market", "region")]
        found: dict[object, str] = {}
        for market in sorted(wanted, key=lambda name: (name != "CN", name != "DE", name)):
            packs = tuple([pack.id for pack in self.packs_of(market)])
            told = tuple([compare(test, market if test.fact.name == "market" else region(market)) for test in looked])
            found.setdefault((packs, told, HOME.get(market)), market)
        return tuple(found.values())

    def _channels(self) -> tuple[str, ...]:
        wanted = self.text.channels or CHANNELS
        looked = [test for test in all_tests(self.text) if test.fact.name == "channel"]
        found: dict[object, str] = {}
        for channel in sorted(wanted, key=lambda name: (name != "direct", name)):
            packs = tuple([pack.id for pack in self.books.all if not pack.channels or channel in pack.channels])
            told = tuple([compare(test, channel) for test in looked])
            found.setdefault((packs, told, channel == "direct"), channel)
        return tuple(found.values())

    def earliest(self) -> datetime:
        """No purchase in this space lies before."""
        longest = max(max(self.values("days", market)) for market in self.markets())
        return self.at - timedelta(days=longest + max(self.values("gap")) + max(self.values("hours")) // 24 + 5)
