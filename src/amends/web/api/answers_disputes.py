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


class AdviceTold(Told):
    """Fight, offer or accept: what each is expected to bring. `percent`: the chance that `fight` rests on.

    `offer`: null where none is possible."""

    choice: str
    why: str
    percent: int
    fight: str
    offer: str | None
    accept: str


class DisputeWhole(DisputeTold):
    """A dispute whole. `moves`: what is possible now; `exhibits`: SHA-256 of files on the case's shelf; `digest`: the sum of what would
    be sent, which `submit` names; `under_way`: what waits to be sent, "" for nothing; `by_calls`: its gateway takes answers from here."""

    answer_by: str | None
    appeal_until: str | None
    moves: list[str]
    by_calls: bool
    exhibits: list[str]
    texts: dict[str, str]
    digest: str
    under_way: str
    advice: AdviceTold


class DisputesTold(Told):
    """A page of disputes. `total`: how many there are on all pages."""

    items: list[DisputeTold]
    total: int


class SignsPut(Told):
    """Whether they were new."""

    shop: str
    reference: str
    new: bool
