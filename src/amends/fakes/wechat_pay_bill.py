"""The fake WeChat Pay's bill of a day (交易账单): every value behind a back-tick, and two lines of totals at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amends.basics.money import Minor, write_minor
from amends.fakes.china import china_clock
from amends.fakes.ledger import Payment, Refund

COLUMNS: Final = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
_TOTALS: Final = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_APP: Final = "wxfa4e000000000001"


def bill(merchant: str, payments: Sequence[Payment], refunds: Sequence[tuple[Refund, Payment]]) -> bytes:
    """The file (UTF-8 with a mark at its start) over a day's payments and refunds."""
    rows = [_paid(merchant, payment) for payment in payments]
    rows += [_back(merchant, refund, payment) for refund, payment in refunds]
    taken = sum([payment.amount for payment in payments])
    given = sum([refund.amount for refund, _ in refunds])
    fees = sum([fee(payment.amount) for payment in payments]) - sum([fee(refund.amount) for refund, _ in refunds])
    totals = [str(len(rows)), _yuan(taken), _yuan(given), "0.00", _fee(fees), _yuan(taken), _yuan(given)]
    lines = [COLUMNS, *[_line(row) for row in rows], _TOTALS, _line(totals)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def fee(amount: Minor) -> Minor:
    """What WeChat Pay keeps of an amount: 0.60 %, to the fen."""
    return (amount * 6 + 500) // 1000


def _paid(merchant: str, payment: Payment) -> list[str]:
    given = [_yuan(payment.amount), "0.00", "0", "0", "0.00", "0.00", "", ""]
    return [*_head(merchant, payment, payment.at, "SUCCESS"), *given, *_tail(fee(payment.amount), payment.amount, 0)]


def _back(merchant: str, refund: Refund, payment: Payment) -> list[str]:
    status = "SUCCESS" if refund.state == "succeeded" else "PROCESSING"
    given = ["0.00", "0.00", refund.id, refund.key or refund.id, _yuan(refund.amount), "0.00", "ORIGINAL", status]
    return [*_head(merchant, payment, refund.at, "REFUND"), *given, *_tail(-fee(refund.amount), 0, refund.amount)]


def _head(merchant: str, payment: Payment, at: int, state: str) -> list[str]:
    number = str(payment.detail.get("out_trade_no", ""))
    when = china_clock(at)
    return [when, _APP, merchant, "0", "", payment.id, number, "oFake", "JSAPI", state, "OTHERS", "CNY"]


def _tail(kept: Minor, taken: Minor, asked: Minor) -> list[str]:
    return ["", "", _fee(kept), "0.60%", _yuan(taken), _yuan(asked), ""]


def _line(values: Sequence[str]) -> str:
    return ",".join([f"`{value}" for value in values])


def _yuan(amount: Minor) -> str:
    return write_minor(amount, 2)


def _fee(amount: Minor) -> str:
    return write_minor(amount * 1000, 5)
