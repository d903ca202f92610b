"""Listings as they stood: what a page said of goods, version by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

FIELDS = ("title", "text", "price", "currency", "attributes", "pictures", "url")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page says of a SKU. `pictures`: the SHA-256 of each, in their order."""

    title: str
    text: str = ""
    price: str = ""
    currency: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()
    url: str = ""

    @property
    def digest(self) -> str:
        """Its fingerprint: the same says the same."""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptListing:
    """A version: from `at` on it stood so, as was told at `told_at`."""

    shop: str
    sku: str
    number: int
    at: datetime
    told_at: datetime
    by: str
    listing: Listing
    digest: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a page says otherwise today."""

    field: str
    name: str
    was: str
    now: str


def differences(then: Listing, now: Listing) -> tuple[Difference, ...]:
    """What differs, field by field; attributes each by its name."""
    found = [
        Difference(name, "", str(getattr(then, name)), str(getattr(now, name)))
        for name in ("title", "text", "price", "currency", "url")
        if getattr(then, name) != getattr(now, name)
    ]
    for name in sorted({*then.attributes, *now.attributes}):
        was, today = then.attributes.get(name, ""), now.attributes.get(name, "")
        if was != today:
            found.append(Difference("attributes", name, was, today))
    if then.pictures != now.pictures:
        found.append(Difference("pictures", "", ", ".join(then.pictures), ", ".join(now.pictures)))
    return tuple(found)


def as_text(kept: KeptListing) -> str:
    """A version as a page of text, the same bytes every time: to be kept as evidence."""
    one = kept.listing
    lines = [
        f"Listing / 商品页快照: {kept.shop} · {kept.sku}",
        f"Version / 版本: {kept.number}",
        f"Stood from / 生效时间: {kept.at.isoformat()}",
        f"Told / 记录时间: {kept.told_at.isoformat()} ({kept.by})",
        f"SHA-256: {kept.digest}",
        "",
        f"Title / 标题: {one.title}",
        f"Price / 价格: {one.price} {one.currency}".rstrip(),
        *([f"URL: {one.url}"] if one.url else []),
        *[f"{name}: {value}" for name, value in sorted(one.attributes.items())],
        *[f"Picture / 图片 {at}: {sha}" for at, sha in enumerate(one.pictures, 1)],
        "",
        one.text,
        "",
    ]
    return "\n".join(lines)
