"""Reading refunds of 淘宝/天猫 and exchanges of 天猫: which changed, and each whole."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from amends.channels.kernel_china import beijing_text, moment_of, read_moment, rows_of
from amends.channels.kernel_json import part, text, whole
from amends.channels.kernel_slices import Slice, more_left, next_rows
from amends.channels.kernel_told import untold
from amends.channels.taobao.told import exchange_told, refund_told
from amends.channels.taobao.top import call
from amends.facts.channels import Access, UnableToTalk
from amends.facts.platforms import Page, ToldCase, Window
from amends.facts.wire import Seal, WireAnswer, WireRequest

PAGE: Final = 50
REFUND_FIELDS: Final = (
    "refund_id,alipay_no,tid,oid,buyer_nick,total_fee,status,created,modified,order_status,refund_fee,good_status,"
    "has_good_return,payment,reason,desc,num_iid,title,price,num,good_return_time,company_name,sid,end_time,"
    "refund_remind_timeout,refund_phase,refund_version,operation_contraint,outer_id,sku,dispute_type,cs_status,"
    "advance_status,special_refund_type"
)
EXCHANGE_FIELDS: Final = (
    "dispute_id,biz_order_id,num,buyer_nick,status,created,modified,reason,desc,title,price,payment,time_out,"
    "buyer_logistic_no,seller_logistic_no,bought_sku,exchange_sku,buyer_logistic_name,seller_logistic_name,alipay_no,"
    "refund_version,refund_phase,cs_status,good_status,operation_contraint"
)
_EXCHANGES: Final = "x"
TMALL_EXCHANGE: Final = "TMALL_EXCHANGE"
Row = dict[str, Any]


def changed(access: Access, window: Window, seal: Seal, exchanges: bool) -> Generator[WireRequest, WireAnswer, Page]:
    """One page of what changed: refunds first, then the exchanges where there is a list of them."""

    def refunds(piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
        return _refunds(access, seal, piece)

    def swaps(piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
        return _exchanges(access, seal, piece)

    in_exchanges = window.cursor.startswith(_EXCHANGES)
    cursor = window.cursor.removeprefix(_EXCHANGES)
    rows, then = yield from next_rows(window, cursor, None, swaps if in_exchanges else refunds)
    cases = []
    for row in rows:
        if in_exchanges or not (exchanges and text(row, "dispute_type") == TMALL_EXCHANGE):
            cases.append((yield from _whole(access, row, seal, window, in_exchanges)))
    if in_exchanges:
        return Page(tuple(cases), cursor=f"{_EXCHANGES}{then}" if then else "")
    return Page(tuple(cases), cursor=then or (_EXCHANGES if exchanges else ""))


def one(
    access: Access, number: str, seal: Seal, exchanges: bool
) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    """One case, whichever it is. How the number of an exchange is answered among refunds is not known: a refusal says nothing."""
    if not exchanges:
        return (yield from _refund(access, number, seal))
    told, fault = None, None
    try:
        told = yield from _refund(access, number, seal)
    except UnableToTalk as refusal:
        if refusal.why != "refused":
            raise
        fault = refusal
    if told is not None and text(told.raw, "dispute_type") != TMALL_EXCHANGE:
        return told
    swap = yield from _exchange(access, number, seal)
    if swap is None and fault is not None:
        raise fault
    return swap or told


def _whole(
    access: Access, row: Row, seal: Seal, window: Window, exchange: bool
) -> Generator[WireRequest, WireAnswer, ToldCase]:
    """The case of a row of a list; one that cannot be read stops no other."""
    number, why = text(row, "dispute_id" if exchange else "refund_id"), "the platform has none of this number"
    try:
        told = yield from (_exchange if exchange else _refund)(access, number, seal)
    except UnableToTalk as fault:
        if fault.why != "refused":
            raise
        told, why = None, str(fault)
    at = read_moment(row.get("modified")) or window.since
    return told or untold(number, text(row, "status"), at, row, why)


def _refunds(access: Access, seal: Seal, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
    values = {
        "fields": "refund_id,status,modified,dispute_type",
        "start_modified": beijing_text(moment_of(piece.since)),
        "end_modified": beijing_text(moment_of(piece.until - 1)),
        "page_no": str(piece.page),
        "page_size": str(PAGE),
        "use_has_next": "true",
    }
    found = yield from call(access, seal, "taobao.refunds.receive.get", values)
    return _paged(rows_of(found, "refunds", "refund"), found, piece)


def _exchanges(access: Access, seal: Seal, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
    values = {
        "fields": "dispute_id,status,modified,created",
        "start_gmt_modified_time": beijing_text(moment_of(piece.since)),
        "end_gmt_modifed_time": beijing_text(moment_of(piece.until - 1)),  # spelt so over there
        "page_no": str(piece.page),
        "page_size": str(PAGE),
    }
    found = yield from call(access, seal, "tmall.exchange.receive.get", values)
    return _paged(rows_of(found, "results", "exchange"), found, piece)


def _refund(access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    values = {"fields": REFUND_FIELDS, "refund_id": number}
    row = yield from _found(call(access, seal, "taobao.refund.get", values), "refund")
    return refund_told(access.shop, row) if row else None


def _exchange(access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    values = {"fields": EXCHANGE_FIELDS, "dispute_id": number}
    row = yield from _found(call(access, seal, "tmall.exchange.get", values), "result", "exchange")
    return exchange_told(access.shop, row) if row else None


def _found(
    asked: Generator[WireRequest, WireAnswer, Row], *names: str
) -> Generator[WireRequest, WireAnswer, Row | None]:
    try:
        found = part((yield from asked), *names)
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    return found if isinstance(found, dict) and found else None


def _paged(rows: list[Row], found: Row, piece: Slice) -> tuple[list[Row], bool]:
    if "has_next" in found:
        return rows, str(found["has_next"]).lower() == "true"
    return rows, more_left(piece.page, PAGE, len(rows), whole(found, "total_results"))
