"""A refund of 淘宝/天猫, or an exchange of 天猫, as it is told. Amounts come as yuan, times as Beijing's clock without an offset.

However a buyer paid, the money is given back by the platform (`platform`), never by an account of the merchant's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from amends.channels.case_form import said
from amends.channels.kernel_china import fen_of_yuan, iso, read_moment
from amends.channels.kernel_json import part, text, whole
from amends.channels.kernel_told import Read, ReadLine, told_of, unknown_kind
from amends.channels.taobao.words import (
    ADVANCED,
    ARRIVED,
    CS_OVER,
    CS_STATUSES,
    EXCHANGE_STATUSES,
    KINDS,
    NOT_SHIPPED,
    REFUND_STATUSES,
    RULED_FOR_BUYER,
    RULINGS,
    SHIPPED,
    SPECIAL_KINDS,
    STEPPED_IN,
)
from amends.facts.channels import UnableToTalk
from amends.facts.imported import Remark, ShopSetting
from amends.facts.platforms import OVER, ToldCase, ToldRefund

STATUSES: Final = {**REFUND_STATUSES, **EXCHANGE_STATUSES, **CS_STATUSES}
_GOES_BACK: Final = frozenset({"refund_only", "return_refund", "cancel", "compensation", "price_adjustment"})


def refund_told(shop: ShopSetting, row: Mapping[str, Any]) -> ToldCase:
    """One refund, whole. Raises `UnableToTalk` where it has no number or no moment of its last change."""
    number, updated = _identity(row, "refund_id")
    kind, alarms = _kind(row)
    status = _status(text(row, "status"), row, REFUND_STATUSES)
    fee, at = fen_of_yuan(row.get("refund_fee")), read_moment(row.get("end_time")) or updated
    payment = text(row, "alipay_no")
    moved = status == "SUCCESS" and kind in _GOES_BACK and fee is not None
    back = ToldRefund(number, fee or 0, shop.currency, at, payment=payment)
    return told_of(
        shop,
        Read(
            number=number,
            order=text(row, "tid"),
            kind=kind,
            status=status,
            updated_at=updated,
            requested_at=read_moment(row.get("created")),
            lines=[_line(row, fen_of_yuan(row.get("total_fee")))],
            asked=fee,
            reason=text(row, "reason"),
            message=text(row, "desc"),
            version=text(row, "refund_version"),
            deadline=_deadline(row),
            payment=payment,
            shipments=_shipments(row),
            parcel=said(
                shipped_at=iso(read_moment(row.get("good_return_time"))),
                waybill=text(row, "sid"),
                carrier=text(row, "company_name"),
            ),
            buyer=text(row, "buyer_nick"),
            words=_words(row),
            ruling=_ruling(row),
            refunds=(back,) if moved else (),
            by_itself=_by_itself(row) if moved else "",
            alarms=alarms,
            raw=row,
        ),
        STATUSES,
    )


def exchange_told(shop: ShopSetting, row: Mapping[str, Any]) -> ToldCase:
    """One exchange of 天猫, whole."""
    number, updated = _identity(row, "dispute_id")
    status = _status(f"exchange/{text(row, 'status')}", row, EXCHANGE_STATUSES)
    payment = text(row, "alipay_no")
    paid = fen_of_yuan(row.get("payment"))
    return told_of(
        shop,
        Read(
            number=number,
            order=text(row, "biz_order_id") or text(row, "bizorder_id"),
            kind="exchange",
            status=status,
            updated_at=updated,
            requested_at=read_moment(row.get("created")),
            lines=[_line(row, _price(row) if paid is None else paid)],
            reason=text(row, "reason"),
            message=text(row, "desc"),
            version=text(row, "refund_version"),
            deadline=read_moment(row.get("time_out")),
            payment=payment,
            shipments=_shipments(row),
            parcel=said(waybill=text(row, "buyer_logistic_no"), carrier=text(row, "buyer_logistic_name")),
            buyer=text(row, "buyer_nick"),
            words=_words(row),
            ruling=_ruling(row),
            raw=row,
        ),
        STATUSES,
    )


def _identity(row: Mapping[str, Any], name: str) -> tuple[str, datetime]:
    number = text(row, name)
    moments = (read_moment(row.get(field)) for field in ("modified", "refund_version", "created"))
    updated = next((moment for moment in moments if moment), None)
    if not number or updated is None:
        raise UnableToTalk("strange", f"a case came without its {name if not number else 'moment of change'}")
    return number, updated


def _status(own: str, row: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Where the platform decides, that is where the case stands; one that is over stays over, an unknown one unknown."""
    custody = whole(row, "cs_status") or 0
    if custody in STEPPED_IN and own in known and known[own].standing not in OVER:
        return f"cs_status/{custody}"
    return own


def _kind(row: Mapping[str, Any]) -> tuple[str, tuple[Remark, ...]]:
    special = SPECIAL_KINDS.get(text(row, "special_refund_type"))
    if special:
        return special, ()
    found = text(row, "dispute_type")
    back = str(row.get("has_good_return", "")).lower() == "true"
    kind = KINDS.get(found) or ("return_refund" if back else "refund_only")
    if kind == "refund_only" and text(row, "order_status") in NOT_SHIPPED:
        kind = "cancel"
    return kind, () if found in KINDS or found in ("", "OTHERS") else (unknown_kind(found),)


def _line(row: Mapping[str, Any], paid: int | None) -> ReadLine:
    sku = text(row, "outer_id") or text(row, "bought_sku") or text(row, "num_iid")
    return ReadLine(text(row, "oid") or "l1", paid, sku, text(row, "title"), whole(row, "num"))


def _price(row: Mapping[str, Any]) -> int | None:
    price, number = fen_of_yuan(row.get("price")), whole(row, "num")
    return None if price is None else price * (number or 1)


def _deadline(row: Mapping[str, Any]) -> datetime | None:
    remind = part(row, "refund_remind_timeout")
    if not isinstance(remind, dict) or str(remind.get("exist_timeout", "")).lower() != "true":
        return None
    return read_moment(remind.get("timeout"))


def _shipments(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    arrived = text(row, "good_status") in ARRIVED
    if not arrived and text(row, "order_status") not in SHIPPED:
        return []
    return [said(id="s1", trace="delivered" if arrived else None)]


def _words(row: Mapping[str, Any]) -> list[str]:
    words = [CS_OVER.get(whole(row, "cs_status") or 0, "")]
    limits = {"refund_onweb": "须在网页版处理", "cannot_refuse": "不允许拒绝"}
    words.append(limits.get(text(row, "operation_contraint"), ""))
    return [word for word in words if word]


def _ruling(row: Mapping[str, Any]) -> str:
    custody = whole(row, "cs_status") or 0
    return CS_OVER[custody] if custody in RULINGS else ""


def _by_itself(row: Mapping[str, Any]) -> str:
    if whole(row, "cs_status") == RULED_FOR_BUYER:
        return "cs_ruled_for_buyer"
    return ADVANCED.get(whole(row, "advance_status") or 0, "")
