"""What is done to a Medusa return: agreed (a mark at the order), refused (canceled), received. Each looks first what is there."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import UTC
from typing import Any

from amends.channels.kernel_rest import items_of, let_in, part, text_of, unsure
from amends.channels.medusa.calls import CHANGES, RETURN, get, name, post, read, thing
from amends.channels.medusa.standing import mark_name
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.wire import Seal, WireAnswer, WireRequest

_Receipt = Generator[WireRequest, WireAnswer, DeedReceipt]
_Told = Generator[WireRequest, WireAnswer, Mapping[str, Any]]
_ACTIVE = frozenset({"pending", "requested"})


def do(access: Access, deed: Deed, seal: Seal) -> _Receipt:
    """Agree, refuse or receive. Every answer is a receipt: what was refused before anything was done, what is not known."""
    changing = False
    try:
        found = yield from _return(access, deed)
        known = yield from _known(access, deed, found)
        if known.outcome != "absent":
            return known
        changing = True
        if deed.action == "agree_return":
            return (yield from _mark(access, deed, found, "agreed", seal))
        if deed.action == "refuse":
            return (yield from _refuse(access, deed, found, seal))
        return (yield from _receive(access, deed, found))
    except UnableToTalk as fault:
        if fault.why in ("refused", "missing"):
            return DeedReceipt("failed", code=fault.code, message=str(fault))
        return (let_in(fault) if changing else None) or unsure(fault)


def done(access: Access, deed: Deed) -> _Receipt:
    """What became of it."""
    try:
        found = yield from _return(access, deed)
        return (yield from _known(access, deed, found))
    except UnableToTalk as fault:
        if fault.why == "missing":
            return DeedReceipt("failed", code=fault.code, message=str(fault))
        return unsure(fault)


def _return(access: Access, deed: Deed) -> _Told:
    return thing((yield get(access, f"returns/{name(deed.case)}", [("fields", RETURN)])), "return")


def _known(access: Access, deed: Deed, found: Mapping[str, Any]) -> _Receipt:
    """Done already, not to be done any more, or `absent`."""
    status = text_of(found, "status")
    if deed.action == "confirm_receipt":
        change = yield from _our_change(access, deed, found)
        if text_of(change, "status") == "confirmed" or (not change and status == "received"):
            return DeedReceipt("done", text_of(change, "id"))
    else:
        order = thing((yield get(access, _order(found), [("fields", "id,metadata")])), "order")
        what = "agreed" if deed.action == "agree_return" else "refused"
        mark = text_of(part(order, "metadata"), mark_name(what, deed.case))
        if mark.startswith(deed.key) and (what == "agreed" or status == "canceled"):
            return DeedReceipt("done", text_of(found, "id"))
    if status == "canceled":
        return DeedReceipt("stale", code="canceled", message="this return has been canceled over there")
    return DeedReceipt("absent")


def _order(found: Mapping[str, Any]) -> str:
    return f"orders/{name(text_of(found, 'order_id'))}"


def _mark(access: Access, deed: Deed, found: Mapping[str, Any], what: str, seal: Seal) -> _Receipt:
    """Leave our key and the time at the order: other marks in its metadata stay."""
    at = seal.at.astimezone(UTC).isoformat(timespec="seconds")
    content = {"metadata": {mark_name(what, deed.case): f"{deed.key} {at}"}}
    read((yield post(access, _order(found), content)))
    return DeedReceipt("done", text_of(found, "id"))


def _refuse(access: Access, deed: Deed, found: Mapping[str, Any], seal: Seal) -> _Receipt:
    """Cancel the return, its label first: the server cancels no return that still has one. Final over there."""
    yield from _mark(access, deed, found, "refused", seal)
    for parcel in items_of(found, "fulfillments"):
        if not part(parcel, "canceled_at"):
            read((yield post(access, f"fulfillments/{name(text_of(parcel, 'id'))}/cancel", {})))
    read((yield post(access, f"returns/{name(deed.case)}/cancel", {})))
    return DeedReceipt("done", text_of(found, "id"))


def _receive(access: Access, deed: Deed, found: Mapping[str, Any]) -> _Receipt:
    """Begin, name the goods, confirm. What an earlier try has begun is gone on with; what somebody else has begun is left alone."""
    change = yield from _our_change(access, deed, found)
    path = f"returns/{name(deed.case)}"
    if not change:
        if (yield from _is_edited(access, found)):
            message = "somebody is changing this order over there; the receipt can be confirmed once that is finished"
            return DeedReceipt("person", code="order_is_edited", message=message)
        read((yield post(access, f"{path}/receive", {"description": deed.key})))
    if not part(change, "actions"):
        read((yield post(access, f"{path}/receive-items", {"items": _items(deed, found)})))
    read((yield post(access, f"{path}/receive/confirm", {})))
    return DeedReceipt("done", text_of(change, "id") or text_of(found, "id"))


def _items(deed: Deed, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What came back: as the deed says, else all that is still awaited."""
    told = {line.line: line.quantity for line in deed.lines if line.quantity}
    items = []
    for item in items_of(found, "items"):
        asked, came = part(item, "quantity"), part(item, "received_quantity")
        left = (asked if isinstance(asked, int) else 0) - (came if isinstance(came, int) else 0)
        count = min(left, told.get(text_of(item, "item_id"), 0) if told else left)
        if count > 0:
            items.append({"id": text_of(item, "item_id"), "quantity": count})
    return items


def _changes(access: Access, found: Mapping[str, Any]) -> Generator[WireRequest, WireAnswer, list[Mapping[str, Any]]]:
    answer = yield get(access, f"{_order(found)}/changes", [("fields", CHANGES)])
    return items_of(read(answer), "order_changes")


def _our_change(access: Access, deed: Deed, found: Mapping[str, Any]) -> _Told:
    """The change to the order with our key in its description; {} where there is none."""
    changes = yield from _changes(access, found)
    mine = [one for one in changes if text_of(one, "description") == deed.key]
    return next((one for one in mine if text_of(one, "status") in {"confirmed", *_ACTIVE}), {})


def _is_edited(access: Access, found: Mapping[str, Any]) -> Generator[WireRequest, WireAnswer, bool]:
    changes = yield from _changes(access, found)
    return any(text_of(one, "status") in _ACTIVE for one in changes)
