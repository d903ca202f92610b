"""From what a platform in China says of a case to what is told of it: one way for all, whatever each calls its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor
from amends.channels.case_form import said, shop_part, write
from amends.channels.kernel_case import reason_told, status_unknown
from amends.channels.kernel_china import iso
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting
from amends.facts.platforms import OVER, PlatformStatus, Standing, ToldCase, ToldRefund

MERCHANTS_TURN: Final[frozenset[Standing]] = frozenset({"requested", "returning", "awaiting_replacement"})
"""In these the platform's countdown is the merchant's; in others it is the buyer's or its own."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the order. `paid`: for all of it, in fen."""

    id: str
    paid: Minor | None
    sku: str = ""
    title: str = ""
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a case. `kind`: as in a case file. `status`: the key among the channel's statuses, or the platform's word where
    there is none. `words`: more of what the platform says of where it stands. Amounts in fen."""

    number: str
    order: str
    kind: str
    status: str
    updated_at: datetime
    requested_at: datetime | None
    lines: Sequence[ReadLine]
    asked: Minor | None = None
    reason: str = ""
    message: str = ""
    agreed_at: datetime | None = None
    version: str = ""
    deadline: datetime | None = None
    payment: str = ""
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    shipments: Sequence[Mapping[str, Any]] = ()
    parcel: Mapping[str, Any] = field(default_factory=dict)
    buyer: str = ""
    labels: Sequence[str] = ()
    words: Sequence[str] = ()
    ruling: str = ""
    refunds: tuple[ToldRefund, ...] = ()
    by_itself: str = ""
    alarms: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


def told_of(shop: ShopSetting, read: Read, statuses: Mapping[str, PlatformStatus]) -> ToldCase:
    """The case as it is told. What cannot be a case is told as refused; a status that nobody knows is told with an alarm."""
    known = statuses.get(read.status)
    standing = known.standing if known else None
    alarms = read.alarms if known else (*read.alarms, status_unknown(read.status))
    deadline = read.deadline if standing is None or standing in MERCHANTS_TURN else None
    return ToldCase(
        read.number,
        _made(shop, read, known, deadline),
        read.status,
        standing,
        read.updated_at,
        version=read.version,
        deadline=deadline,
        final=standing in OVER,
        refunds=read.refunds,
        by_itself=read.by_itself,
        alarms=alarms,
        raw=read.raw,
    )


def untold(number: str, status: str, at: datetime, raw: Mapping[str, Any], why: str) -> ToldCase:
    """A case that is in a list but cannot be read whole: told as refused and with an alarm, so that nobody loses it."""
    zh = f"售后单 {number} 在列表里，但读不到详情：{why[:200]}；请在平台后台查看"
    en = f"case {number} is in the list but cannot be read whole: {why[:200]}; look at it over there"
    remark = Remark("not_readable", zh, en)
    return ToldCase(number, RowRefused(remark, number), status, None, at, alarms=(remark,), raw=raw)


def unknown_kind(found: str) -> Remark:
    """The alarm of a kind of request that is in no table."""
    return Remark(
        "kind_unknown",
        f"售后类型「{found[:60]}」不在已知取值内，已按是否需要退货归类，请人工确认",
        f"the kind {found[:60]!r} is not among the known ones; it is taken by whether goods go back, look at it",
    )


def _made(
    shop: ShopSetting, read: Read, known: PlatformStatus | None, deadline: datetime | None
) -> CaseMade | RowRefused:
    lacks = [name for name, value in (("order", read.order), ("requested_at", read.requested_at)) if not value]
    lacks += [f"paid of line {line.id}" for line in read.lines if line.paid is None] or (
        [] if read.lines else ["lines"]
    )
    if lacks:
        zh, en = f"平台没有给出：{'、'.join(lacks)}，缺了它无法成案", f"the platform does not say: {', '.join(lacks)}"
        return RowRefused(Remark("missing", zh, en), read.number)
    reason, remarks = reason_told(read.reason)
    case = said(
        case=read.number,
        shop=shop_part(shop, read.labels),
        market=shop.market,
        order=_order(shop, read),
        shipments=[dict(shipment) for shipment in read.shipments],
        request=said(
            kind=read.kind,
            reason=reason,
            requested_at=iso(read.requested_at),
            agreed_at=iso(read.agreed_at),
            amount=write(read.asked, shop.currency),
            message=read.message,
        ),
        return_parcel=dict(read.parcel),
        buyer=said(name=read.buyer),
        platform=said(status=_word(read, known), deadline=iso(deadline), ruling=read.ruling),
    )
    over = known is not None and known.standing in OVER
    as_of = read.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return CaseMade(read.number, case, "closed" if over else "open", as_of, (*read.remarks, *remarks))


def _order(shop: ShopSetting, read: Read) -> dict[str, Any]:
    lines = [
        said(
            id=line.id,
            sku=line.sku,
            title=line.title,
            quantity=line.quantity,
            paid=write(line.paid, shop.currency),
            category=shop.category,
        )
        for line in read.lines
    ]
    captured = write(sum([line.paid or 0 for line in read.lines]), shop.currency)
    payment = said(id=read.payment or "platform", method="platform", captured=captured)
    return said(
        id=read.order,
        currency=shop.currency,
        placed_at=iso(read.placed_at),
        paid_at=iso(read.paid_at),
        lines=lines,
        payments=[payment],
    )


def _word(read: Read, known: PlatformStatus | None) -> str:
    return "；".join([known.says.zh if known else read.status, *read.words])
