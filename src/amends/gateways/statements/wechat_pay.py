"""WeChat Pay: the merchant's trade bill (交易账单, all trades). Back-ticks before values, two lines of totals at the end, yuan.

Both generations of columns are read. Values may hold commas, never a comma before a back-tick.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from amends.basics.money import Minor
from amends.facts.statement import (
    LineKind,
    Sheet,
    Statement,
    StatementLine,
    Tells,
    Total,
    UnableToReadStatement,
    must_agree,
)
from amends.gateways.statements.table import (
    CHINA,
    Cells,
    Row,
    UnableToReadRow,
    clean,
    days_of,
    filled,
    find_table,
    known_currency,
    read_amount,
    read_rows,
    wrong_form,
)

FEE_DIGITS: Final = 5
_PAID: Final = ("订单金额", "应结订单金额", "总金额")
_SETTLED: Final = ("应结订单金额", "总金额")
_BACK: Final = ("申请退款金额", "退款金额")
_TOTALS: Final[Mapping[str, tuple[tuple[str, ...], int]]] = {
    "应结订单总金额": (_SETTLED, 2),
    "总交易额": (_SETTLED, 2),
    "退款总金额": (("退款金额",), 2),
    "总退款金额": (("退款金额",), 2),
    "手续费总金额": (("手续费",), FEE_DIGITS),
    "订单总金额": (("订单金额",), 2),
    "申请退款总金额": (("申请退款金额",), 2),
}
_STATES: Final[Mapping[str, Tells]] = {"SUCCESS": "move", "": "move", "PROCESSING": "pending"}


def read_wechat_pay(sheets: Sequence[Sheet]) -> Statement:
    """The statement in a bill. Raises `UnableToReadStatement`: another file, no totals, or totals that the rows do not give."""
    table = find_table(sheets, _by_back_tick, "交易时间", "微信订单号", "商户订单号", "交易状态", "退款金额")
    if table is None:
        raise wrong_form("wechat_pay", "交易时间, 微信订单号, 商户订单号, 交易状态, 退款金额")
    names = next((place for place, (_, cells) in enumerate(table.rows) if cells[0] == "总交易单数"), None)
    if names is None or len(table.rows) <= names + 1:
        raise UnableToReadStatement(
            "the two lines of totals at the end are missing; the download may have been cut off",
            "账单末尾缺少两行合计，可能下载中断；请重新下载",
        )
    rows = [row for row in table.rows[:names] if any(row[1])]
    lines, refused = read_rows(table, rows, _line)
    told = dict(zip(table.rows[names][1], table.rows[names + 1][1], strict=False))
    readable = {line.number for line in lines}
    cells = [dict(zip(table.header, found, strict=False)) for number, found in rows if number in readable]
    totals = _totals(told, cells, len(rows))
    must_agree(totals, refused)
    since, until = days_of(lines, refused)
    return Statement(tuple(lines), tuple(refused), totals, since, until)


def _by_back_tick(sheet: Sheet) -> Cells:
    for number, line in enumerate(sheet.lines, 1):
        text = line.strip().strip("\ufeff")
        yield number, text.removeprefix("`").split(",`") if text.startswith("`") else text.split(",")


def _totals(told: Mapping[str, str], rows: Sequence[Mapping[str, str]], count: int) -> tuple[Total, ...]:
    try:
        found = [Total("总交易单数", read_amount(told["总交易单数"], 0, "总交易单数"), count, 0)]
        for name, (columns, digits) in _TOTALS.items():
            if name in told:
                given = [_first(row, columns, digits) for row in rows]
                found.append(Total(name, read_amount(told[name], digits, name), sum(given), digits))
    except UnableToReadRow as fault:
        raise UnableToReadStatement(f"totals: {fault.says.en}", f"合计行：{fault.says.zh}") from None
    return tuple(found)


def _first(row: Mapping[str, str], columns: Sequence[str], digits: int) -> Minor:
    name = next((one for one in columns if one in row), columns[0])
    return read_amount(clean(row.get(name, "")), digits, name)


def _line(row: Row) -> Iterator[StatementLine]:
    state, payment = row.need("交易状态"), row.need("微信订单号")
    kind: LineKind = {"SUCCESS": "payment", "REFUND": "refund", "REVOKED": "refund"}.get(state, "other")  # type: ignore[assignment]
    back = kind == "refund"
    number = row.text("商户退款单号").removeprefix("0") and row.text("商户退款单号")
    reference = row.need("微信退款单号") if back else ""
    fee = row.amount(FEE_DIGITS, "手续费")
    # Every amount is read, whether it is used or not: the totals are summed over them.
    paid, went = _both(row)
    yield StatementLine(
        name=f"{payment}:{reference or 'payment'}",
        kind=kind,
        tells=_STATES.get(row.text("退款状态"), "pending") if back else "move",
        our_key=number if back else "",
        reference=reference,
        payment_reference=payment,
        other_reference=row.text("商户订单号"),
        amount=went if back else paid,
        currency=known_currency(row.text("货币种类") or "CNY"),
        fee=_to_fen(fee),
        at=row.time(CHINA, "交易时间"),
        number=row.number,
        raw=filled(row),
    )


def _both(row: Row) -> tuple[Minor, Minor]:
    """What was paid and what went back in this row."""
    for name in (*_PAID, *_BACK):
        row.amount(2, name)
    return row.amount(2, *_PAID), row.amount(2, *_BACK)


def _to_fen(fee: Minor) -> Minor:
    """A fee of five digits to the fen, half away from zero."""
    fen = (abs(fee) + 500) // 1000
    return fen if fee >= 0 else -fen
