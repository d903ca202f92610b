"""When couriers that are booked through 快递100 can be asked to come."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from typing import Final

from amends.facts.pickups import PickupWindow

CHINA: Final = timezone(timedelta(hours=8))
DAYS: Final = ("今天", "明天", "后天")
"""How the network names the three days for which it takes bookings."""
_LEAD: Final = timedelta(hours=2)
"""A window that ends sooner than that is not taken any more."""
_WHOLE: Final = (("09:00", "19:00"),)
_HALVES: Final = (("09:00", "14:00"), ("14:00", "19:00"))
_TWO_HOURS: Final = tuple([(f"{hour:02}:00", f"{hour + 2:02}:00") for hour in range(9, 19, 2)])
SLOTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "yto": (("09:00", "12:00"), ("12:00", "16:00"), ("16:00", "19:00")),
    "sto": _WHOLE,
    "jtexpress": _HALVES,
    "yunda": _HALVES,
    "zto": _WHOLE,
    "ems": _WHOLE,
    "deppon": _HALVES,
    "jd": _TWO_HOURS,
    "sf": tuple([(f"{hour:02}:00", f"{hour + 1:02}:00") for hour in range(9, 22)]),
}
"""The hours that each carrier takes over, as the network's own page lists them; others would come at any time of the day."""


def windows(carrier: str, at: datetime) -> tuple[PickupWindow, ...]:
    """The windows of a carrier that may still be booked, the soonest first."""
    here = at.astimezone(CHINA)
    days = [here.date() + timedelta(days=ahead) for ahead in range(len(DAYS))]
    found = [PickupWindow(day, start, end) for day in days for start, end in SLOTS.get(carrier, ())]
    return tuple([one for one in found if here + _LEAD <= _end(one)])


def day_word(window: PickupWindow, at: datetime) -> str:
    """The network's word for a window's day, seen from `at`; "" for a day that it has no word for."""
    ahead = (window.day - at.astimezone(CHINA).date()).days
    return DAYS[ahead] if 0 <= ahead < len(DAYS) else ""


def is_over(window: PickupWindow, at: datetime) -> bool:
    """Whether a window has passed."""
    return at >= _end(window)


def _end(window: PickupWindow) -> datetime:
    return datetime.combine(window.day, time.fromisoformat(window.end), CHINA)
