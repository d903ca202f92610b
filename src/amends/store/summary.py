"""What a list shows of a case, drawn out of its case file and its decision. Pure: no database here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.words import words

NO_DUE: Final = 2**40
"""`due_order` of a case without a deadline: after every real one."""
HIGH_VALUE: Final = {"CNY": 50000, "TWD": 200000, "HKD": 50000, "JPY": 10000, "KRW": 100000, "USD": 7500, "EUR": 7500}
"""Minor units from which a case counts as high value: a setting, not an exchange rate. Others use `_OTHER`."""
_OTHER: Final = 7500
_OPEN_DISPUTES: Final = frozenset({"alert", "open", "chargeback", "evidence_due"})
_TELLING: Final = {
    "accept": (("holds", "entitles"), ("holds", "permits"), ("holds", "proposes")),
    "offer": (("holds", "entitles"), ("holds", "excludes"), ("holds", "proposes"), ("holds", "limits")),
    "refuse": (("holds", "excludes"), ("fails", "entitles"), ("holds", "proposes")),
    "ask": (("unknown", "entitles"), ("unknown", "excludes"), ("unknown", "requires")),
}
"""By outcome: which verdict and effect of a reason tell most, the best first."""

Json = dict[str, Any]


def summarise_case(case: Json) -> Json:
    """Will give the columns that the case file alone decides."""
    order, request = case.get("order") or {}, case.get("request") or {}
    currency = str(order.get("currency") or "CNY")
    lines = _asked_lines(order, request)
    amount = minor(request.get("amount"), currency)
    if amount is None:
        amount = sum(minor(line.get("paid"), currency) or 0 for line in lines)
    first: Json = lines[0] if lines else {}
    platform, dispute = case.get("platform") or {}, case.get("dispute") or {}
    back = case.get("return_parcel") or {}
    return {
        "market": str(case.get("market") or "")[:8],
        "kind": str(request.get("kind") or "")[:20],
        "reason": str(request.get("reason") or "")[:24],
        "currency": currency,
        "amount_minor": amount,
        "value_points": _points(amount, currency),
        "order_no": str(order.get("id") or "")[:120],
        "title": str(first.get("title") or "")[:300],
        "sku": str(first.get("sku") or "")[:120],
        "pieces": len(lines),
        "asked_order": seconds(request.get("requested_at")) or 0,
        "to_receive": bool(back.get("shipped_at") or back.get("signed_at")) and not case.get("inspection"),
        "disputed": bool(platform.get("dispute_opened_at")) or dispute.get("stage") in _OPEN_DISPUTES,
        "evidence_due": bool(platform.get("evidence_asked_at")) or dispute.get("stage") == "evidence_due",
        **_undecided(platform),
    }


def _undecided(platform: Json) -> Json:
    """Nothing is suggested yet, and the platform's own deadline is the only one known."""
    due = seconds(platform.get("deadline"))
    return {
        "outcome": "",
        "remedy": "",
        "handling": "",
        "approver": "",
        "refund_minor": None,
        "says_zh": "",
        "says_en": "",
        "next_who": "merchant" if due is not None else "",
        "next_action": "",
        "if_missed_zh": "",
        "if_missed_en": "",
        "due_order": NO_DUE if due is None else due,
        "risky": False,
        "decided_at": None,
    }


def summarise_decision(case: Json, decision: Json) -> Json:
    """Will give the columns that the decision decides, including the deadline that the list sorts by."""
    currency = str((case.get("order") or {}).get("currency") or "CNY")
    refund, extra = decision.get("refund") or {}, decision.get("compensation") or {}
    total = minor(refund.get("total"), currency)
    plain = summarise_case(case)
    at_risk = (total or 0) + (minor(extra.get("amount"), currency) or 0) or plain["amount_minor"]
    deadlines = [one for one in decision.get("deadlines") or () if seconds(one.get("due")) is not None]
    ours = [one for one in deadlines if one.get("who") == "merchant"]
    nearest: Json = min(ours or deadlines, key=lambda one: seconds(one["due"]) or 0, default={})
    missed = both(nearest.get("if_missed"), "if_missed") if nearest.get("if_missed") != "unknown" else ("", "")
    before_dispatch = (case.get("request") or {}).get("kind") == "cancel"
    first = both((first_reason(decision, before_dispatch=before_dispatch) or {}).get("says"), "")
    return {
        "outcome": str(decision.get("outcome") or ""),
        "remedy": str(decision.get("remedy") or ""),
        "handling": str(decision.get("handling") or ""),
        "approver": str(decision.get("approver") or ""),
        "refund_minor": total,
        "value_points": _points(at_risk, currency),
        "says_zh": first[0],
        "says_en": first[1],
        "next_who": str(nearest.get("who") or ""),
        "next_action": str(nearest.get("action") or ""),
        "if_missed_zh": missed[0][:300],
        "if_missed_en": missed[1][:300],
        "due_order": seconds(nearest.get("due")) or NO_DUE,
        "risky": is_risky(decision),
        "evidence_due": summarise_case(case)["evidence_due"]
        or any(one.get("action") == "give_evidence" for one in ours),
    }


