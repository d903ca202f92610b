"""What the API answers about disputes."""

from __future__ import annotations

from amends.web.api.answers import Told


class DisputeTold(Told):
    """A dispute. `result`: the money of its ruling, below nought where we lost it; `case`: null until it is matched."""

    id: int
    sort: str
    forum: str
    source: str
    reference: str
    reason: str
    stage: str
    amount: str
    currency: str
    case: int | None
    shop: str
    order: str
    payment: str
    opened_at: str
    due_at: str | None
    ruling: str
    liability: str
    result: str | None


class DisputesTold(Told):
    """A page of disputes. `total`: how many there are on all pages."""

    items: list[DisputeTold]
    total: int


class SignsPut(Told):
    """Whether they were new."""

    shop: str
    reference: str
    new: bool
