"""The log of a case in words: one sentence an entry, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from amends.facts.log import Entry
from amends.web import show
from amends.web.money_tags import code_word
from amends.web.tongues import Tongue, name_of, tongue
from amends.web.words import has_words, page_words

_PLACE: Final = re.compile(r"{(\w+)}")
_NAMED: Final[Mapping[str, str]] = {
    "remedy": "kind",
    "outcome": "outcome",
    "handling": "handling",
    "role": "role",
    "needs_role": "role",
    "action": "action",
    "who": "who",
    "grade": "grade",
    "origin": "origin",
}
"""Places whose values are codes of a group of names, whatever the entry."""
_NAMED_IN: Final[Mapping[tuple[str, str], str]] = {
    ("closed", "reason"): "closing",
    ("refused", "reason"): "refusal",
    ("refused_over_rule", "reason"): "refusal",
    ("offered", "kind"): "offer_kind",
    ("offer_accepted", "kind"): "offer_kind",
    ("approved", "kind"): "effect_kind",
    ("settled", "kind"): "effect_kind",
    ("agreement_carried_out", "kind"): "effect_kind",
    ("asked", "what"): "missing",
    ("photo_signals", "what"): "photo_signal",
    **{
        (f"platform_{what}", name): group
        for what in ("done", "task", "failed", "changed", "unsure", "dropped", "again")
        for name, group in (("action", "platform_deed"), ("how", "deed_how"))
    },
    **{
        (f"dispute_{what}", name): group
        for what in ("told", "moved")
        for name, group in (("forum", "dispute_forum"), ("stage", "dispute_state"), ("was", "dispute_state"))
    },
    ("dispute_tell_done", "outcome"): "alert_outcome",
    **{(f"dispute_ruling_money_{what}", "kind"): "ruling_kind" for what in ("proposed", "booked", "refused")},
    ("collection_failed", "step"): "collect_kind",
    ("parcel_told", "trace"): "trace",
    ("letter_failed", "code"): "letter_code",
    ("letter_unsure", "code"): "letter_code",
    ("letter_settled", "do"): "letter_do",
    ("parcel_alarm", "alarm"): "parcel_alarm",
    ("stop_told", "state"): "stop_state",
    ("interception_asked", "way"): "interception_way",
    ("interception_refund_waits", "stands_against"): "stands_against",
    **{
        (f"waybill_signal{what}", name): group
        for what in ("", "_wrong", "_outdated")
        for name, group in (("code", "waybill_signal"), ("changed", "signal_change"))
    },
    ("friction_applied", "friction"): "friction",
    ("friction_applied", "reason_codes"): "flag_reason",
    ("friction_taken_off", "friction"): "friction",
    **{(f"look_again_{what}", "friction"): "friction" for what in ("asked", "answered", "lapsed")},
    ("look_again_answered", "answer"): "look_again",
    ("way_back_chosen", "way_back"): "way_back",
    ("freight_insurance", "insurance"): "insurance",
    ("label_wanted", "payer"): "who",
    ("pickup_wanted", "payer"): "who",
    ("label_said", "said"): "label_said",
    ("pickup_said", "said"): "label_said",
    ("carrier_claim_opened", "claim_kind"): "claim_kind",
    ("carrier_claim_moved", "claim_state"): "carrier_claim",
    **{(f"reason_{what}", name): "reason" for what in ("chosen", "kept") for name in ("was", "reason", "suggested")},
    ("stock_released", "why"): "released_because",
    ("remedy_failed", "wants"): "kind",
    **{(f"charge_{what}", "purpose"): "charge_purpose" for what in ("asked", "agreed", "declined", "dropped", "paid")},
    ("charge_given_back", "purpose"): "charge_purpose",
    ("second_contact", "contact"): "contact_outcome",
    ("win_back_drawn", "group"): "win_group",
    ("win_back_drawn", "because"): "win_why",
    **{(f"gift_{what}", "gift"): "gift_kind" for what in ("given", "proposed", "refused", "taken_back")},
}
UNDONE: Final[Mapping[str, str]] = {
    "approved": "approve",
    "settled": "settle",
    "refused": "refuse",
    "refused_over_rule": "refuse",
    "offered": "offer",
    "asked": "ask",
    "closed": "close",
    "approval_asked": "approve",
}
"""The verb that each entry which can be taken back was made by."""


def sentence(entry: Entry, currency: str, market: str) -> str:
    """Will tell an entry in one sentence; where a place of it has no value, in the plainer one, where there is such."""
    key = f"log.{entry.what}"
    if not has_words(key):
        return entry.what
    language = tongue()
    given = _given(page_words(key, language), entry, currency, market)
    if not all(given.values()) and has_words(f"{key}_plain"):
        key = f"{key}_plain"
        given = _given(page_words(key, language), entry, currency, market)
    return page_words(key, language, **{name: value or "–" for name, value in given.items()})


def _given(text: str, entry: Entry, currency: str, market: str) -> dict[str, str]:
    language = tongue()
    data = entry.data
    return {
        name: _shown(entry.what, name, data.get(name), str(data.get("currency") or currency), market, language)
        for name in _PLACE.findall(text)
    }


def _shown(what: str, name: str, value: Any, currency: str, market: str, language: Tongue) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        told = [_shown(what, name, one, currency, market, language) for one in value]
        return (", " if language == "en" else "、").join(told)
    if isinstance(value, Mapping):
        return name_of("evidence", str(value.get("kind")), language)
    group = _NAMED_IN.get((what, name)) or _NAMED.get(name)
    if group:
        return name_of(group, str(value), language)
    if (what, name) in (("undone", "what"), ("approval_asked", "verb"), ("approval_refused", "verb")):
        return page_words(f"verb.{UNDONE.get(str(value), str(value))}", language)
    by_name = _BY_NAME.get(name)
    return by_name(value, currency, market, language) if by_name else str(value)


def _amount(value: Any, currency: str, market: str, language: Tongue) -> str:
    return show.amount(value, currency, language)


def _moment(value: Any, currency: str, market: str, language: Tongue) -> str:
    return show.moment(value, market)


def _gateway(value: Any, currency: str, market: str, language: Tongue) -> str:
    return code_word("gateway", str(value))


def _step_kind(value: Any, currency: str, market: str, language: Tongue) -> str:
    return code_word("stepkind", str(value))


_BY_NAME: Final[Mapping[str, Callable[[Any, str, str, Tongue], str]]] = {
    "total": _amount,
    "amount": _amount,
    "difference": _amount,
    "until": _moment,
    "deposit": _amount,
    "due": _moment,
    "as_of": _moment,
    "after": _moment,
    "gateway": _gateway,
    "extra": _step_kind,
}
