"""Alipay's 业务明细 (trade bill): comments behind `#` before and after, totals in the last of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from amends.facts.statements import Rows, Statement, StatementForm, StatementLine, Total
from amends.gateways.statement_cells import (
    CHINA,
    Cells,
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

_COLUMNS: Final = ("支付宝交易号", "业务类型", "订单金额（元）", "退款批次号/请求号")
_TOTAL: Final = re.compile(r"#(交易|退款)合计[：:](\d+)笔[，,]商家实收(?:退款)?共(-?[\d.,]+)元", re.ASCII)
_PERIOD: Final = re.compile(r"(\d{4})年(\d{2})月(\d{2})日 (\d{2}:\d{2}:\d{2})", re.ASCII)


def fits(rows: Rows) -> bool:
    """Whether this is the table of single trades; the summary in the same archive is not."""
    return header_at(rows, *_COLUMNS) is not None


def read(rows: Rows) -> Statement:
    """The statement. Raises `UnableToTakeStatement` where its own totals are not what its rows come to."""
    index = header_at(rows, *_COLUMNS)
    if index is None:
        raise headless("alipay", "、".join(_COLUMNS))
    received: dict[str, list[int]] = {"交易": [], "退款": []}

    def line(number: int, cells: Cells) -> StatementLine:
        found = _line(number, cells)
        received["退款" if found.kind == "refund" else "交易"].append(amount(cells, "CNY", "商家实收（元）"))
        return found

    lines, broken = read_table(table(rows, index, _comment), line)
    totals = agreed(_totals(rows[index:], received, len(broken)), broken)
    times = [at for _, cells in rows[:index] for at in _PERIOD.findall(",".join(cells))]
    ends = [moment(f"{year}-{month}-{day} {clock}", CHINA) for year, month, day, clock in times]
    since, until = (ends[0], ends[1]) if len(ends) == 2 else (None, None)
    if until and times[1][3] == "23:59:59":
        until += timedelta(seconds=1)
    return Statement(tuple(lines), tuple(broken), totals, since, until)


def _line(number: int, cells: Cells) -> StatementLine:
    """A trade or a refund. The refund's sign is minus in some exports and none in others: the kind says what it is."""
    refund = need(cells, "业务类型") == "退款"
    batch = need(cells, "退款批次号/请求号") if refund else ""
    return StatementLine(
        number,
        "refund" if refund else "payment",
        batch or need(cells, "支付宝交易号"),
        batch,
        tuple([found for found in (text(cells, "支付宝交易号"), text(cells, "商户订单号")) if found]),
        abs(amount(cells, "CNY", "订单金额（元）")),
        "CNY",
        moment(text(cells, "完成时间", "创建时间"), CHINA),
    )


def _totals(rows: Rows, received: dict[str, list[int]], broken: int) -> list[Total]:
    """The stated totals beside what was found. Where only 交易 is stated, it counts refunds too. None at all: it was cut off."""
    told = {one[0]: one for _, cells in rows for one in _TOTAL.findall(",".join(cells))}
    if not told:
        raise cut_off("#交易合计")
    every = sum([len(rows) for rows in received.values()]) + broken
    found = [Total("合计笔数", sum([int(count) for _, count, _ in told.values()]), every, always=True)]
    for kind, count, total in told.values():
        mine = received[kind] if "退款" in told else received["交易"] + received["退款"]
        found.append(Total(f"{kind}合计笔数", int(count), len(mine)))
        found.append(Total(f"{kind}合计商家实收", stated(total, f"{kind}合计"), sum(mine)))
    return found


def _comment(cells: Sequence[str]) -> bool:
    return bool(cells) and clean(cells[0]).startswith("#")


FORM: Final = StatementForm("alipay", "alipay", fits, read)
