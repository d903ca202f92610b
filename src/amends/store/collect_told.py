"""What gateways tell by themselves of money that came in: applied to the steps that it is about, once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.facts.collect import OPEN_COLLECTIONS, PaymentTold, concluded, read_told_payment
from amends.facts.inbox import NoticeState
from amends.facts.wire import Notice
from amends.store.collect_book import take_found, take_watched
from amends.store.collect_rows import order_of, watch_of
from amends.store.models import CollectionRow

_CAME: Final = ("held", "paid", "authorised")
_BEFORE: Final = ("open", "approved", "authorised", "held")
"""What is so before anything is taken or let go. Told late, it says nothing of a capture or a release that was sent since."""


def take_collection(source: str, notice: Notice, at: datetime) -> tuple[NoticeState, str]:
    """Will make of a notice what it means: for the step that brought the money in, and for what was to be done with it."""
    row = brought_by(source, notice, lock=True)
    if row is None:
        return "exception", "no step of ours fits this payment"
    told = read_told_payment(notice.detail["told"])
    if row.payment and told.first != row.payment and told.state in _CAME:
        row.alarm = f"paid a second time: {told.payment}; look at the gateway's own console"[:300]
        row.save(update_fields=["alarm"])
        return "exception", row.alarm
    if told.step is None:
        _take_told(row, told, at)
    for step in _followed(row):
        if told.step == step.kind or (told.step is None and told.state not in _BEFORE):
            take_found(step, concluded(order_of(step), told), at, "notice")
    strange = _strange(row, told) or row.alarm
    return ("exception", strange) if strange else ("done", "")


def _strange(row: CollectionRow, told: PaymentTold) -> str:
    """What a person must see of a notice, for no step of ours goes with it."""
    taken = row.followed.filter(kind="capture", state="succeeded")
    if told.state == "declined" and told.step == "capture" and taken.exists():
        return "a capture that had succeeded failed afterwards; look at the gateway's own console"
    if not row.hold and told.state == "declined" and told.step == "capture":
        return "the buyer paid, and taking the money failed afterwards; look at the gateway's own console"
    if not row.hold and told.state == "cancelled" and row.state == "succeeded":
        return "what was paid has been cancelled at the gateway; look at its own console"
    if told.state == "paid" and row.hold and not taken.exists():
        return "what was held has been taken, and no step of ours took it; look at the gateway's own console"
    return ""


def _take_told(row: CollectionRow, told: PaymentTold, at: datetime) -> None:
    """Will make of a notice what it means for the step that brought the money in. What waits for our word is asked about at once."""
    if row.state == "succeeded":
        _about_what_is_held(row, told, at)
        return
    take_found(row, concluded(order_of(row), told), at, "notice")
    if told.state == "approved" and row.state in OPEN_COLLECTIONS:
        row.due_at = at
        row.save(update_fields=["due_at"])


def brought_by(source: str, notice: Notice, *, lock: bool = False) -> CollectionRow | None:
    """Will give the step that brought a payment in: by our key, else by the gateway's id of it."""
    rows = CollectionRow.objects.filter(gateway=source, kind__in=("link", "authorise")).select_related("brought")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(key=notice.key).first() if notice.key else None
    if found is None and notice.payment_reference:
        found = rows.filter(payment=notice.payment_reference).first()
    return found


def _about_what_is_held(row: CollectionRow, told: PaymentTold, at: datetime) -> None:
    if row.watch:
        take_watched(row, concluded(watch_of(row), told), at, "notice")


def _followed(row: CollectionRow) -> list[CollectionRow]:
    """What was sent about the payment and has no outcome yet."""
    rows = CollectionRow.objects.select_for_update(of=("self",)).select_related("brought")
    live = rows.filter(brought=row, kind__in=("capture", "release"), state__in=OPEN_COLLECTIONS)
    return [one for one in live if one.state != "requested"]
