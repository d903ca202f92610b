"""What the API is sent about disputes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from amends.facts.dispute_codes import FORUMS
from amends.facts.disputes import LIABILITIES
from amends.web.api.schemas import Amount, Number, Sent, one_of


class SignsIn(Sent):
    """Who made a payment. `credential`: a fingerprint or a token of the card, never its number. `signs`: ip, device, fingerprint,
    account, address."""

    order: Annotated[str, Field(min_length=1, max_length=120)]
    paid_at: datetime
    amount: Amount
    currency: Annotated[str, Field(min_length=3, max_length=3)]
    credential: Annotated[str, Field(max_length=64)] = ""
    last4: Annotated[str, Field(max_length=4)] = ""
    goods: Annotated[str, Field(max_length=300)] = ""
    signs: dict[str, Annotated[str, Field(max_length=300)]] = {}


class DisputeIn(Sent):
    """A dispute as a person knows it. `reference`: its number there; `payment`: the order's payment, where there are several."""

    sort: one_of(("card", "platform"))  # type: ignore[valid-type]
    forum: one_of(FORUMS)  # type: ignore[valid-type]
    reason: Annotated[str, Field(max_length=64)]
    reference: Annotated[str, Field(min_length=1, max_length=120)]
    amount: Amount
    payment: Annotated[str, Field(max_length=160)] = ""
    opened: AwareDatetime
    due: AwareDatetime | None = None


class JoinIn(Sent):
    """The case that a dispute is about."""

    case: Number


class ChooseAnswerIn(Sent):
    """`exhibits`: SHA-256 of files on the case's shelf; `texts`: by field; `compelling`: with the payments of Compelling Evidence 3.0."""

    exhibits: Annotated[list[Annotated[str, Field(min_length=64, max_length=64)]], Field(max_length=200)] = []
    texts: Annotated[dict[str, Annotated[str, Field(max_length=20_000)]], Field(max_length=40)] = {}
    compelling: bool = False


class SubmitIn(Sent):
    """`digest`: of what was looked at; where it has changed since, nothing is sent."""

    digest: Annotated[str, Field(min_length=64, max_length=64)]
    at_safe_time: bool = False


class WhyIn(Sent):
    """The reason, in words."""

    why: Annotated[str, Field(min_length=1, max_length=4000)]


class RulingIn(Sent):
    """`amount`: what we keep of it, where it was won in part."""

    outcome: one_of(("won", "lost", "partly"))  # type: ignore[valid-type]
    liability: one_of(LIABILITIES)  # type: ignore[valid-type]
    amount: Amount | None = None
    note: Annotated[str, Field(max_length=500)] = ""
