"""WeChat Pay's 交易账单: every value behind a back-tick, two rows of totals at the end; of 2018 (24 columns) and since (27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from amends.facts.statements import LineState, Rows, Statement, StatementForm, StatementLine, Total
from amends.gateways.statement_cells import (
    CHINA,
    Cells,
    UnableToReadRow,
    agreed,
    amount,
    clean,
    header_at,
    headless,
    moment,
    need,
    read_table,
    stated,
    table,
    text,
)

_COLUMNS: Final = ("微信订单号", "交易状态", "微信退款单号", "商户退款单号", "退款金额")
_TOTALS: Final = "总交易单数"
_STATES: Final[dict[str, LineState]] = {
    "SUCCESS": "succeeded",
    "PROCESSING": "pending",
    "FAIL": "failed",
    "CHANGE": "failed",
}


def fits(rows: Rows) -> bool:
    """Whether these are a trade bill's rows."""
    return header_at(rows, *_COLUMNS) is not None


def read(rows: Rows) -> Statement:
    """The statement. Raises `UnableToTakeStatement` where its totals are missing or are not what its rows come to."""
    index = header_at(rows, *_COLUMNS)
    if index is None:
        raise headless("wechat", "、".join(_COLUMNS))
    paid, back = [], []

    def line(number: int, cells: Cells) -> StatementLine:
        found = _line(number, cells)
        paid.append(amount(cells, "CNY", "应结订单金额", "总金额"))
        back.append(amount(cells, "CNY", "退款金额"))
        return found

    lines, broken = read_table(table(rows, index, _ends), line)
    at = header_at(rows, _TOTALS)
    if at is None or at + 1 >= len(rows):
        raise headless("wechat", f"{_TOTALS}（合计行）")
    told = {clean(name): clean(value) for name, value in zip(rows[at][1], rows[at + 1][1], strict=False)}
    count = told.get(_TOTALS, "")
    totals = [Total(_TOTALS, int(count) if count.isdecimal() else -1, len(lines) + len(broken))]
    for names, found in ((("应结订单总金额", "总交易额"), paid), (("退款总金额", "总退款金额"), back)):
        name = next((one for one in names if one in told), None)
        if name:
            totals.append(Total(name, stated(told[name], name), sum(found)))
    days = sorted([line.at.replace(hour=0, minute=0, second=0) for line in lines if line.at])
    since, until = (days[0], days[-1] + timedelta(days=1)) if days else (None, None)
    return Statement(tuple(lines), tuple(broken), agreed(totals, broken), since, until)


def _line(number: int, cells: Cells) -> StatementLine:
    payments = tuple([found for found in (need(cells, "微信订单号"), text(cells, "商户订单号")) if found])
    at = moment(need(cells, "交易时间"), CHINA)
    currency = need(cells, "货币种类")
    if currency != "CNY":
        raise UnableToReadRow(f"column 货币种类: {currency!r} is not CNY", f"「货币种类」的「{currency}」不是 CNY")
    if need(cells, "交易状态") != "REFUND":
        taken = amount(cells, "CNY", "订单金额", "应结订单金额", "总金额")
        return StatementLine(number, "payment", payments[0], "", payments, taken, "CNY", at)
    status = need(cells, "退款状态")
    if status not in _STATES:
        raise UnableToReadRow(f"column 退款状态: {status!r} is not known", f"「退款状态」的「{status}」不在已知取值内")
    asked = amount(cells, "CNY", "申请退款金额", "退款金额")
    reference, key = need(cells, "微信退款单号"), text(cells, "商户退款单号")
    return StatementLine(number, "refund", reference, key, payments, asked, "CNY", at, _STATES[status])


def _ends(cells: Sequence[str]) -> bool:
    return bool(cells) and clean(cells[0]) == _TOTALS


FORM: Final = StatementForm("wechat", "wechat_pay", fits, read)
