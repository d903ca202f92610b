"""Notes on a WooCommerce order, seen by the merchant's people only. Our key stands in the note, so that it is written once."""

from __future__ import annotations

from collections.abc import Generator

from amends.channels.kernel_rest import let_in, text_of, unsure
from amends.channels.woocommerce.calls import every, post, read
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.wire import WireAnswer, WireRequest

_Receipt = Generator[WireRequest, WireAnswer, DeedReceipt]


def write(access: Access, deed: Deed) -> _Receipt:
    """Write it, unless it is there."""
    known = yield from written(access, deed)
    if known.outcome != "absent":
        return known
    content = {"note": f"{deed.text}\n[{deed.key}]", "customer_note": False}
    answer = yield post(access, f"orders/{deed.order}/notes", content)
    try:
        return DeedReceipt("done", text_of(read(answer), "id"))
    except UnableToTalk as fault:
        if fault.why in ("refused", "missing"):
            return DeedReceipt("failed", code=fault.code, message=str(fault))
        return let_in(fault) or unsure(fault)


def written(access: Access, deed: Deed) -> _Receipt:
    """Whether it is there."""
    if not (deed.order.isascii() and deed.order.isdecimal()):
        return DeedReceipt("failed", code="missing", message=f"order: {deed.order[:40]!r} is no order's number")
    try:
        notes = yield from every(access, f"orders/{deed.order}/notes", type="any")
    except UnableToTalk as fault:
        if fault.why == "missing":
            return DeedReceipt("failed", code=fault.code, message=str(fault))
        return unsure(fault)
    for note in notes:
        if deed.key in text_of(note, "note"):
            return DeedReceipt("done", text_of(note, "id"))
    return DeedReceipt("absent")
