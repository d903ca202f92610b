"""What the API answers about evidence of goods and about listings."""

from __future__ import annotations

from amends.web.api.answers import Told


class GoodsFileTold(Told):
    """A file that is kept under an order or a waybill."""

    sha256: str
    shop: str
    order: str
    waybill: str
    purpose: str
    grams: int | None
    kind: str
    mime: str
    size: int
    name: str
    at: str


class GoodsFilePut(GoodsFileTold):
    """The file, and whether it is new there."""

    new: bool


class GoodsFiles(Told):
    """The files."""

    items: list[GoodsFileTold]


class ListingTold(Told):
    """A version of a listing. `sha256`: its fingerprint."""

    shop: str
    sku: str
    version: int
    as_of: str
    told_at: str
    sha256: str
    title: str
    text: str
    price: str
    currency: str
    attributes: dict[str, str]
    pictures: list[str]
    url: str


class ListingPut(ListingTold):
    """The version that stands, and whether it is new."""

    new: bool


class ListingVersions(Told):
    """The versions."""

    items: list[ListingTold]
