"""What the API is sent by a station: parcels that came, and what was found in them, line by line."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from amends.facts.codes import GOODS_STATES, GRADES
from amends.web.api.schemas import Name, Sent, Short, one_of

Pieces = Annotated[int, Field(ge=0, le=100_000)]
Grams = Annotated[int, Field(ge=1, le=1_000_000)]
Numbers = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(max_length=200)]


class ArrivalIn(Sent):
    """A parcel that came: its waybill and weight, and where it is put."""

    waybill: Annotated[str, Field(max_length=60)] = ""
    grams: Grams | None = None
    place: Annotated[str, Field(max_length=60)] = ""
    note: Annotated[str, Field(max_length=500)] = ""


class LineFoundIn(Sent):
    """What was found of one line; the counts come to the pieces that are asked about. `percent`: taken off the defective pieces, null for
    what the schedule says."""

    line: Name
    good: Pieces = 0
    defective: Pieces = 0
    missing: Pieces = 0
    wrong: Pieces = 0
    grade: one_of(GRADES) = "A"  # type: ignore[valid-type]
    states: Annotated[list[one_of(GOODS_STATES)], Field(max_length=20)] = []  # type: ignore[valid-type]
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    serials: Numbers = []
    lots: Numbers = []
    note: Short = ""


class SheetIn(Sent):
    """An inspection. What may cost the buyer money needs a photo that the shop has put on the case before."""

    lines: Annotated[list[LineFoundIn], Field(min_length=1, max_length=100)]
    why: Annotated[str, Field(max_length=500)] = ""
    grams: Grams | None = None
    notes: Annotated[list[Short], Field(max_length=40)] = []
