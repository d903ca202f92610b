"""What the API answers about reviews."""

from __future__ import annotations

from amends.web.api.answers import Told


class ReviewFaultTold(Told):
    """Why a review was not kept. `row`: its place in what was sent, from 1; `field`: what of it is at fault."""

    row: int
    field: str
    en: str
    zh: str


class ReviewsTaken(Told):
    """What became of reviews that were told."""

    new: int
    changed: int
    same: int
    faults: list[ReviewFaultTold]


class ReviewAnswered(Told):
    """A review with where its answer stands. `state`: open, proposed, approved (to be sent out) or answered; `answer`: the text that may go
    out or stands there, null before."""

    id: int
    shop: str
    review: str
    stars: int
    at: str
    order: str
    sku: str
    kind: str
    state: str
    answer: str | None
    answered_at: str | None
    case: int | None


class ReviewsTold(Told):
    """Reviews, those taken in last first. `next`: the cursor to go on with, null at the end."""

    items: list[ReviewAnswered]
    next: str | None
