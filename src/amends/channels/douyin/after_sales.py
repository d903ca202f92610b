"""抖店 售后单 export to case files.

What the export does not hold is left out: when the order was placed and paid, how it was paid, how many pieces,
when the parcel was shipped and signed for. Times carry no offset and are Beijing time (+08:00). The payment is the
platform's (`platform`): what was paid is told, by which means is not.
应付金额 and 退商品金额 are read as including the platform's payment discount (支付优惠, 退支付优惠): the
buyer's own money is the difference, and the row says so where there is such a discount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from amends.channels.case_form import closes, digits_of, faulty, grouped, reason, refused, said, shop_part, write
from amends.channels.cells import RowCells, UnableToReadCell
from amends.channels.douyin.columns import BUYERS_TURN, COLUMNS, KINDS, NO_ARBITRATION, STATUSES, TRACES, WANTED
from amends.channels.events import latest
from amends.facts.imported import CaseMade, RowRefused, ShopSetting, SourceRow, State

_BEIJING: Final = "+08:00"
_EVENTS: Final = (
    "requested_at",
    "agreed_at",
    "return_shipped_at",
    "refunded_at",
    "arrived_at",
    "closed_at",
    "ended_at",
)


class DouyinAfterSales:
    """The file that 抖店 › 售后工作台 › 导出 gives."""

    name = "douyin-aftersales"
    title = ("抖店 售后单", "Douyin after-sale cases")
    channel = "douyin"
    wanted = WANTED

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Rows of one 售后单 stand together: one for each item."""
        return grouped(rows, COLUMNS, "case")

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Will make the case of one 售后单, or say why not."""
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
    state = _state(first)
    amounts = [_amounts(cells, shop) for cells in every]
    lines = [
        _line(cells, shop, paid, index) for index, (cells, (paid, _)) in enumerate(zip(every, amounts, strict=True))
    ]
    asked = [refund for _, refund in amounts if refund is not None]
    freight = [found for cells in every if (found := cells.amount("shipping", digits_of(shop))) is not None]
    case = said(
        case=key,
        shop=shop_part(shop, _labels(first)),
        market=shop.market,
        order=said(
            id=order,
            currency=shop.currency,
            shipping_paid=write(sum(freight), shop.currency) if freight else None,
            lines=lines,
            payments=[_payment(sum(paid for paid, _ in amounts) + sum(freight), shop)],
        ),
        shipments=_shipments(first),
        request=said(
            kind=_kind(first),
            reason=reason(first, "reason", "reason_label"),
            requested_at=first.need_time("requested_at"),
            agreed_at=first.time("agreed_at"),
            amount=write(sum(asked), shop.currency) if asked else None,
            message=first.text("message"),
        ),
        return_parcel=said(
            shipped_at=first.time("return_shipped_at"),
            waybill=first.id("return_waybill"),
            carrier=first.text("return_carrier"),
        ),
        platform=said(status=_status(first), deadline=_deadline(first, state), ruling=_ruling(first)),
    )
    as_of = latest(time for cells in every for time in _events(cells))
    return CaseMade(key, case, state, as_of, tuple(remark for cells in every for remark in cells.remarks))


def _events(cells: RowCells) -> list[str | None]:
    told = len(cells.remarks)
    times = [cells.time(field) for field in _EVENTS]
    del cells.remarks[told:]  # an unreadable time is told where it is used
    return times


def _kind(cells: RowCells) -> str:
    found = cells.need_text("kind")
    kind = KINDS.get(found)
    if kind is None:
        raise cells.unknown("kind", found)
    return kind


def _state(cells: RowCells) -> State:
    status = cells.need_text("status")
    found = closes(status, STATUSES)
    if found is None:
        ended = cells.text("ended_at") or cells.text("closed_at")
        found = "closed" if ended else "open"
        cells.note(
            "status_unknown",
            f"售后状态「{status[:40]}」不在已知取值内，按{'已完结' if ended else '处理中'}收下",
            f"the status {status[:40]!r} is not among the known ones; taken as {found}",
            "status",
        )
    return "closed" if found == "closed" else "open"


def _amounts(cells: RowCells, shop: ShopSetting) -> tuple[int, int | None]:
    """What the buyer really paid for the item, and what is asked back; minor units."""
    digits = digits_of(shop)
    paid = cells.need_amount("paid", digits)
    discount = cells.amount("pay_discount", digits) or 0
    if discount:
        due, off = write(paid, shop.currency), write(discount, shop.currency)
        cells.note(
            "pay_discount_taken_off",
            f"实付按 应付金额 − 支付优惠 计：{due} − {off}",
            f"paid is the amount due less the payment discount: {due} - {off}",
            "pay_discount",
        )
    goods, freight = cells.amount("refund_goods", digits), cells.amount("refund_shipping", digits)
    if goods is None and freight is None:
        return max(paid - discount, 0), None
    back = max((goods or 0) - (cells.amount("refund_pay_discount", digits) or 0), 0)
    return max(paid - discount, 0), back + (freight or 0)


def _line(cells: RowCells, shop: ShopSetting, paid: int, index: int) -> dict[str, Any]:
    return said(
        id=cells.id("line") or f"l{index + 1}",
        sku=cells.text("sku") or cells.id("product"),
        title=cells.text("title"),
        paid=write(paid, shop.currency),
        category=shop.category,
    )


def _payment(captured: int, shop: ShopSetting) -> dict[str, Any]:
    return said(id="platform", method="platform", captured=write(captured, shop.currency))


def _labels(cells: RowCells) -> list[str]:
    words = " ".join(cells.text(field) or "" for field in ("reason_label", "reason"))
    marks = (
        ("运费险", "freight_insurance"),
        ("七天无理由", "seven_day"),
        ("7天无理由", "seven_day"),
        ("价保", "price_protection"),
    )
    labels = [label for word, label in marks if word in words]
    return [*labels, "fast_refund"] if cells.yes("fast") else labels


def _shipments(cells: RowCells) -> list[dict[str, Any]]:
    waybill, trace = cells.id("waybill"), cells.text("trace") or ""
    unshipped = cells.text("shipped") in {"未发货", "待发货"} or cells.text("kind") in {"未发货退款", "未发货仅退款"}
    if unshipped and not waybill:
        return []
    known = next((code for word, code in TRACES if word in trace), None)
    if cells.yes("refused_parcel"):
        known = "refused"
    return [said(id=waybill or "s1", trace=known)]


def _status(cells: RowCells) -> str:
    parts = [cells.need_text("status")]
    if (arbitration := cells.text("arbitration")) and arbitration not in NO_ARBITRATION:
        parts.append(f"仲裁：{arbitration}")
    if trace := cells.text("return_trace"):
        parts.append(f"退货物流：{trace}")
    return "；".join(parts)


def _deadline(cells: RowCells, state: State) -> str | None:
    """The platform's countdown, where it is the merchant's own."""
    if state == "closed":
        return None
    due = cells.time("deadline")
    if due and cells.text("status") in BUYERS_TURN:
        cells.note(
            "deadline_is_the_buyers",
            "此状态下的自动处理截止时间是买家的，不作为商家时限",
            "in this state the platform's countdown is the buyer's; it is not taken as the merchant's deadline",
            "deadline",
        )
        return None
    return due


def _ruling(cells: RowCells) -> str | None:
    arbitration, blame = cells.text("arbitration"), cells.text("blame")
    ended = arbitration and any(word in arbitration for word in ("结束", "客服同意", "客服拒绝", "支持"))
    return "；".join(part for part in (arbitration, blame and f"责任方：{blame}") if part) if ended else None
