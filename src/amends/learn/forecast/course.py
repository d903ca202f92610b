"""How a shop's days go: its weekdays, and how many orders of each SKU leave a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

WEEKS: Final = 8
"""Weeks that weekdays are learnt from."""
RECENT: Final = 28
"""Days that the present pace of sales is learnt from."""
_DRAWN: Final = 5.0
"""Counts that the mean weighs against a weekday's own."""


def weekdays(seen: Mapping[int, float], usual: Mapping[int, float]) -> list[float]:
    """Will give the ratio of what was seen to what was usual for each of seven days, by the day's number modulo 7."""
    sums = [[_DRAWN, _DRAWN] for _ in range(7)]
    for day, mean in usual.items():
        sums[day % 7][0] += seen.get(day, 0)
        sums[day % 7][1] += mean
    return [many / mean for many, mean in sums]


def pace(sold: Mapping[int, int], today: int, first: int) -> float:
    """Will give orders a day of a SKU in the recent weeks. `first`: the first day on which the shop sold anything.

    A SKU that was first sold within these weeks is reckoned from that day on, over a week at least.
    """
    since = max(first, min(min(sold, default=first), today - 7), today - RECENT)
    return sum([many for day, many in sold.items() if day >= since]) / max(1, today - since)


def ahead(mean: float, ratios: Sequence[float], today: int, days: int) -> list[float]:
    """Will give a mean spread over the days to come by their weekdays."""
    return [mean * ratios[(today + day) % 7] for day in range(days)]
