"""EasyPost's labels: a shipment that is a return, bought once, given back while it is unused."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final
from urllib.parse import quote

from amends.carriers.codes import ours_of
from amends.carriers.easypost.states import CODES
from amends.carriers.kernel import body_of, json_of, objects, part, read, text
from amends.carriers.label_form import address, amount_of, cheapest, inches, ounces
from amends.facts.channels import UnableToTalk
from amends.facts.labels import LabelOutcome, LabelReceipt, LabelWanted, Rate
from amends.facts.tracking import NetworkAccess
from amends.facts.wire import WireAnswer, WireRequest

HOSTS: Final = frozenset(
    {
        "easypost-files.s3.amazonaws.com",
        "easypost-files.s3-us-west-2.amazonaws.com",
        "easypost-files.s3.us-west-2.amazonaws.com",
    }
)
"""Where the files of labels lie."""
_BOUGHT_ALREADY: Final = "SHIPMENT.POSTAGE.EXISTS"
_VOIDED: Final[dict[str, LabelOutcome]] = {
    "submitted": "voiding",
    "refunded": "voided",
    "rejected": "failed",
    "not_applicable": "failed",
}


def buy(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Look for the shipment with our key; make it where there is none, and buy the cheapest rate that fits. The network refuses to sell
    a second label for one shipment, so the same key never pays twice."""
    if wanted.offer is not None:
        return (yield from _pay(access, headers, wanted.offer.shipment, wanted.offer.id))
    shipments = f"{access.url}/v2/shipments"
    answer = yield WireRequest("GET", f"{shipments}/{quote(wanted.key, safe='')}", headers)
    if answer.status == 404:
        answer = yield WireRequest("POST", shipments, headers, body_of({"shipment": _shipment(wanted)}))
        if answer.status not in (200, 201):
            return _not_done(answer, sold=False)
    elif answer.status != 200:
        return _not_done(answer, sold=None)
    found = json_of(answer.body)
    if text(found, "postage_label", "label_url"):
        return _bought(found)
    rate = cheapest(_rates(found), wanted)
    if rate is None:
        return LabelReceipt("failed", text(found, "id"), code="no_rate", message="no rate fits what is wanted")
    return (yield from _pay(access, headers, text(found, "id"), rate.id))


def _pay(
    access: NetworkAccess, headers: Mapping[str, str], shipment: str, rate: str
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Buy a rate of a shipment; where its label was bought already, that one."""
    one = f"{access.url}/v2/shipments/{quote(shipment, safe='')}"
    answer = yield WireRequest("POST", f"{one}/buy", headers, body_of({"rate": {"id": rate}}))
    if text(json_of(answer.body), "error", "code") == _BOUGHT_ALREADY:
        answer = yield WireRequest("GET", one, headers)
    if answer.status not in (200, 201):
        return _not_done(answer, sold=None)
    return _bought(json_of(answer.body))


def rates(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
    """What a shipment that is made for it would cost. It costs nothing to make one."""
    answer = yield WireRequest("POST", f"{access.url}/v2/shipments", headers, body_of({"shipment": _shipment(wanted)}))
    found = json_of(answer.body)
    return tuple(_rates(read(answer, text(found, "error", "code"), text(found, "error", "message"))))


def look(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Whether the shipment of the offer has its label."""
    if wanted.offer is None:
        raise UnableToTalk("refused", "only the label of an offer can be asked about")
    answer = yield WireRequest("GET", f"{access.url}/v2/shipments/{quote(wanted.offer.shipment, safe='')}", headers)
    if answer.status != 200:
        return LabelReceipt("unknown", wanted.offer.shipment, code=f"http_{answer.status}")
    found = json_of(answer.body)
    if text(found, "id") != wanted.offer.shipment:
        return LabelReceipt("unknown", wanted.offer.shipment, code="strange", message="the answer cannot be read")
    if text(found, "postage_label", "label_url"):
        return _bought(found)
    return LabelReceipt("absent", wanted.offer.shipment)


def void(
    access: NetworkAccess, headers: Mapping[str, str], reference: str
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Ask for the money back. Asked again it answers how far that is."""
    answer = yield WireRequest("POST", f"{access.url}/v2/shipments/{quote(reference, safe='')}/refund", headers)
    found = json_of(answer.body)
    if answer.status not in (200, 201) or found is None:
        return _not_done(answer, sold=None)
    status = text(found, "refund_status")
    return LabelReceipt(_VOIDED.get(status, "unknown"), reference, code=status)


def _shipment(wanted: LabelWanted) -> dict[str, Any]:
    """Addresses as the parcel went out: for a return the network turns them round."""
    length, width, height = wanted.millimetres
    return {
        "is_return": True,
        "reference": wanted.key,
        "from_address": address(wanted.seller),
        "to_address": address(wanted.buyer),
        "parcel": {
            "length": inches(length),
            "width": inches(width),
            "height": inches(height),
            "weight": ounces(wanted.grams),
        },
    }


def _rates(shipment: Any) -> list[Rate]:
    known, found = ours_of(CODES), []
    for one in objects(shipment, "rates"):
        amount = amount_of(text(one, "rate"), text(one, "currency"))
        if amount is not None:
            carrier = known.get(text(one, "carrier").lower(), "")
            days = text(one, "delivery_days")
            found.append(
                Rate(
                    text(one, "id"),
                    carrier,
                    text(one, "service"),
                    amount,
                    text(one, "currency"),
                    text(shipment, "id"),
                    text(one, "carrier"),
                    int(days) if days.isdecimal() else None,
                )
            )
    return found


def _bought(shipment: Any) -> LabelReceipt:
    chosen = part(shipment, "selected_rate")
    currency = text(chosen, "currency")
    url, waybill = text(shipment, "postage_label", "label_url"), text(shipment, "tracking_code")
    if not url or not waybill:
        return LabelReceipt("unknown", text(shipment, "id"), code="no_label", message="the answer names no label")
    carrier = ours_of(CODES).get(text(chosen, "carrier").lower(), "")
    cost = amount_of(text(chosen, "rate"), currency)
    return LabelReceipt("bought", text(shipment, "id"), waybill, carrier, url, cost, currency)


def _not_done(answer: WireAnswer, *, sold: bool | None) -> LabelReceipt:
    """What an answer that is no label means. `sold`: False where nothing can have been bought by that call."""
    found = json_of(answer.body)
    code, message = text(found, "error", "code") or f"http_{answer.status}", text(found, "error", "message")
    if answer.status in (401, 403, 429) or (sold is False and answer.status >= 500):
        return LabelReceipt("absent", code=code, message=message)
    if answer.status >= 500 or answer.status == 408:
        return LabelReceipt("unknown", code=code, message=message)
    return LabelReceipt("failed", code=code, message=message)
