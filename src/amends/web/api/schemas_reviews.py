"""What the API is sent of reviews."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from amends.facts.reviews import KINDS, LONGEST_ID, LONGEST_REVIEW
from amends.web.api.schemas import Sent, one_of


class ReviewIn(Sent):
    """A review. `review`: the platform's own number, one in a shop; `at` without an offset is the shop's local time."""

    review: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    stars: Annotated[int, Field(ge=1, le=5)]
    at: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=LONGEST_REVIEW)] = ""
    order: Annotated[str, Field(max_length=120)] = ""
    sku: Annotated[str, Field(max_length=120)] = ""
    author: Annotated[str, Field(max_length=120)] = ""
    kind: one_of(KINDS) = "product"  # type: ignore[valid-type]
    link: Annotated[str, Field(max_length=500)] = ""
    answer: Annotated[str, Field(max_length=4000)] = ""
    answered_at: Annotated[str, Field(max_length=40)] = ""


class ReviewsIn(Sent):
    """Reviews of a shop, up to 500 at once."""

    items: Annotated[list[ReviewIn], Field(min_length=1, max_length=500)]
