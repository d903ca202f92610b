"""What the API is sent about evidence of goods and about listings."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from amends.basics.currencies import EXPONENTS
from amends.web.api.schemas import Amount, Sent

Purpose = Annotated[Literal["packing", "weighing", "unpacking", "other"], Query(description="What the file shows.")]
NumberKind = Annotated[Literal["order", "waybill"], Query(description="What the number in the address is.")]
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ListingIn(Sent):
    """A listing as it stands. `pictures`: the SHA-256 of each. `as_of`: since when it stands so; now where it is left out."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    text: Annotated[str, Field(max_length=100_000)] = ""
    price: Amount | Literal[""] = ""
    currency: Annotated[str, Field(json_schema_extra={"enum": ["", *sorted(EXPONENTS)]}, max_length=3)] = ""
    attributes: Annotated[
        dict[Annotated[str, Field(max_length=120)], Annotated[str, Field(max_length=2000)]], Field(max_length=200)
    ] = {}
    pictures: Annotated[list[Sha], Field(max_length=60)] = []
    url: Annotated[str, Field(max_length=1000)] = ""
    as_of: Annotated[str, Field(max_length=40, examples=["2026-11-26T08:00:00+08:00"])] | None = None
