"""Alipay: the merchant's business details (业务明细) out of the zip of GBK tables. Yuan; `#` lines before and after the rows.

Refunds are negative rows in most files and positive ones in some; both are read. What a buyer paid or got is 订单金额; the
totals at the end are of 商家实收.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from amends.basics.money import Minor
from amends.facts.statement import LineKind, Sheet, Statement, StatementLine, Total, UnableToReadStatement, must_agree
from amends.gateways.statements.table import (
    CHINA,
    Row,
    Table,
    UnableToReadRow,
    by_line,
    days_of,
    filled,
    find_table,
    read_amount,
    read_moment,
    read_rows,
    wrong_form,
)

_KINDS: Final[dict[str, LineKind]] = {"交易": "payment", "退款": "refund"}
_PERIOD: Final = re.compile(r"#起始日期：\[(.+?)\]\s*终止日期：\[(.+?)\]")
_TOTAL: Final = re.compile(r"#(交易|退款)合计：(\d+)笔，商家实收(?:退款)?共(-?[\d,.]+)元")
_END: Final = "业务明细列表结束"


def read_alipay(sheets: Sequence[Sheet]) -> Statement:
    """The statement in the sheets of a download. Raises `UnableToReadStatement`: another file, cut off, or it does not add up."""
    table = find_table(sheets, by_line, "支付宝交易号", "业务类型", "订单金额（元）", "商家实收（元）")
    if table is None:
        raise wrong_form("alipay", "支付宝交易号, 业务类型, 订单金额（元）, 商家实收（元） (业务明细)")
    end = next((place for place, (_, cells) in enumerate(table.rows) if _END in cells[0]), None)
    if end is None:
        raise UnableToReadStatement(
            f"the line {_END} is missing; the download may have been cut off",
            f"账单缺少“{_END}”一行，可能下载中断；请重新下载",
        )
    rows = [row for row in table.rows[:end] if any(row[1])]
    lines, refused = read_rows(table, rows, _line)
    totals = _totals(table, lines, [",".join(cells) for _, cells in table.rows[end:]], len(rows))
    must_agree(totals, refused)
    since, until = _period(table) or days_of(lines, refused)
    return Statement(tuple(lines), tuple(refused), totals, since, until)


def _line(row: Row) -> Iterator[StatementLine]:
    kind = _KINDS.get(row.need("业务类型"), "other")
    paid, number = row.amount(2, "订单金额（元）"), row.text("退款批次号/请求号")
    row.amount(2, "商家实收（元）")
    payment = row.need("支付宝交易号")
    if kind == "refund":
        row.need("退款批次号/请求号")
    yield StatementLine(
        name=f"{payment}:{number or kind}",
        kind=kind,
        tells="move",
        our_key=number,
        reference=number,
        payment_reference=payment,
        other_reference=row.text("商户订单号"),
        amount=abs(paid) if kind == "refund" else paid,
        currency="CNY",
        fee=-row.amount(2, "服务费（元）"),
        at=row.time(CHINA, "完成时间", "创建时间"),
        number=row.number,
        raw=filled(row),
    )


def _totals(table: Table, lines: Sequence[StatementLine], foot: Sequence[str], count: int) -> tuple[Total, ...]:
    """Counts and sums of both kinds. Where only one total is stated it is over all rows, as they are written."""
    told = {kind: (int(many), _yuan(amount, kind)) for line in foot for kind, many, amount in _TOTAL.findall(line)}
    if not told:
        raise UnableToReadStatement("the totals at the end are missing", "账单末尾缺少合计；请重新下载")
    found: list[Total] = [Total("合计笔数", sum([many for many, _ in told.values()]), count, 0)]
    for name, (_, amount) in told.items():
        of_kind = [line for line in lines if len(told) == 1 or line.raw.get("业务类型") == name]
        received = [_yuan(line.raw.get("商家实收（元）", ""), name) for line in of_kind]
        found.append(Total(f"{name}合计", amount, sum(received), 2))
    return tuple(found)


def _yuan(text: str, name: str) -> Minor:
    try:
        return read_amount(text, 2, name)
    except UnableToReadRow as fault:
        raise UnableToReadStatement(fault.says.en, fault.says.zh) from None


def _period(table: Table) -> tuple[datetime, datetime] | None:
    for line in table.before:
        if found := _PERIOD.search(line):
            since, until = [read_moment(part, CHINA) for part in found.groups()]
            if since and until:
                return since, until
    return None
