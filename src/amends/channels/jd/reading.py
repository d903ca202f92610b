"""Reading 京东: services after the sale by the time of their change, refunds of cancelled orders by when asked for and when reviewed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final

from amends.channels.jd.jos import call, result_of
from amends.channels.jd.told import CANCEL, cancel_told, service_told
from amends.channels.kernel_china import beijing_text, moment_of, read_moment, rows_of
from amends.channels.kernel_json import text, whole
from amends.channels.kernel_slices import Asked, Slice, more_left, next_rows
from amends.facts.channels import Access, UnableToTalk
from amends.facts.platforms import Page, ToldCase, Window
from amends.facts.wire import Seal, WireAnswer, WireRequest

PAGE: Final = 50
WIDEST_SECONDS: Final = 86_400
_PHASES: Final = ("s", "a", "c")
"""Services by change; refunds by when they were asked for; refunds by when they were reviewed."""
Row = dict[str, Any]
Ask = Callable[[Slice], Asked[Row]]


def changed(access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
    """One page of what changed, each case whole: services first, then refunds of cancelled orders."""
    phase = window.cursor[:1] or _PHASES[0]
    rows, then = yield from next_rows(window, window.cursor[1:], WIDEST_SECONDS, _asking(access, seal, phase))
    cases = []
    for row in rows:
        if phase == "s":
            cases.append((yield from _service(access, row, seal)))
        elif phase == "a" or not _asked_in(window, row):
            cases.append(cancel_told(access.shop, row))
    if then:
        return Page(tuple(cases), cursor=f"{phase}{then}")
    following = _PHASES[_PHASES.index(phase) + 1 :]
    return Page(tuple(cases), cursor=following[0] if following else "")


def one(access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    """One case as it stands now."""
    own = number.removeprefix(CANCEL)
    if not own.isdigit():
        return None
    try:
        if own != number:
            rows, _ = yield from _cancels(access, seal, {"ids": own}, 1)
            rows = [row for row in rows if text(row, "id") == own]
            return cancel_told(access.shop, rows[0]) if rows else None
        rows, _ = yield from _services(access, seal, {"serviceId": int(own)}, 1)
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    rows = [row for row in rows if text(row, "serviceId") == own]
    return (yield from _service(access, rows[0], seal)) if rows else None


def _asking(access: Access, seal: Seal, phase: str) -> Ask:
    def asked(piece: Slice) -> Asked[Row]:
        begin, end = beijing_text(moment_of(piece.since)), beijing_text(moment_of(piece.until - 1))
        if phase == "s":
            return _services(access, seal, {"updateTimeBegin": begin, "updateTimeEnd": end}, piece.page)
        what = "applyTime" if phase == "a" else "checkTime"
        return _cancels(access, seal, {f"{what}Start": begin, f"{what}End": end}, piece.page)

    return asked


def _services(access: Access, seal: Seal, which: dict[str, str | int], page: int) -> Asked[Row]:
    operator = access.values.get("operator_pin", "")
    values: dict[str, str | int] = {
        "buId": access.values.get("vender_id", ""),
        "operatePin": operator,
        "operateNick": operator,
        "pageNumber": page,
        "pageSize": PAGE,
        **which,
    }
    found = result_of((yield from call(access, seal, "jingdong.asc.query.list", values)), "pageResult")
    rows = rows_of(found, "data")
    return rows, more_left(page, PAGE, len(rows), whole(found, "totalCount"))


def _cancels(access: Access, seal: Seal, which: dict[str, str | int], page: int) -> Asked[Row]:
    values: dict[str, str | int] = {"pageIndex": page, "pageSize": PAGE, **which}
    answer = yield from call(access, seal, "jingdong.pop.afs.soa.refundapply.queryPageList", values)
    found = result_of(answer, "queryResult")
    rows = rows_of(found, "result")
    return rows, more_left(page, PAGE, len(rows), whole(found, "totalCount"))


def _service(access: Access, row: Row, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase]:
    """A service with what is told of its reason and its money; without them where the platform refuses to say."""
    money: Row = {}
    try:
        every = yield from _money(access, seal, whole(row, "orderId"))
    except UnableToTalk as fault:
        if fault.why not in ("refused", "missing"):
            raise
        every = []
    for one in every:
        if text(one, "sameOrderServiceBill", "serviceId") == text(row, "serviceId"):
            money = one
    return service_told(access.shop, row, money)


def _money(access: Access, seal: Seal, order: int | None) -> Generator[WireRequest, WireAnswer, list[Row]]:
    """The services of an order with their refunds."""
    if order is None:
        return []
    values: dict[str, str | int] = {"orderId": order, "pageNumber": 1, "pageSize": PAGE}
    answer = yield from call(access, seal, "jingdong.asc.serviceAndRefund.view", values)
    return rows_of(result_of(answer, "pageResult"), "data")


def _asked_in(window: Window, row: Row) -> bool:
    """Whether it was asked for inside the window too: then it has been told already."""
    at = read_moment(row.get("applyTime"))
    return at is not None and window.since <= at < window.until
