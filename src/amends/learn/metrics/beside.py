"""What stands beside a case, as parts of its row: the talk with the buyer, and the dispute about its payment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from amends.basics.zones import local
from amends.facts.metric_columns import Fact
from amends.facts.metric_story import DisputeTold

SOON: Final = timedelta(minutes=3)


def of_talk(messages: Sequence[tuple[datetime, str]]) -> Fact:
    """Will count answers to the buyer: of several messages in a row the first counts, what follows it by us answers them."""
    waits: datetime | None = None
    replies = seconds = 0
    for at, by in messages:
        if by == "buyer":
            waits = waits or at
        elif waits is not None:
            replies, seconds, waits = replies + 1, seconds + int((at - waits).total_seconds()), None
    return {"replies": replies, "reply_seconds": seconds}


def of_chats(messages: Sequence[tuple[datetime, str]], market: str) -> Fact:
    """Will count the rounds that the buyer began by day, and those that a person answered within three minutes.

    Of several messages in a row the first begins the round; it ends with the first answer by a person. What the house writes ends none.
    """
    waits: datetime | None = None
    chats = soon = 0
    for at, by in messages:
        if by == "buyer" and waits is None:
            waits = at
            chats += _by_day(at, market)
        elif by == "shop" and waits is not None:
            soon += _by_day(waits, market) and at - waits <= SOON
            waits = None
    return {"chats": chats, "chats_soon": soon}


def _by_day(at: datetime, market: str) -> bool:
    return 8 <= local(at, market).hour < 23


def of_dispute(told: DisputeTold | None) -> Fact:
    """Will give what a dispute is about and what came of it; nothing where there is none."""
    if told is None:
        return {}
    net = told.won - told.fees - told.later if told.end else 0
    return {
        "disputed": 1,
        "dispute_end": told.end,
        "disputed_minor": told.amount,
        "won_minor": told.won,
        "dispute_net_minor": net,
    }
