"""What the API answers about decisions, approvals, many at once, shops, orders, policies, rules, webhooks and events."""

from __future__ import annotations

from amends.web.api.answers import Json, Told


class DecisionTold(Told):
    """A decision (`amends.decision/1`)."""

    decision: Json


class ApprovalTold(Told):
    """A verb that waits for a second person."""

    case: int
    key: str
    shop: str
    verb: str
    total: str
    currency: str
    needs_role: str
    asked_by: str
    asked_at: str


class ApprovalsTold(Told):
    """Everything that waits."""

    items: list[ApprovalTold]


class LookedTold(Told):
    """One case of a preview. `group`: can, person, blocked."""

    case: int
    key: str
    group: str
    total: int
    currency: str
    digest: str
    why: Json | None


class LookedAll(Told):
    """The preview."""

    items: list[LookedTold]


class DoneTold(Told):
    """What became of one case: done, waits or failed."""

    case: int
    outcome: str
    why: Json | None


class DoneAll(Told):
    """What became of each."""

    items: list[DoneTold]


class ShopTold(Told):
    """A shop."""

    name: str
    merchant: str
    channel: str
    market: str
    currency: str


class ShopsTold(Told):
    """The shops of the token's merchants."""

    items: list[ShopTold]


class OrderTold(Told):
    """An order as it is kept."""

    shop: str
    number: str
    file: Json
    updated_at: str


class OrderPut(Told):
    """Whether anything was new."""

    shop: str
    number: str
    changed: bool


class PolicyTold(Told):
    """A policy and the version that speaks."""

    id: int
    merchant: str
    name: str
    live_version: int | None


class PoliciesTold(Told):
    """The policies."""

    items: list[PolicyTold]


class CheckTold(Told):
    """What a check found. `flaws`: each with its kind and words; none is a proof. `faults`: what keeps the text from being read."""

    ok: bool
    faults: list[Json]
    flaws: list[Json]


class RuleTold(Told):
    """A rule."""

    id: str
    layer: str
    effect: str
    pack: str
    source: str
    title: Json


class RulesTold(Told):
    """Every rule that can take part in a decision."""

    items: list[RuleTold]


class EndpointTold(Told):
    """An endpoint; its secret only where it was just made."""

    id: int
    merchant: str
    url: str
    events: list[str]
    on: bool
    alarm: str
    failing_since: str | None
    made_at: str
    secret: str | None


class EndpointsTold(Told):
    """The endpoints."""

    items: list[EndpointTold]


class DeliveryTold(Told):
    """An event on its way to an endpoint."""

    id: int
    name: str
    event: str
    state: str
    tries: int
    status: int | None
    message: str
    made_at: str
    next_at: str | None
    delivered_at: str | None


class DeliveryPage(Told):
    """A page of deliveries."""

    items: list[DeliveryTold]
    next: str | None


class CountTold(Told):
    """How many."""

    count: int


class EventTold(Told):
    """An event, in the form of a webhook."""

    id: str
    type: str
    timestamp: str
    data: Json


class EventPage(Told):
    """Events in the order in which they were written; `next` goes on from here, also when there is nothing yet."""

    items: list[EventTold]
    next: str
