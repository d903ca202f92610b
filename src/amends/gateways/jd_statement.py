"""JD's consumer bill. It tells a refund twice: inside the amount of what was bought (`131.77(已退款89.84)`) and as a row of its own.

Only the rows of their own are refunds; the remark inside an amount serves to check the head's totals and is never added up.
Its order numbers may repeat over rows, so that a row is known by everything it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amends.basics.money import Minor
from amends.facts.statements import Rows, Statement, StatementForm, StatementLine, Total
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

_COLUMNS: Final = ("交易时间", "交易说明", "金额", "交易状态", "收/支", "交易订单号")
_AMOUNT: Final = re.compile(r"([\d.,]+)(?:[(（]已(?:全额退款|退款([\d.,]+))[)）])?", re.ASCII)
_HEAD: Final = re.compile(r"(收入|支出|不计收支)[：:](\d+)笔(?:[(（][^)）]*[)）])?[，,]([\d.,]+)元", re.ASCII)
_COUNT: Final = re.compile(r"共[：:](\d+)笔", re.ASCII)


def fits(rows: Rows) -> bool:
    """Whether these are the rows of such a bill."""
    return header_at(rows, *_COLUMNS) is not None


def read(rows: Rows) -> Statement:
    """The statement. Raises `UnableToTakeStatement` where the head's totals are not what the rows come to."""
    index = header_at(rows, *_COLUMNS)
    if index is None:
        raise headless("jd", "、".join(_COLUMNS))
    sums: dict[str, list[Minor]] = {"收入": [], "支出": [], "不计收支": []}

    def line(number: int, cells: Cells) -> StatementLine:
        found, flow, counted = _line(number, cells)
        sums[flow].append(counted)
        return found

    lines, broken = read_table(table(rows, index, _never), line)
    head = "\n".join([",".join(cells) for _, cells in rows[:index]])
    totals = [Total("总笔数", int(count), len(lines) + len(broken), always=True) for count in _COUNT.findall(head)]
    if not totals:
        raise cut_off("共：…笔记录")
    for flow, count, total in _HEAD.findall(head):
        totals.append(Total(f"{flow}笔数", int(count), len(sums[flow])))
        totals.append(Total(f"{flow}金额", stated(total, flow), sum(sums[flow])))
    return Statement(tuple(lines), tuple(broken), agreed(totals, broken))


def _line(number: int, cells: Cells) -> tuple[StatementLine, str, Minor]:
    """The line, under which heading the bill counts it, and with how much: what was spent less what came back, and under
    不计收支 the refunds alone.
    """
    told = need(cells, "金额")
    parts = _AMOUNT.fullmatch(told)
    flow = need(cells, "收/支")
    if not parts or flow not in ("收入", "支出", "不计收支"):
        raise UnableToReadRow(
            f"column 金额 or 收/支: {told[:40]!r}, {flow[:40]!r} are not known",
            f"「金额」或「收/支」无法识别：{told[:40]}",
        )
    whole = amount({"金额": parts.group(1)}, "CNY", "金额")
    back = amount({"金额": parts.group(2)}, "CNY", "金额") if parts.group(2) else 0
    refund = need(cells, "交易说明").startswith("退款-") and need(cells, "交易状态") == "退款成功"
    counted = (whole if refund else 0) if flow == "不计收支" else whole - back
    order = need(cells, "交易订单号")
    orders = tuple([found for found in (order, text(cells, "商家订单号")) if found])
    reference = f"{order} {clean(need(cells, '交易时间'))} {need(cells, '交易说明')}"[:160]
    at = moment(need(cells, "交易时间"), CHINA)
    made = StatementLine(number, "refund" if refund else "payment", reference, "", orders, whole, "CNY", at)
    return made, flow, counted


def _never(_: Sequence[str]) -> bool:
    return False


FORM: Final = StatementForm("jd", "jd", fits, read)
