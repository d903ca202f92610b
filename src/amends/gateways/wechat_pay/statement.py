"""WeChat Pay's 交易账单: every value behind a back-tick, two rows of totals at the end; of 2018 (24 columns) and since (27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.statements import LineState, Rows, Statement, StatementForm, StatementLine, Total
from amends.gateways.statement_cells import (
    CHINA,
    Cells,
    UnableToReadRow,
    agreed,
    amount,
    clean,
    cut_off,
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
_FEE_DIGITS: Final = 5
_SUMS: Final = (
    (("应结订单总金额", "总交易额"), ("应结订单金额", "总金额")),
    (("退款总金额", "总退款金额"), ("退款金额",)),
    (("订单总金额",), ("订单金额",)),
    (("申请退款总金额",), ("申请退款金额",)),
)
"""The names of a total, and those of the column that it sums, newest first."""
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
    told = _told(rows)
    sums = [(names, columns) for names, columns in _SUMS if any(name in told for name in names)]
    given: list[list[int]] = []
    fees: list[int] = []

    def line(number: int, cells: Cells) -> StatementLine:
        found, moved = _line(number, cells), [amount(cells, "CNY", *columns) for _, columns in sums]
        fees.append(_fee(cells))
        given.append(moved)
        return found

    lines, broken = read_table(table(rows, index, _ends), line)
    count = told.get(_TOTALS, "")
    totals = [Total(_TOTALS, int(count) if count.isdecimal() else -1, len(lines) + len(broken), always=True)]
    for place, (names, _) in enumerate(sums):
        name = next(one for one in names if one in told)
        totals.append(Total(name, stated(told[name], name), sum([moved[place] for moved in given])))
    if "手续费总金额" in told:
        totals.append(Total("手续费总金额", stated(told["手续费总金额"], "手续费总金额", _FEE_DIGITS), sum(fees)))
    days = sorted([line.at.replace(hour=0, minute=0, second=0) for line in lines if line.at])
    since, until = (days[0], days[-1] + timedelta(days=1)) if days else (None, None)
    return Statement(tuple(lines), tuple(broken), agreed(totals, broken), since, until)


def _told(rows: Rows) -> dict[str, str]:
    """The totals at the end, by name."""
    at = header_at(rows, _TOTALS)
    if at is None or at + 1 >= len(rows):
        raise cut_off(_TOTALS)
    return {clean(name): clean(value) for name, value in zip(rows[at][1], rows[at + 1][1], strict=False)}


def _fee(cells: Cells) -> int:
    """The fee of a row in hundred-thousandths of a yuan, as the bill writes it."""
    try:
        return read_minor(text(cells, "手续费") or "0", _FEE_DIGITS)
    except UnableToReadAmount as fault:
        raise UnableToReadRow(f"column 手续费: {fault}", "「手续费」不是金额") from None


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
