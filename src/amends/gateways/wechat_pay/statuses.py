"""WeChat Pay's statuses and error codes, and what each means for a refund. What is not listed here is `unknown`, with an alarm."""

from __future__ import annotations

from typing import Final

from amends.facts.wire import Outcome

STATUSES: Final[dict[str, Outcome]] = {
    "SUCCESS": "succeeded",
    "CLOSED": "failed",
    "PROCESSING": "pending",
    "ABNORMAL": "pending",
}
"""ABNORMAL: the buyer's card is dead. The refund has not ended: a person brings it home on WeChat Pay's own console, under
the same number. Were it called failed here, its amount would be free to be paid a second time by another way."""

ALARMS: Final[dict[str, str]] = {
    "ABNORMAL": "the buyer's card cannot take the money (ABNORMAL): finish this refund on the WeChat Pay console; do not pay another way",
}

REFUSED: Final[frozenset[str]] = frozenset(
    {
        "PARAM_ERROR",
        "INVALID_REQUEST",
        "RESOURCE_NOT_EXISTS",
        "USER_ACCOUNT_ABNORMAL",
        "NOT_ENOUGH",
        "MCH_NOT_EXISTS",
        "NO_AUTH",
        "TRADE_OVERDUE",
        "REFUND_FEE_INVALID",
    }
)
"""Signed refusals of a refund: no money moves under this number unless it is asked for again."""

REFUSED_ALARMS: Final[dict[str, str]] = {
    "NOT_ENOUGH": "the merchant's WeChat Pay account has not enough money: top it up, then repeat the refund",
    "NO_AUTH": "this merchant may not refund by the interface: switch it on in the WeChat Pay console, then repeat",
    "MCH_NOT_EXISTS": "merchant: WeChat Pay knows no such merchant; correct it in the configuration, then repeat",
}

BUSY: Final[frozenset[str]] = frozenset({"FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "RATELIMIT_EXCEEDED"})
"""Too many calls: the request was not taken in."""

TRY_LATER: Final[frozenset[str]] = frozenset({"SYSTEM_ERROR", "BIZERR_NEED_RETRY", "SYSTEMERROR"})
"""Something broke on their side: it may have gone through."""

BUSY_SECONDS: Final = 10
"""How long to wait where WeChat Pay names no time."""
