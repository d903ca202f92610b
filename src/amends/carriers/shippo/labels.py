"""Shippo's labels: a shipment that is a return, its rates, one transaction, given back while it is unused."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final
from urllib.parse import quote

from amends.carriers.codes import ours_of
from amends.carriers.kernel import body_of, json_of, objects, part, read, text
from amends.carriers.label_form import address, amount_of, cheapest
from amends.carriers.shippo.states import CODES
from amends.facts.channels import UnableToTalk
from amends.facts.labels import LabelOutcome, LabelReceipt, LabelWanted, Rate
from amends.facts.tracking import NetworkAccess
from amends.facts.wire import WireAnswer, WireRequest

HOSTS: Final = frozenset(
    {"deliver.goshippo.com", "shippo-delivery.s3.amazonaws.com", "shippo-delivery-east.s3.amazonaws.com"}
)
"""Where the files of labels lie."""
_LOOKED_BACK: Final = 3
"""Pages of a hundred transactions, newest first, in which a label with our key is looked for: the network keeps no keys."""
_VOIDED: Final[dict[str, LabelOutcome]] = {
    "QUEUED": "voiding",
    "PENDING": "voiding",
    "SUCCESS": "voided",
    "ERROR": "failed",
}


def buy(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Look among the last transactions for our key (their ``metadata``) first; then rates, then one transaction."""
    if wanted.offer is not None:
        return (yield from _pay(access, headers, wanted.offer.id, wanted.key))
    for page in range(1, _LOOKED_BACK + 1):
        answer = yield WireRequest("GET", f"{access.url}/transactions?results=100&page={page}", headers)
        if answer.status != 200:
            return _not_done(answer, sold=None)
        found = json_of(answer.body)
        for one in objects(found, "results"):
            if text(one, "metadata") == wanted.key and text(one, "status") in ("SUCCESS", "QUEUED", "WAITING"):
                return (yield from _settled(access, headers, one))
        if not text(found, "next"):
            break
    answer = yield WireRequest("POST", f"{access.url}/shipments", headers, body_of(_shipment(wanted)))
    if answer.status not in (200, 201):
        return _not_done(answer, sold=False)
    rate = cheapest(_rates(json_of(answer.body)), wanted)
    if rate is None:
        return LabelReceipt("failed", code="no_rate", message="no rate fits what is wanted")
    return (yield from _pay(access, headers, rate.id, wanted.key))


