"""What the API is sent about disputes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from amends.web.api.schemas import Amount, Sent


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
