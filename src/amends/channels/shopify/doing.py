"""What a merchant does to a return at Shopify besides paying: agree, refuse, take the goods in, write a note.

None of these calls takes a key, so each looks first how the return stands; done already is done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from amends.channels.shopify import documents
from amends.channels.shopify.numbers import mark, marks, tail
from amends.channels.shopify.reading import Talk, Thing, find_return, order_id
from amends.channels.shopify.receipts import ABSENT, DONE, no_such, of_fault, of_look, of_payload
from amends.channels.shopify.statuses import nodes, to_look_at
from amends.channels.shopify.talking import ask
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason

REASONS: Final = (
    PlatformReason("RETURN_PERIOD_ENDED", "退货期限已过 / The return period has ended"),
    PlatformReason("FINAL_SALE", "不可退换商品 / The items are final sale"),
    PlatformReason("OTHER", "其他原因 / Another reason", hint="请写给买家看的说明 / Write the buyer a note"),
)
FINDINGS: Final = frozenset({"PROCESSING_REQUIRED", "NOT_RESTOCKED", "MISSING"})
"""What may be found of goods that came back. RESTOCKED wants a location of the shop's and is left to its staff."""
_LONGEST_DECLINE: Final = 500
_LONGEST_NOTE: Final = 5000


def agree_return(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """Approve the request; Shopify writes to the buyer."""
    send = {"input": {"notifyCustomer": True}}
    return (yield from _from_requested(access, deed, "OPEN CLOSED", "returnApproveRequest", documents.APPROVE, send))


def refuse(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """Decline the request with one of Shopify's reasons; its note reaches the buyer."""
    reason = deed.reason or "OTHER"
    if reason not in {known.code for known in REASONS}:
        return DeedReceipt(
            "failed", code="reason", message=f"reason: {reason!r} is none of Shopify's reasons to decline"
        )
    if len(deed.text) > _LONGEST_DECLINE:
        return DeedReceipt(
            "failed", code="too_long", message=f"text: at most {_LONGEST_DECLINE} characters reach the buyer"
        )
    send = {"input": {"declineReason": reason, "declineNote": deed.text, "notifyCustomer": True}}
    return (yield from _from_requested(access, deed, "DECLINED", "returnDeclineRequest", documents.DECLINE, send))


def _from_requested(
    access: Access, deed: Deed, after: str, name: str, document: str, send: dict[str, dict[str, Any]]
) -> Talk[DeedReceipt]:
    """Do what is only possible while a return is requested; one that stands in `after` has been through it."""
    try:
        found = yield from find_return(access, deed.case)
    except UnableToTalk as fault:
        return of_look(fault)
    if found is None:
        return no_such("return", deed.case)
    status = str(found[0].get("status"))
    if status in after.split():
        return DONE
    if status != "REQUESTED":
        return DeedReceipt("stale", code=status, message=f"return {deed.case} is {status} by now")
    try:
        answer = yield from ask(access, document, input={"id": found[0]["id"], **send["input"]})
    except UnableToTalk as fault:
        return of_fault(fault)
    return of_payload(answer.data.get(name))


def confirm_receipt(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """Take in what came back: `reason` says what was found of it, by default that it has to be looked through."""
    finding = deed.reason or "PROCESSING_REQUIRED"
    if finding not in FINDINGS:
        return DeedReceipt(
            "failed", code="reason", message=f"reason: {finding!r} should be one of {', '.join(sorted(FINDINGS))}"
        )
    try:
        found = yield from find_return(access, deed.case)
    except UnableToTalk as fault:
        return of_look(fault)
    if found is None:
        return no_such("return", deed.case)
    asked = found[0]
    left, comes_back = _left(asked, deed), any(True for _ in to_look_at(asked))
    if comes_back and not left:
        return DONE
    if asked.get("status") != "OPEN":
        return DeedReceipt(
            "stale", code=str(asked.get("status")), message=f"return {deed.case} is {asked.get('status')}"
        )
    if not comes_back:
        return DeedReceipt("failed", code="nothing_back", message=f"nothing comes back by return {deed.case}")
    items = [
        {"reverseFulfillmentOrderLineItemId": line["id"], "quantity": quantity, "dispositionType": finding}
        for line, quantity in left
    ]
    processed = _to_process(asked, left, items)
    try:
        if processed:
            answer = yield from ask(
                access, documents.PROCESS, input={"returnId": asked["id"], "returnLineItems": processed}
            )
            return of_payload(answer.data.get("returnProcess"))
        answer = yield from ask(access, documents.DISPOSE, items=items)
    except UnableToTalk as fault:
        return of_fault(fault)
    return of_payload(answer.data.get("reverseFulfillmentOrderDispose"))


def _left(asked: Thing, deed: Deed) -> list[tuple[Thing, int]]:
    """What of the lines that the deed names (all, where it names none) has not been looked at."""
    wanted = {item.line: item.quantity for item in deed.lines}
    lines = {str((line.get("fulfillmentLineItem") or {}).get("id")): line for line in nodes(asked, "returnLineItems")}
    found = []
    for item, left in to_look_at(asked):
        line = lines.get(str((item.get("fulfillmentLineItem") or {}).get("id")), {})
        name = tail(((line.get("fulfillmentLineItem") or {}).get("lineItem") or {}).get("id"))
        seen = int(item.get("totalQuantity") or 0) - left
        due = left if not wanted else max(0, min(left, wanted.get(name, 0) - seen))
        if due:
            found.append((item, due))
    return found


def _to_process(asked: Thing, left: list[tuple[Thing, int]], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as lines of `returnProcess`, for a return whose lines have not been processed; [] where they have."""
    lines = {str((line.get("fulfillmentLineItem") or {}).get("id")): line for line in nodes(asked, "returnLineItems")}
    found = []
    for (item, quantity), disposition in zip(left, items, strict=True):
        line = lines.get(str((item.get("fulfillmentLineItem") or {}).get("id")))
        if line is None or int(line.get("unprocessedQuantity") or 0) < quantity:
            return []
        found.append({"id": line["id"], "quantity": quantity, "dispositions": [disposition]})
    return found


def note(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """Write below the order's note, once for each key. What stands there stays."""
    try:
        order = yield from _noted(access, deed)
    except UnableToTalk as fault:
        return of_look(fault)
    if order is None:
        return no_such("order", deed.order or deed.case)
    if _is_noted(order, deed):
        return DONE
    text = f"{deed.text.replace('[', '(').replace(']', ')')} {mark(deed.key)}"
    whole = "\n".join([part for part in (str(order.get("note") or ""), text) if part])
    if len(whole) > _LONGEST_NOTE:
        return DeedReceipt("failed", code="too_long", message=f"an order's note holds {_LONGEST_NOTE} characters")
    try:
        answer = yield from ask(access, documents.NOTE, input={"id": order["id"], "note": whole})
    except UnableToTalk as fault:
        return of_fault(fault)
    return of_payload(answer.data.get("orderUpdate"))


def _noted(access: Access, deed: Deed) -> Talk[Thing | None]:
    found = yield from find_return(access, deed.case)
    identity = found[1] if found else (yield from order_id(access, deed.order))
    if identity is None:
        return None
    answer = yield from ask(access, documents.MONEY, id=identity)
    order: Thing | None = answer.data.get("order")
    return order


def _is_noted(order: Thing, deed: Deed) -> bool:
    return deed.key in [key for key, _ in marks(order.get("note"))]


def stands(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """What became of a deed, by how the return or the order stands now."""
    try:
        if deed.action == "note":
            order = yield from _noted(access, deed)
            return DONE if order and _is_noted(order, deed) else ABSENT
        found = yield from find_return(access, deed.case)
    except UnableToTalk as fault:
        return of_look(fault)
    was = _WAS_DONE.get(deed.action)
    return DONE if found and was and was(found[0], deed) else ABSENT


_WAS_DONE: Final[dict[str, Callable[[Thing, Deed], bool]]] = {
    "agree_return": lambda asked, _: asked.get("status") in ("OPEN", "CLOSED"),
    "refuse": lambda asked, _: asked.get("status") == "DECLINED",
    "confirm_receipt": lambda asked, deed: any(True for _ in to_look_at(asked)) and not _left(asked, deed),
}
