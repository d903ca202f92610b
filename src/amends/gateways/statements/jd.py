"""JD: the consumer's bill (京东 交易流水). A refund stands in the original's amount, ``131.77(已退款89.84)``, and in a row of its
own besides; it is counted once.

By order: where the rows of refunds give at least what the amounts tell, the rows are the refunds; otherwise (a refund whose
row lies outside the file) the amounts are, as a running total, and the rows are not counted.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
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

_AMOUNT: Final = re.compile(r"([\d,]+\.\d{2})(?:\((?:已退款([\d,]+\.\d{2})|(已全额退款))\))?")
_PERIOD: Final = re.compile(r"日期区间：(\S+) 至 (\S+)")
_ALL: Final = re.compile(r"共：(\d+)笔记录")
_HEAD: Final = re.compile(r"(收入|支出|不计收支)：(\d+)笔(?:\([^)]*\))?，([\d,.]+)元")
_LATER: Final = "先享后付"


def read_jd(sheets: Sequence[Sheet]) -> Statement:
    """The statement in a bill. Raises `UnableToReadStatement`: another file, or it does not add up with its own head."""
    table = find_table(sheets, by_line, "交易时间", "金额", "收/支", "交易状态", "交易订单号")
    if table is None:
        raise wrong_form("jd", "交易时间, 金额, 收/支, 交易状态, 交易订单号")
    seen: Counter[str] = Counter()
    rows = [row for row in table.rows if any(row[1])]
    lines, refused = read_rows(table, rows, lambda row: _line(row, seen))
    totals = _totals(table, lines, len(rows))
    must_agree(totals, refused)
    since, until = _period(table) or days_of(lines, refused)
    return Statement(tuple(_once(lines)), tuple(refused), totals, since, until)


def _line(row: Row, seen: Counter[str]) -> Iterator[StatementLine]:
    paid, _ = _amounts(row.need("金额"))
    order, title = row.need("交易订单号"), row.text("交易说明")
    back = title.startswith("退款-") or row.need("交易状态") == "退款成功"
    neither = row.need("收/支") == "收入" or _LATER in (row.text("收/付款方式"), row.text("交易分类"))
    kind: LineKind = "other" if neither else "refund" if back else "payment"
    at = row.time(CHINA, "交易时间")
    # The amount's text grows with refunds, so that it is no part of what names the row.
    name = hashlib.sha256("\x1f".join([order, at.isoformat(), title]).encode()).hexdigest()[:24]
    seen[name] += 1
    yield StatementLine(
        name=f"{order}:{name}:{seen[name]}",
        kind=kind,
        tells="move",
        our_key="",
        reference=f"{order}:{name}" if back else "",
        payment_reference=order,
        other_reference=row.text("商家订单号"),
        amount=paid,
        currency="CNY",
        fee=0,
        at=at,
        number=row.number,
        raw=filled(row),
    )


def _amounts(text: str) -> tuple[Minor, Minor]:
    """What was paid, and what of it the same text says went back."""
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise UnableToReadRow(
            f"column 金额: {text[:40]!r} is no amount; it should look like 89.50 or 131.77(已退款89.84)",
            f"「金额」的「{text[:40]}」不是金额；应形如 89.50 或 131.77(已退款89.84)",
        )
    paid, part, whole = found.groups()
    amount = read_amount(paid, 2, "金额")
    return amount, amount if whole else read_amount(part or "", 2, "金额")


def _once(lines: Sequence[StatementLine]) -> Iterator[StatementLine]:
    """The lines with every refund counted once."""
    inside: dict[str, Minor] = defaultdict(int)
    rows: dict[str, Minor] = defaultdict(int)
    last: dict[str, StatementLine] = {}
    for line in lines:
        if line.kind == "refund":
            rows[line.payment_reference] += line.amount
        elif line.kind == "payment" and (told := _amounts(line.raw["金额"])[1]):
            inside[line.payment_reference] += told
            last[line.payment_reference] = line
    by_amount = {order for order, told in inside.items() if told > rows[order]}
    for line in lines:
        counted = line.kind != "refund" or line.payment_reference not in by_amount
        yield line if counted else replace(line, kind="other")
    for order in sorted(by_amount):
        yield replace(last[order], name=f"{order}:inside", kind="refund", tells="total", amount=inside[order])


def _totals(table: Table, lines: Sequence[StatementLine], count: int) -> tuple[Total, ...]:
    head = "\n".join(table.before)
    told = {name: (int(many), _yuan(amount)) for name, many, amount in _HEAD.findall(head)}
    everything = _ALL.search(head)
    if everything is None or "支出" not in told:
        raise UnableToReadStatement("the totals at the head are missing", "账单开头缺少合计；请重新导出")
    found = [Total("共", int(everything.group(1)), count, 0)]
    for name, (_, amount) in told.items():
        given = [_counted(line) for line in lines if line.raw.get("收/支") == name]
        found.append(Total(name, amount, sum(given), 2))
    return tuple(found)


def _counted(line: StatementLine) -> Minor:
    """What the bill's own head counts of a row: less what went back; nothing of what is paid later."""
    if line.kind == "other" and line.raw.get("收/支") != "收入":
        return 0
    paid, back = _amounts(line.raw["金额"])
    return paid - back


def _yuan(text: str) -> Minor:
    try:
        return read_amount(text, 2, "合计")
    except UnableToReadRow as fault:
        raise UnableToReadStatement(fault.says.en, fault.says.zh) from None


def _period(table: Table) -> tuple[datetime, datetime] | None:
    found = _PERIOD.search("\n".join(table.before))
    if not found:
        return None
    since, until = [read_moment(part, CHINA) for part in found.groups()]
    return (since, until.replace(hour=23, minute=59, second=59)) if since and until else None
