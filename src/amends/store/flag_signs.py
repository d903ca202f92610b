"""What is kept of cases to compare them by: read from their files, every contact as a digest that is good within one merchant."""

from __future__ import annotations

import bisect
import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings

from amends.facts.flags import Signs
from amends.store.models import CaseFile, CaseRow, DisputeRow, ShopOrder
from amends.store.tied_claims import claims_of

_YEAR: Final = timedelta(days=365)
_SIZE: Final = re.compile(r"[-_ ./][^-_ ./]+$")
"""What follows the last separator of a SKU tells the variant."""
_BLAMES_BUYER: Final = "责任方：买家"
"""How channels write down a ruling that blames the buyer; other rulings are known as disputes that were won."""


def signs_of(merchant: str, rows: Sequence[CaseRow]) -> list[Signs]:
    """Will read the signs of some cases of a merchant."""
    numbers = [row.pk for row in rows]
    files = dict(CaseFile.objects.filter(case_id__in=numbers).values_list("case_id", "case_json"))
    claims = {
        one.case: one for one in claims_of(merchant, [(row.pk, row.shop_id, row.order_no, row.kind) for row in rows])
    }
    placed = _placed(merchant, {one.buyer for one in claims.values()})
    won = set(DisputeRow.objects.filter(case_id__in=numbers, stage="won").values_list("case_id", flat=True))
    found = []
    for row in rows:
        at, told, file = asked_at(row), claims.get(row.pk), files.get(row.pk) or {}
        orders = None if told is None else _ordered(placed[told.buyer], at)
        ties = {kind: digest(merchant, kind, value) for kind, value in told.ties.items() if value} if told else {}
        who = digest(merchant, "buyer", told.buyer) if told else ""  # a name alone may be many people's
        found.append(_signs(row, at, who, ties, orders, file, ended_well=row.pk in won))
    return found


def asked_at(row: CaseRow) -> datetime:
    """Will give when the buyer asked; where that is not told, when the case came in."""
    return datetime.fromtimestamp(row.asked_order, UTC) if row.asked_order > 0 else row.imported_at


def digest(merchant: str, kind: str, value: str) -> str:
    """Will give a digest that only this house can make, and that fits nothing of another merchant."""
    secret = hashlib.sha256(b"flags:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{merchant}\n{kind}\n{value}".encode(), hashlib.sha256).hexdigest()[:32]


def _placed(merchant: str, buyers: set[str]) -> Mapping[str, list[datetime]]:
    """When each buyer placed orders, in order. A buyer is known by the e-mail, where there is none by the telephone."""
    found: dict[str, list[datetime]] = defaultdict(list)
    rows = ShopOrder.objects.filter(shop__merchant=merchant).exclude(placed_at=None)
    for column, other in (("email_key", {}), ("phone_key", {"email_key": ""})):
        keys = sorted(buyers)
        for start in range(0, len(keys), 500):
            some = rows.filter(**{f"{column}__in": keys[start : start + 500]}, **other)
            for key, at in some.values_list(column, "placed_at").order_by("placed_at"):
                found[key].append(at)
    return found


def _ordered(placed: Sequence[datetime], at: datetime) -> int:
    return bisect.bisect_right(placed, at) - bisect.bisect_left(placed, at - _YEAR)


def _signs(
    row: CaseRow,
    at: datetime,
    buyer: str,
    ties: Mapping[str, str],
    orders: int | None,
    file: Mapping[str, Any],
    *,
    ended_well: bool,
) -> Signs:
    photos, sizes = file.get("photos") or {}, _sizes(file)
    return Signs(
        row.pk,
        at,
        buyer,
        row.kind,
        ties,
        orders,
        waybills=tuple(sorted({str(one.get("code")) for one in file.get("waybill_signals") or ()})),
        reused=int(photos.get("reused") or 0),
        catalogue=int(photos.get("catalogue") or 0),
        contradicting=int(photos.get("contradicting") or 0),
        grade=str((file.get("inspection") or {}).get("grade") or ""),
        days=_days(file, at),
        sizes=sizes[0],
        back=sizes[1],
        ended=row.state == "closed",
        confirmed=ended_well or _confirmed(file),
    )


def _confirmed(file: Mapping[str, Any]) -> bool:
    """Whether the inspection found other goods than were sold or none at all, or the platform ruled for the shop."""
    inspected = bool((file.get("inspection") or {}).get("grade"))
    other = (file.get("goods") or {}).get("swapped") or (file.get("return_parcel") or {}).get("empty")
    return bool(inspected and other) or _BLAMES_BUYER in str((file.get("platform") or {}).get("ruling") or "")


def _days(file: Mapping[str, Any], at: datetime) -> int | None:
    """Days from the first delivery to the request."""
    found = []
    for one in file.get("shipments") or ():
        try:
            found.append(datetime.fromisoformat(str(one.get("delivered_at") or "")))
        except ValueError:
            continue
    told = [one for one in found if one.tzinfo is not None]
    return max(0, (at - min(told)).days) if told else None


def _sizes(file: Mapping[str, Any]) -> tuple[int, int]:
    """How many variants of one style the order has, and how many of those are asked about: of the style with the most."""
    lines = (file.get("order") or {}).get("lines") or ()
    asked = {str(one.get("id")) for one in (file.get("request") or {}).get("lines") or ()}
    styles: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in lines:
        sku = str(one.get("sku") or "")
        if _SIZE.search(sku):
            styles[_SIZE.sub("", sku)][sku] = not asked or str(one.get("id")) in asked
    return max([(len(found), sum(found.values())) for found in styles.values()], default=(0, 0))


def plain_signs(one: Signs) -> dict[str, Any]:
    """Will give signs as they are kept: what is empty is left out."""
    empty: tuple[object, ...] = (None, "", (), {}, False)
    told = {name: value for name, value in asdict(one).items() if value not in empty or name == "orders"}
    return told | {"at": one.at.isoformat()}


def read_signs(told: Mapping[str, Any], *, lifted: bool) -> Signs:
    """Will read signs as they were kept."""
    return Signs(
        **{
            "buyer": "",
            **told,
            "at": datetime.fromisoformat(told["at"]),
            "waybills": tuple(told.get("waybills") or ()),
            "lifted": lifted,
        }
    )
