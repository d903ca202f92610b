"""What the API is sent about money, approvals, many at once, policies and webhooks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from amends.web.api.schemas import Amount, Number, Sent


class ProofIn(Sent):
    """That a step was paid by hand: the bank's number or the file's name."""

    proof: Annotated[str, Field(min_length=1, max_length=160)]
    confirmed: bool = False


class ExtraIn(Sent):
    """Something on top. `turn`: how many there were when you looked (`extra_turn` of the money)."""

    turn: Annotated[int, Field(ge=0, le=1000)]
    kind: Literal["goodwill", "store_credit"]
    amount: Amount
    note: Annotated[str, Field(min_length=1, max_length=500)]


class YesIn(Sent):
    """A word with the yes."""

    note: Annotated[str, Field(max_length=500)] = ""


class BulkIn(Sent):
    """Which cases, at most 200."""

    cases: Annotated[list[Number], Field(min_length=1, max_length=200)]


class BulkRunIn(BulkIn):
    """What is done on each. `digests`: what was seen, by the case's number. `to`: for assign."""

    verb: Literal["approve", "take", "release", "assign", "undo"]
    digests: dict[str, Annotated[str, Field(max_length=64)]] = {}
    to: Annotated[str, Field(max_length=120)] = ""


class PolicyTextIn(Sent):
    """A policy (`amends.policy/1`, YAML)."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]


class EndpointIn(Sent):
    """Where events go. `events`: `case.approved`, `case.refund_*`, `*`; none means all. `merchant`: where the token has several."""

    url: Annotated[str, Field(min_length=8, max_length=500)]
    events: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=100)] = []
    merchant: Annotated[str, Field(max_length=120)] = ""


class EndpointChange(Sent):
    """What changes; what is left out stays. `on`: false sends nothing, true goes on."""

    url: Annotated[str, Field(min_length=8, max_length=500)] | None = None
    events: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=100)] | None = None
    on: bool | None = None


class ReplayIn(Sent):
    """Since when what failed for good is sent again."""

    since: Annotated[str, Field(max_length=40, examples=["2026-11-26T00:00:00Z"])]
