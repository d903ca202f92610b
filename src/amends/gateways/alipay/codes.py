"""Alipay's codes, and what each means for a refund. What is not listed here is `unknown`, with an alarm."""

from __future__ import annotations

from typing import Final

CALLED: Final = "10000"
"""The call was taken in. It says nothing about the refund."""
BROKEN: Final = "20000"
"""Alipay's service is not there; it may have gone through."""
BUSY: Final = "40005"
"""Too many calls: refused at the door."""
BUSINESS: Final = "40004"
"""A business refusal; `sub_code` says which."""

REFUSED: Final[frozenset[str]] = frozenset(
    {
        "ACQ.INVALID_PARAMETER",
        "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
        "ACQ.REFUND_FEE_ERROR",
        "ACQ.REASON_TRADE_REFUND_FEE_ERR",
        "ACQ.REASON_TRADE_BEEN_FREEZEN",
        "ACQ.REASON_TRADE_STATUS_INVALID",
        "ACQ.TRADE_NOT_EXIST",
        "ACQ.TRADE_HAS_FINISHED",
        "ACQ.TRADE_HAS_CLOSE",
        "ACQ.TRADE_STATUS_ERROR",
        "ACQ.TRADE_NOT_ALLOW_REFUND",
        "ACQ.BUYER_ERROR",
        "ACQ.BUYER_NOT_EXIST",
        "ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND",
    }
)
"""Signed refusals: no money moves under this request number unless it is asked for again. As seen in public client code;
Alipay may add to them, and what it adds is asked about."""

REFUSED_ALARMS: Final[dict[str, str]] = {
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": "the merchant's Alipay account has not enough money: top it up, then repeat the refund",
}

TRY_LATER: Final[frozenset[str]] = frozenset({"ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "isp.unknow-error"})
"""Something broke on their side: it may have gone through. (`AQC` is how Alipay itself misspells it.)"""

BUSY_SECONDS: Final = 10
"""How long to wait where Alipay names no time."""