def is_risky(decision: Json) -> bool:
    """Will say whether a risk signal speaks: a reason of the risk layer that holds and flags."""
    return any(
        one.get("layer") == "risk" and one.get("verdict") == "holds" and one.get("effect") == "flags"
        for one in decision.get("because") or ()
    )


def first_reason(decision: Json, *, before_dispatch: bool = False) -> Json | None:
    """Will pick the reason that best explains the outcome; of two alike the earlier, so law before policy.

    None where no rule speaks for the outcome: a rule that merely holds would mislead. `before_dispatch`: the platform's rule on
    orders that were not sent says more than a right of return does, so the platform comes first.
    """
    because: list[Json] = list(decision.get("because") or ())
    if before_dispatch:
        because.sort(key=lambda one: one.get("layer") != "platform")
    outcome = str(decision.get("outcome"))
    for verdict, effect in _TELLING.get(outcome, ()):
        for one in because:
            if one.get("verdict") == verdict and one.get("effect") == effect and not _says_nothing(one, outcome):
                return one
    return None


def _says_nothing(reason: Json, outcome: str) -> bool:
    """A policy's last rule refuses whatever no rule speaks for: that it applies "to everything else" explains nothing."""
    return (
        outcome == "refuse"
        and str(reason.get("rule")).startswith("policy.")
        and str(reason["rule"]).endswith(".otherwise")
    )


def search_words(case: Json, key: str) -> str:
    """Will join all that a person may type to find the case again."""
    order, back = case.get("order") or {}, case.get("return_parcel") or {}
    told = (order.get("id"), (case.get("buyer") or {}).get("name"), back.get("waybill"))
    found = [key, *(str(word or "") for word in told), str((case.get("request") or {}).get("message") or "")]
    for line in order.get("lines") or ():
        found += [str(line.get("sku") or ""), str(line.get("title") or "")]
    for parcel in case.get("shipments") or ():
        found += [str(parcel.get("id") or ""), str(parcel.get("waybill") or "")]
    return "\n".join(word for word in found if word)


def both(said: Any, group: str) -> tuple[str, str]:
    """Will read a text in two languages: a mapping {zh, en}, a code of `group`, or a plain text for both."""
    if isinstance(said, dict):
        zh, en = str(said.get("zh") or ""), str(said.get("en") or "")
        return zh or en, en or zh
    text = str(said or "")
    named = words(group, text) if group else None
    return (named.zh, named.en) if named else (text, text)


def minor(text: Any, currency: str) -> int | None:
    """Will read an amount as minor units; None where there is none or it cannot be read."""
    if text is None or currency not in EXPONENTS:
        return None
    try:
        return read_minor(str(text), EXPONENTS[currency])
    except UnableToReadAmount:
        return None


def seconds(text: Any) -> int | None:
    """Will read an ISO 8601 time as seconds since 1970, None where there is none. Without offset it counts as UTC."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _asked_lines(order: Json, request: Json) -> list[Json]:
    lines: list[Json] = list(order.get("lines") or ())
    asked = {one.get("id") for one in request.get("lines") or ()}
    return [line for line in lines if line.get("id") in asked] or lines


def _points(amount: int, currency: str) -> int:
    """Thousandths of the high-value mark: what lets amounts of different currencies be put in one order."""
    return amount * 1000 // HIGH_VALUE.get(currency, _OTHER)
