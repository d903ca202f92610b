"""Evidence of goods: packing videos and weighing photos by order or waybill, and listings as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import bad_value
from amends.desk.vault.listings import listing_versions, tell_listing
from amends.desk.vault.packing import HEAVIEST, check_shop, keep_goods_file
from amends.facts.evidence import Upload
from amends.facts.listings import KeptListing, Listing
from amends.facts.vault import GoodsOf, GoodsProof
from amends.web.api import answers_evidence as a
from amends.web.api import told
from amends.web.api.calls import allowed, once
from amends.web.api.orders import Name
from amends.web.api.routes import Key, answers, scoped
from amends.web.api.schemas_evidence import ListingIn, NumberKind, Purpose
from amends.web.front import front

router: Final = Router(tags=["evidence"])
CHUNK: Final = 256 * 1024
File = Annotated[str, Path(min_length=1, max_length=120, description="What the file is called; it tells nothing else.")]
Sku = Annotated[str, Path(min_length=1, max_length=120)]
Grams = Annotated[int | None, Query(ge=1, le=HEAVIEST, description="What the scales said, in grams.")]
_FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put("/shops/{shop}/goods/{number}/files/{name}", response=answers(a.GoodsFilePut), operation_id="put_goods_file",
            summary="Keep a packing video or a weighing photo", openapi_extra=scoped("evidence:write") | _FILE)  # fmt: skip
def put_file(
    request: HttpRequest,
    shop: Name,
    number: Name,
    name: File,
    purpose: Purpose = "packing",
    number_is: NumberKind = "order",
    grams: Grams = None,
) -> HttpResponse:
    """The body is the file itself, up to 2 GB of video. It is kept under the order or waybill before there is any case, and is on every
    case of it from then on. The very same file again changes nothing."""
    person, desk = allowed(request, "evidence:write"), front().vault
    check_shop(desk, shop, person, "receive")
    order, waybill = (number, "") if number_is == "order" else ("", number)
    if len(waybill) > 64:
        raise bad_value("number", "a waybill has at most 64 letters and digits", "运单号最长 64 个字符")
    parcel = GoodsOf(shop, order, waybill, purpose, grams)
    kept, new = keep_goods_file(desk, parcel, Upload(name, lambda: _chunks(request)), actor(person), "api")
    return told.reply(request, _file(kept) | {"new": new})


@router.get("/shops/{shop}/goods/{number}/files", response=answers(a.GoodsFiles), operation_id="list_goods_files",
            summary="What is kept of an order or a waybill", openapi_extra=scoped("evidence:read"))  # fmt: skip
def list_files(request: HttpRequest, shop: Name, number: Name) -> HttpResponse:
    """With the weights; the files themselves stay in the house."""
    person, desk = allowed(request, "evidence:read"), front().vault
    check_shop(desk, shop, person, "see")
    return told.reply(request, {"items": [_file(one) for one in desk.goods.of_parcel(shop, number, number)]})


@router.put("/shops/{shop}/listings/{sku}", response=answers(a.ListingPut), operation_id="tell_listing",
            summary="Tell a listing as it stands", openapi_extra=scoped("evidence:write"))  # fmt: skip
def put_listing(
    request: HttpRequest, shop: Name, sku: Sku, body: Annotated[ListingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Makes a version where anything differs from the one before; the case of an order shows what stood when it was placed."""
    person = allowed(request, "evidence:write")
    listing = Listing(body.title, body.text, body.price, body.currency, body.attributes, tuple(body.pictures), body.url)

    def do() -> Any:
        kept, new = tell_listing(front().vault, person, shop, sku, listing, _instant(body.as_of))
        return told.answer(_version(kept) | {"new": new})

    return once(request, do, needed=False)


@router.get("/shops/{shop}/listings/{sku}", response=answers(a.ListingVersions), operation_id="list_listing_versions",
            summary="The versions of a listing", openapi_extra=scoped("evidence:read"))  # fmt: skip
def get_listing(request: HttpRequest, shop: Name, sku: Sku) -> HttpResponse:
    """The newest first, at most 200."""
    person = allowed(request, "evidence:read")
    return told.reply(request, {"items": [_version(one) for one in listing_versions(front().vault, person, shop, sku)]})


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise bad_value(
            "as_of", "an instant with its offset is wanted, 2026-11-26T08:00:00+08:00", "请填写带时区的时间"
        )
    return found


def _file(one: GoodsProof) -> dict[str, Any]:
    parcel = one.parcel
    return {
        "sha256": one.sha256,
        "shop": parcel.shop,
        "order": parcel.order,
        "waybill": parcel.waybill,
        "purpose": parcel.purpose,
        "grams": parcel.grams,
        "kind": one.kind,
        "mime": one.mime,
        "size": one.size,
        "name": one.name,
        "at": one.at.isoformat(),
    }


def _version(one: KeptListing) -> dict[str, Any]:
    listing = one.listing
    return {
        "shop": one.shop,
        "sku": one.sku,
        "version": one.number,
        "as_of": one.at.isoformat(),
        "told_at": one.told_at.isoformat(),
        "sha256": one.digest,
        "title": listing.title,
        "text": listing.text,
        "price": listing.price,
        "currency": listing.currency,
        "attributes": dict(listing.attributes),
        "pictures": list(listing.pictures),
        "url": listing.url,
    }