def _pay(
    access: NetworkAccess, headers: Mapping[str, str], rate: str, key: str
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """One transaction of a rate. A second one of the same rate would be a second label: whoever calls sees to it that there is none."""
    content = {"rate": rate, "label_file_type": "PDF_4x6", "metadata": key, "async": False}
    answer = yield WireRequest("POST", f"{access.url}/transactions", headers, body_of(content))
    if answer.status not in (200, 201):
        return _not_done(answer, sold=None)
    return (yield from _settled(access, headers, json_of(answer.body)))


def rates(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
    """What a shipment that is made for it would cost. It costs nothing to make one."""
    answer = yield WireRequest("POST", f"{access.url}/shipments", headers, body_of(_shipment(wanted)))
    return tuple(_rates(read(answer)))


def look(
    access: NetworkAccess, headers: Mapping[str, str], wanted: LabelWanted
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Whether there is a transaction of the offer's rate that was paid, or may still be."""
    if wanted.offer is None:
        raise UnableToTalk("refused", "only the label of an offer can be asked about")
    answer = yield WireRequest(
        "GET", f"{access.url}/transactions?results=100&rate={quote(wanted.offer.id, safe='')}", headers
    )
    if answer.status != 200 or not isinstance(part(json_of(answer.body), "results"), list):
        return LabelReceipt("unknown", code=f"http_{answer.status}")
    listed = objects(json_of(answer.body), "results")
    mine = [one for one in listed if _rate_of(one) == wanted.offer.id or text(one, "metadata") == wanted.key]
    alive = [one for one in mine if text(one, "status") in ("SUCCESS", "QUEUED", "WAITING")]
    if alive:
        return (yield from _settled(access, headers, alive[0]))
    return LabelReceipt("absent")


def _rate_of(transaction: Any) -> str:
    return text(transaction, "rate") or text(transaction, "rate", "object_id")


def void(
    access: NetworkAccess, headers: Mapping[str, str], reference: str
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """Ask for the money back; a refund that was asked for already is read instead."""
    answer = yield WireRequest("GET", f"{access.url}/refunds?results=100", headers)
    known = [one for one in objects(json_of(answer.body), "results") if text(one, "transaction") == reference]
    if answer.status != 200:
        return _not_done(answer, sold=None)
    found: Any = known[0] if known else None
    if found is None or text(found, "status") == "ERROR":
        content = body_of({"transaction": reference, "async": False})
        answer = yield WireRequest("POST", f"{access.url}/refunds", headers, content)
        if answer.status not in (200, 201):
            return _not_done(answer, sold=None)
        found = json_of(answer.body)
    status = text(found, "status")
    return LabelReceipt(_VOIDED.get(status, "unknown"), reference, code=status)


def _shipment(wanted: LabelWanted) -> dict[str, Any]:
    """Addresses as the parcel went out: for a return the network turns them round."""
    length, width, height = [str(one) for one in wanted.millimetres]
    return {
        "address_from": address(wanted.seller),
        "address_to": address(wanted.buyer),
        "parcels": [
            {
                "length": length,
                "width": width,
                "height": height,
                "distance_unit": "mm",
                "weight": str(wanted.grams),
                "mass_unit": "g",
            }
        ],
        "extra": {"is_return": True},
        "metadata": wanted.key,
        "async": False,
    }


def _rates(shipment: Any) -> list[Rate]:
    known, found = ours_of(CODES), []
    for one in objects(shipment, "rates"):
        amount = amount_of(text(one, "amount"), text(one, "currency"))
        if amount is not None:
            carrier = known.get(text(one, "provider").lower().replace(" ", "_"), "")
            service = text(one, "servicelevel", "token")
            days = text(one, "estimated_days")
            found.append(
                Rate(
                    text(one, "object_id"),
                    carrier,
                    service,
                    amount,
                    text(one, "currency"),
                    text(shipment, "object_id"),
                    text(one, "provider"),
                    int(days) if days.isdecimal() else None,
                )
            )
    return found


def _settled(
    access: NetworkAccess, headers: Mapping[str, str], transaction: Any
) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
    """The receipt of a transaction, with its rate read where only its id is told."""
    status, reference = text(transaction, "status"), text(transaction, "object_id")
    if status == "ERROR":
        said = "; ".join([text(one, "text") for one in objects(transaction, "messages")])
        return LabelReceipt("failed", reference, code="ERROR", message=said[:300])
    if status != "SUCCESS":
        return LabelReceipt("unknown", reference, code=status, message="the label is not ready yet")
    rate = part(transaction, "rate")
    if isinstance(rate, str):
        answer = yield WireRequest("GET", f"{access.url}/rates/{quote(rate, safe='')}", headers)
        rate = json_of(answer.body) if answer.status == 200 else None
    currency = text(rate, "currency")
    return LabelReceipt(
        "bought",
        reference,
        text(transaction, "tracking_number"),
        ours_of(CODES).get(text(rate, "provider").lower().replace(" ", "_"), ""),
        text(transaction, "label_url"),
        amount_of(text(rate, "amount"), currency),
        currency,
    )


def _not_done(answer: WireAnswer, *, sold: bool | None) -> LabelReceipt:
    """What an answer that is no label means. `sold`: False where nothing can have been bought by that call."""
    found = json_of(answer.body)
    code, message = f"http_{answer.status}", text(found, "detail") or text(found, "message")
    if answer.status in (401, 403, 429) or (sold is False and answer.status >= 500):
        return LabelReceipt("absent", code=code, message=message)
    if answer.status >= 500 or answer.status == 408:
        return LabelReceipt("unknown", code=code, message=message)
    return LabelReceipt("failed", code=code, message=message)
