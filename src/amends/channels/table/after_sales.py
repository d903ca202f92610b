"""A plain table of cases to case files: our own columns, by their Chinese or English names, codes by name or as they are.

Times without an offset stand on the clock of the shop's market as it is at that moment (`amends.basics.zones`); an empty cell is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import MARKETS
from amends.channels.case_form import faulty, grouped, reason, refused, said, shop_part, write
from amends.channels.cells import Columns, RowCells, UnableToReadCell
from amends.channels.events import latest
from amends.facts.case_table import COLUMNS, TableColumn
from amends.facts.codes import CATEGORIES, KINDS, METHODS, TRACES
from amends.facts.imported import CaseMade, RowRefused, ShopSetting, SourceRow, State
from amends.facts.words import WORDS

_HEADERS: Final = Columns({one.name: (one.zh, one.en, one.name, *one.also) for one in COLUMNS})
_ALLOWED: Final = {"kind": KINDS, "method": METHODS, "trace": TRACES, "category": CATEGORIES, "market": MARKETS}
_OFFSETS: Final = {"CN": "+08:00", "TW": "+08:00", "HK": "+08:00", "SG": "+08:00", "JP": "+09:00", "KR": "+09:00"}
_TIMES: Final = (
    "requested_at",
    "placed_at",
    "paid_at",
    "shipped_at",
    "delivered_at",
    "return_shipped_at",
    "return_signed_at",
)


class CaseTable:
    """The table that `amends export` writes, filled by hand or by another system."""

    name = "table"
    title = ("售后单表格", "Table of cases")
    channel = "direct"
    wanted = _HEADERS.wanted("case", "order", "kind", "requested_at", also=[one.en for one in COLUMNS])

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Rows of one case stand together: one for each line."""
        return grouped(rows, _HEADERS, "case")

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Will make the case of one number, or say why not."""
        if fault := faulty(rows):
            return fault
        every = [RowCells(_HEADERS, row, _OFFSETS.get(shop.market, "+00:00")) for row in rows]
        try:
            return _case(every, shop)
        except UnableToReadCell as unable:
            return refused(unable, every[0].text("case"))


def _case(every: Sequence[RowCells], shop: ShopSetting) -> CaseMade:
    first = every[0]
    currency = (first.text("currency") or shop.currency).upper()
    if currency not in EXPONENTS:
        raise first.unknown("currency", currency)
    digits, key = EXPONENTS[currency], first.need_id("case")
    lines = [_line(cells, shop, currency, place) for place, cells in enumerate(every, 1)]
    shipping = first.amount("shipping_paid", digits)
    paid = sum([cells.need_amount("paid", digits) for cells in every]) + (shipping or 0)
    asked = first.amount("amount", digits)
    case = said(
        case=key,
        shop=shop_part(shop),
        market=_code(first, "market") or shop.market,
        order=said(
            id=first.need_id("order"),
            currency=currency,
            placed_at=first.time("placed_at"),
            paid_at=first.time("paid_at"),
            shipping_paid=write(shipping, currency),
            lines=lines,
            payments=[_payment(first, paid, currency)],
        ),
        shipments=_shipments(first),
        request=said(
            kind=_code(first, "kind", needed=True),
            reason=_reason(first),
            requested_at=first.need_time("requested_at"),
            amount=write(asked, currency),
            message=first.text("message"),
            lines=_asked_lines(every, lines),
        ),
        return_parcel=said(
            shipped_at=first.time("return_shipped_at"),
            signed_at=first.time("return_signed_at"),
            waybill=first.id("return_waybill"),
        ),
        platform=said(status=first.text("status"), deadline=first.time("deadline")),
    )
    told = [len(cells.remarks) for cells in every]
    as_of = latest([first.time(name) for name in _TIMES])
    for cells, many in zip(every, told, strict=True):
        del cells.remarks[many:]  # an unreadable time is told where it is used
    return CaseMade(key, case, _state(first), as_of, tuple([remark for cells in every for remark in cells.remarks]))


def _line(cells: RowCells, shop: ShopSetting, currency: str, place: int) -> dict[str, Any]:
    return said(
        id=cells.id("line") or f"l{place}",
        sku=cells.text("sku"),
        title=cells.text("title"),
        quantity=_count(cells, "quantity"),
        paid=write(cells.need_amount("paid", EXPONENTS[currency]), currency),
        category=_code(cells, "category") or shop.category,
    )


def _asked_lines(every: Sequence[RowCells], lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines that are asked about, where any row says how many of it; otherwise it is the whole order."""
    counts = [_count(cells, "asked_quantity") for cells in every]
    if not any(counts):
        return []
    return [{"id": line["id"], "quantity": count} for line, count in zip(lines, counts, strict=True) if count]


def _payment(cells: RowCells, paid: int, currency: str) -> dict[str, Any]:
    name = cells.id("payment")
    method = _code(cells, "method") or "platform"
    return said(id=name or "p1", method=method, captured=write(paid, currency), reference=name)


def _shipments(cells: RowCells) -> list[dict[str, Any]]:
    found = said(
        id=cells.id("waybill"),
        shipped_at=cells.time("shipped_at"),
        delivered_at=cells.time("delivered_at"),
        trace=_code(cells, "trace"),
    )
    return [{"id": "s1", **found}] if found else []


def _reason(cells: RowCells) -> str:
    found = _known("reason").get((cells.text("reason") or "").strip().casefold())
    return found or reason(cells, "reason", "message")


def _state(cells: RowCells) -> State:
    found = (cells.text("state") or "").strip().casefold()
    return "closed" if _known("state").get(found, found) == "closed" else "open"


def _count(cells: RowCells, field: str) -> int | None:
    found = cells.text(field)
    if found is None:
        return None
    plain = found.removesuffix(".0")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 7):
        raise cells.unknown(field, found)
    return int(plain)


def _code(cells: RowCells, field: str, *, needed: bool = False) -> str | None:
    """A code by its Chinese or English name, or as it is. `UnableToReadCell` for what is none."""
    found = cells.need_text(field) if needed else cells.text(field)
    if found is None:
        return None
    plain = found.strip()
    for one in (plain, plain.casefold(), plain.upper()):
        if one in _ALLOWED[field]:
            return one
    known = _known(_column(field).codes).get(plain.casefold())
    if known is None or known not in _ALLOWED[field]:
        raise cells.unknown(field, found)
    return known


@cache
def _known(group: str) -> dict[str, str]:
    """The codes of a word table by their names in both languages."""
    found: dict[str, str] = {}
    for code, names in WORDS[group].items():
        for name in (code, *names):
            found.setdefault(name.casefold(), code)
    return found


def _column(name: str) -> TableColumn:
    return next(one for one in COLUMNS if one.name == name)
