"""A calendar as its form has it: a line of times a weekday, dates one a line, rows of duty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from amends.basics.working_time import public_holidays
from amends.facts.calendar_json import WEEKDAYS, calendar_json
from amends.facts.calendars import ShopCalendar

EMPTY_ROWS: Final = 3
_BETWEEN: Final = re.compile(r"\s*[-–—~～至到]\s*")
_APART: Final = re.compile(r"\s*[,，、;；\n]\s*")
_YEAR: Final = re.compile(r"20[0-9]{2}")


@dataclass(slots=True)
class CalendarForm:
    """What stands in the fields, as typed."""

    name: str = ""
    zone: str = "Asia/Shanghai"
    week: list[str] = field(default_factory=lambda: [""] * 7)
    closed: str = ""
    extra: str = ""
    duty: list[dict[str, str]] = field(default_factory=list)

    def days(self) -> list[tuple[str, str]]:
        """Weekday and times, Monday first."""
        return list(zip(WEEKDAYS, self.week, strict=True))

    def rows(self) -> list[dict[str, str]]:
        """The rows of duty with three empty ones."""
        return [*self.duty, *([{"on": "", "from": "", "to": "", "names": ""}] * EMPTY_ROWS)]

    def with_holidays(self, market: str, year: str) -> bool:
        """Will add the public holidays of a market in a year, and the days on which people work instead; False where none are known."""
        closed, extra = public_holidays(market, int(year)) if _YEAR.fullmatch(year) else ((), ())
        extra_now = {*_texts(self.extra), *(day.isoformat() for day in extra)}
        closed_now = {*_texts(self.closed), *(day.isoformat() for day in closed)} - extra_now
        self.closed, self.extra = "\n".join(sorted(closed_now)), "\n".join(sorted(extra_now))
        return bool(closed)

    def given(self) -> dict[str, Any]:
        """The calendar in plain JSON, as `read_calendar` reads it."""
        return {
            "name": self.name.strip(),
            "zone": self.zone.strip(),
            "week": [[_BETWEEN.split(span, maxsplit=1) for span in _texts(day)] for day in self.week],
            "closed": _texts(self.closed),
            "extra": _texts(self.extra),
            "duty": [row | {"names": _texts(row["names"])} for row in self.duty],
        }


def _texts(text: str) -> list[str]:
    return [part for part in _APART.split(text.strip()) if part]


def form_of(calendar: ShopCalendar) -> CalendarForm:
    """A calendar put into the fields."""
    told: Mapping[str, Any] = calendar_json(calendar)
    week = [", ".join("–".join(span) for span in day) for day in told["week"]]
    duty = [row | {"names": ", ".join(row["names"])} for row in told["duty"]]
    return CalendarForm(told["name"], told["zone"], week, "\n".join(told["closed"]), "\n".join(told["extra"]), duty)


def typed_form(post: QueryDict) -> CalendarForm:
    """What a person typed. Rows of duty without any word are left out; a date in `date` goes before the weekday."""
    columns = [post.getlist(f"duty_{name}")[:200] for name in ("on", "date", "from", "to", "names")]
    duty = []
    for on, date, start, end, names in zip(*columns, strict=False):
        if any(text.strip() for text in (date, start, end, names)):
            duty.append({"on": date.strip() or on, "from": start.strip(), "to": end.strip(), "names": names[:500]})
    return CalendarForm(
        post.get("name", "")[:200],
        post.get("zone", "")[:64],
        [post.get(f"week_{day}", "")[:200] for day in WEEKDAYS],
        post.get("closed", "")[:8000],
        post.get("extra", "")[:8000],
        duty,
    )
