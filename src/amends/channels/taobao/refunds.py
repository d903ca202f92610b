"""淘宝/天猫 退款管理 export to case files. The file is the same for both: which of them is the merchant's setting.

What the export does not hold is left out: when the order was placed, the number of pieces, the freight, when the parcel
was shipped and signed for. Times carry no offset and are Beijing time (+08:00).
The payment's number tells how it was paid: Alipay's begin with the date (28 digits), WeChat Pay's with 42;
any other is the platform's own (`platform`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from amends.channels.case_form import closes, digits_of, faulty, grouped, reason, refused, said, shop_part, write
from amends.channels.cells import RowCells, UnableToReadCell
from amends.channels.events import latest
from amends.channels.taobao.columns import BUYERS_TURN, COLUMNS, KINDS, NOT_RECEIVED, STATUSES, TRACES, WANTED
from amends.facts.imported import CaseMade, RowRefused, ShopSetting, SourceRow, State

_BEIJING: Final = "+08:00"
_EVENTS: Final = ("paid_at", "requested_at", "return_shipped_at", "ended_at")
_WAYBILL: Final = re.compile(r"[A-Za-z]{0,4}\d{8,20}", re.ASCII)
_ALIPAY: Final = re.compile(r"20\d{26}", re.ASCII)
_WECHAT: Final = re.compile(r"42\d{26}", re.ASCII)


class TaobaoRefunds:
    """The file that 千牛 › 退款管理 › 导出 gives."""

    name = "taobao-refunds"
    title = ("淘宝/天猫 退款管理", "Taobao and Tmall refunds")
    channel = "taobao"
    wanted = WANTED

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Every refund is one row; the same number on neighbouring rows is one case."""
        return grouped(rows, COLUMNS, "case")

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Will make the case of one 退款编号, or say why not."""
        if fault := faulty(rows):
            return fault
        every = [RowCells(COLUMNS, row, _BEIJING) for row in rows]
        try:
            return _case(every, shop)
        except UnableToReadCell as unable:
            return refused(unable, every[0].text("case"))


def _case(every: Sequence[RowCells], shop: ShopSetting) -> CaseMade:
    first = every[0]
    key, order = first.need_id("case"), first.need_id("order")
    digits = digits_of(shop)
    paid = [cells.need_amount("paid", digits) for cells in every]
    asked = [cells.need_amount("refund", digits) for cells in every]
    state = _state(first)
    case = said(
        case=key,
        shop=shop_part(shop, _labels(first)),
        market=shop.market,
        order=said(
            id=order,
            currency=shop.currency,
            paid_at=first.time("paid_at"),
            lines=[
                _line(cells, shop, amount, index) for index, (cells, amount) in enumerate(zip(every, paid, strict=True))
            ],
            payments=_payments(first, shop, sum(paid)),
        ),
        shipments=_shipments(first),
        request=said(
            kind=_kind(first),
            reason=reason(first, "reason", "reason_label"),
            requested_at=first.need_time("requested_at"),
            amount=write(sum(asked), shop.currency),
            message=first.text("message"),
        ),
        return_parcel=_return_parcel(first),
        buyer=said(name=first.text("buyer")),
        platform=said(status=_status(first), deadline=_deadline(first, state), ruling=_ruling(first)),
    )
    as_of = latest(time for cells in every for time in _events(cells))
    return CaseMade(key, case, state, as_of, tuple(remark for cells in every for remark in cells.remarks))


def _events(cells: RowCells) -> list[str | None]:
    told = len(cells.remarks)
    times = [cells.time(field) for field in _EVENTS]
    del cells.remarks[told:]  # an unreadable time is told where it is used
    return times


def _line(cells: RowCells, shop: ShopSetting, paid: int, index: int) -> dict[str, Any]:
    return said(
        id=f"l{index + 1}",
        sku=cells.text("sku") or cells.id("product"),
        title=cells.text("title"),
        paid=write(paid, shop.currency),
        category=shop.category,
    )


def _payments(cells: RowCells, shop: ShopSetting, paid: int) -> list[dict[str, Any]]:
    number = cells.id("payment") or ""
    method = "alipay" if _ALIPAY.fullmatch(number) else "wechat_pay" if _WECHAT.fullmatch(number) else "platform"
    return [said(id=number or "platform", method=method, captured=write(paid, shop.currency))]


def _kind(cells: RowCells) -> str:
    found = cells.text("kind")
    if found:
        if found not in KINDS:
            raise cells.unknown("kind", found)
        if kind := KINDS[found]:
            return kind
    else:
        back = cells.need_text("goods_back")
        if back in {"需要退货", "是", "需要", "退货", "Y", "y", "true", "1"}:
            return "return_refund"
        if back not in {"不需要退货", "不需要", "否", "无需退货", "仅退款", "N", "n", "false", "0"}:
            raise cells.unknown("goods_back", back)
    return "refund_only" if _is_shipped(cells) else "cancel"


def _is_shipped(cells: RowCells) -> bool:
    goods = cells.text("goods") or ""
    if "未发货" in goods:
        return False
    return bool(cells.text("logistics")) or "已发货" in goods or ("已收到" in goods or "已退货" in goods)


def _shipments(cells: RowCells) -> list[dict[str, Any]]:
    if not _is_shipped(cells):
        return []
    told, goods = cells.text("logistics") or "", cells.text("goods") or ""
    trace = next((code for word, code in TRACES if word in told), None)
    if trace is None and goods and "收到" in goods and not any(word in goods for word in NOT_RECEIVED):
        trace = "delivered"
    waybill = _WAYBILL.search(told)
    return [said(id=waybill.group() if waybill else "s1", trace=trace)]


def _return_parcel(cells: RowCells) -> dict[str, Any]:
    waybill = cells.id("return_waybill")
    if not waybill and (found := _WAYBILL.search(cells.text("return_logistics") or "")):
        waybill = found.group()
    return said(shipped_at=cells.time("return_shipped_at"), waybill=waybill, carrier=cells.text("return_carrier"))


def _state(cells: RowCells) -> State:
    status = cells.need_text("status")
    found = closes(status, STATUSES) or closes(status.casefold(), STATUSES)
    if found is None:
        found = "closed" if cells.text("ended_at") else "open"
        cells.note(
            "status_unknown",
            f"退款状态「{status[:40]}」不在已知取值内，按{'已完结' if found == 'closed' else '处理中'}收下",
            f"the status {status[:40]!r} is not among the known ones; taken as {found}",
            "status",
        )
    return "closed" if found == "closed" else "open"


def _status(cells: RowCells) -> str:
    parts = [cells.need_text("status")]
    service = cells.text("service")
    if service and service not in {"未介入", "不需要客服介入", "无需介入", "无需客服介入"}:
        parts.append(f"客服介入：{service}")
    if cells.yes("evidence_overdue"):
        parts.append("举证已超时")
    return "；".join(parts)


def _deadline(cells: RowCells, state: State) -> str | None:
    """The platform's countdown, where it is the merchant's own."""
    if state == "closed":
        return None
    due = cells.time("deadline")
    if due and any(word in cells.need_text("status") for word in BUYERS_TURN):
        cells.note(
            "deadline_is_the_buyers",
            "此状态下的超时时间是买家的，不作为商家时限",
            "in this state the platform's countdown is the buyer's; it is not taken as the merchant's deadline",
            "deadline",
        )
        return None
    return due


def _ruling(cells: RowCells) -> str | None:
    service, blame = cells.text("service"), cells.text("blame")
    ended = service and any(word in service for word in ("完成", "结束", "胜诉", "支持", "已判"))
    return "；".join(part for part in (service, blame and f"责任方：{blame}") if part) if ended else None


def _labels(cells: RowCells) -> list[str]:
    words = " ".join(cells.text(field) or "" for field in ("reason_label", "remark_label", "business", "reason"))
    marks = (
        ("运费险", "freight_insurance"),
        ("七天无理由", "seven_day"),
        ("7天无理由", "seven_day"),
        ("价保", "price_protection"),
        ("极速退款", "fast_refund"),
    )
    labels = [label for word, label in marks if word in words]
    return [*labels, "fast_refund"] if cells.yes("fast") else labels
