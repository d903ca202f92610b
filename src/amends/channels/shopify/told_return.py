"""A return at Shopify as a case: what is asked, for which lines, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.channels.case_form import said, shop_part
from amends.channels.reasons import reason_of
from amends.channels.shopify.amounts import UnableToReadMoney
from amends.channels.shopify.documents import MOST_PARCELS
from amends.channels.shopify.numbers import case_number, tail
from amends.channels.shopify.order_money import refunds
from amends.channels.shopify.statuses import STATUSES, dispositions, nodes, status_of, tracking
from amends.channels.shopify.told_order import changed_at, order_parts
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting
from amends.facts.platforms import OVER, ToldCase, ToldRefund

REASONS: Final = {
    "defective": "quality",
    "quality": "quality",
    "damaged": "damaged",
    "not-as-described": "not_as_described",
    "wrong-item": "wrong_item",
    "arrived-late": "delivery_delayed",
    "size-too-small": "wrong_size",
    "size-too-large": "wrong_size",
    "too-small": "wrong_size",
    "too-large": "wrong_size",
    "too-tight": "wrong_size",
    "too-loose": "wrong_size",
    "fit": "wrong_size",
    "comfort": "changed_mind",
    "style": "changed_mind",
    "unwanted": "changed_mind",
    "changed-mind": "changed_mind",
    "better-price": "better_price",
    "missing-parts": "missing_item",
    "other": "other",
    "unknown": "other",
}
"""Handles of Shopify's return reasons. The list over there is longer and grows: others are read by their names."""
_DISPUTES: Final = {
    "NEEDS_RESPONSE": "evidence_due",
    "UNDER_REVIEW": "open",
    "ACCEPTED": "accepted",
    "WON": "won",
    "LOST": "lost",
}


def told_return(asked: Mapping[str, Any], order: Mapping[str, Any], shop: ShopSetting) -> ToldCase:
    """The return as it stands now; one of an unknown status is told too, as open, with an alarm."""
    name, status = str(asked["name"]), status_of(asked)
    number = case_number(str(asked["id"]), name, str(order["name"]))
    known = STATUSES.get(status)
    standing = known.standing if known else None
    back: tuple[ToldRefund, ...] = ()
    made: CaseMade | RowRefused
    at = changed_at(order)
    try:
        back = tuple(refund for case, refund in refunds(order) if case == name)
        case, remarks = _case_file(asked, order, shop, status)
        as_of = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        made = CaseMade(number, case | {"case": number}, "closed" if standing in OVER else "open", as_of, remarks)
    except UnableToReadMoney as fault:
        made = RowRefused(
            Remark("money_unreadable", f"金额无法读取：{fault}", f"an amount cannot be read: {fault}"), number
        )
    alarms = tuple(_alarms(asked, order, status))
    by_itself = "REFUND" if standing == "succeeded" and any(not refund.key for refund in back) else ""
    return ToldCase(
        number,
        made,
        status,
        standing,
        at,
        final=standing in OVER,
        refunds=back,
        by_itself=by_itself,
        alarms=alarms,
        raw=asked,
    )


def _case_file(
    asked: Mapping[str, Any], order: Mapping[str, Any], shop: ShopSetting, status: str
) -> tuple[dict[str, Any], tuple[Remark, ...]]:
    reason, remarks = _reason(asked)
    parts = order_parts(order, shop)
    known = {line["id"] for line in parts["order"].get("lines", ())}
    notes = [str(line.get("customerNote")) for line in nodes(asked, "returnLineItems") if line.get("customerNote")]
    case = said(
        shop=shop_part(shop),
        **parts,
        request=said(
            kind="exchange" if nodes(asked, "exchangeLineItems") else "return_refund",
            reason=reason,
            requested_at=asked.get("createdAt"),
            agreed_at=asked.get("requestApprovedAt"),
            lines=_lines(asked, known),
            message="\n".join(dict.fromkeys(notes)),
        ),
        return_parcel=_parcel(asked),
        platform=said(status=status),
        dispute=_dispute(order),
    )
    return case, remarks


def _lines(asked: Mapping[str, Any], known: set[str]) -> list[dict[str, Any]]:
    found: dict[str, int] = {}
    for line in nodes(asked, "returnLineItems"):
        identity = tail(((line.get("fulfillmentLineItem") or {}).get("lineItem") or {}).get("id"))
        if identity in known:
            found[identity] = found.get(identity, 0) + int(line.get("quantity") or 0)
    return [{"id": identity, "quantity": quantity} for identity, quantity in found.items() if quantity]


def _reason(asked: Mapping[str, Any]) -> tuple[str, tuple[Remark, ...]]:
    """The reason of the first line that tells one: by its handle, its name, then by what was written beside it."""
    words = ""
    for line in nodes(asked, "returnLineItems"):
        named = line.get("returnReasonDefinition") or {}
        if found := REASONS.get(str(named.get("handle") or "").replace("_", "-")):
            if found != "other":
                return found, ()
        texts = [
            str(text) for text in (named.get("name"), line.get("returnReasonNote"), line.get("customerNote")) if text
        ]
        for text in texts:
            if (found := reason_of(text)) and found != "other":
                return found, ()
        words = words or " / ".join(texts)
    if not words:
        return "other", (
            Remark("reason_missing", "没有填写原因，归入「其他」", "no reason is given; taken as `other`"),
        )
    zh, en = (
        f"退货原因「{words[:60]}」归入「其他」，原文已保留",
        f"the reason {words[:60]!r} is taken as `other`; the original is kept",
    )
    return "other", (Remark("reason_unknown", zh, en),)


def _parcel(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The parcel on its way back. It was here by the time the first thing in it was looked at; Shopify tells no other time."""
    sent = tracking(asked)
    seen = [
        str(one.get("createdAt"))
        for one in dispositions(asked)
        if one.get("createdAt") and one.get("type") != "MISSING"
    ]
    carrier, waybill = sent or ("", "")
    return said(carrier=carrier, waybill=waybill, signed_at=min(seen) if seen else None)


def _dispute(order: Mapping[str, Any]) -> dict[str, Any]:
    for one in order.get("disputes") or []:
        stage = _DISPUTES.get(str(one.get("status")))
        if one.get("initiatedAs") == "INQUIRY" and stage in ("open", "evidence_due"):
            stage = "alert"
        if stage:
            return {"stage": stage}
    return {}


def _alarms(asked: Mapping[str, Any], order: Mapping[str, Any], status: str) -> list[Remark]:
    found = []
    if status not in STATUSES:
        zh = f"Shopify 的退货状态「{status}」尚不认识，案件已保留，请人工查看"
        found.append(
            Remark("status_unknown", zh, f"the return status {status!r} of Shopify is not known; a person must look")
        )
    lines = asked.get("returnLineItems")
    more = isinstance(lines, dict) and (lines.get("pageInfo") or {}).get("hasNextPage")
    if more or len(order.get("fulfillments") or []) >= MOST_PARCELS:
        zh, en = "退货或订单的明细太多，未全部读取", "the return or its order has more lines or parcels than were read"
        found.append(Remark("cut_short", zh, en))
    return found
