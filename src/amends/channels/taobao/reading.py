"""Reading refunds of 淘宝/天猫 and exchanges of 天猫: which changed, and each whole."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from amends.channels.kernel_china import beijing_text, moment_of, rows_of
from amends.channels.kernel_json import part, text
from amends.channels.kernel_slices import Slice, next_rows
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
        number = text(row, "dispute_id" if in_exchanges else "refund_id")
        skip = exchanges and not in_exchanges and text(row, "dispute_type") == TMALL_EXCHANGE
        told = None if skip else (yield from (_exchange if in_exchanges else _refund)(access, number, seal))
        cases += [told] if told else []
    if in_exchanges:
        return Page(tuple(cases), cursor=f"{_EXCHANGES}{then}" if then else "")
    return Page(tuple(cases), cursor=then or (_EXCHANGES if exchanges else ""))


def one(
    access: Access, number: str, seal: Seal, exchanges: bool
) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    """One case, whichever it is."""
    told = yield from _refund(access, number, seal)
    if exchanges and (told is None or text(told.raw, "dispute_type") == TMALL_EXCHANGE):
        return (yield from _exchange(access, number, seal)) or told
    return told


def _refunds(access: Access, seal: Seal, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
    values = {
        "fields": "refund_id,modified,dispute_type",
        "start_modified": beijing_text(moment_of(piece.since)),
        "end_modified": beijing_text(moment_of(piece.until - 1)),
        "page_no": str(piece.page),
        "page_size": str(PAGE),
        "use_has_next": "true",
    }
    found = yield from call(access, seal, "taobao.refunds.receive.get", values)
    return rows_of(found, "refunds", "refund"), _more(found)


def _exchanges(access: Access, seal: Seal, piece: Slice) -> Generator[WireRequest, WireAnswer, tuple[list[Row], bool]]:
    values = {
        "fields": "dispute_id,status,modified,created",
        "start_gmt_modified_time": beijing_text(moment_of(piece.since)),
        "end_gmt_modifed_time": beijing_text(moment_of(piece.until - 1)),  # spelt so over there
        "page_no": str(piece.page),
        "page_size": str(PAGE),
    }
    found = yield from call(access, seal, "tmall.exchange.receive.get", values)
    return rows_of(found, "results", "exchange"), _more(found)


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


def _more(found: Row) -> bool:
    return str(found.get("has_next", "")).lower() == "true"
