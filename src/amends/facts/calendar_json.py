"""A calendar as it is kept and sent: times of the day and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from amends.basics.working_time import DAY_MINUTES, Span, UnableToUseWeek, WorkingWeek, clock
from amends.facts.calendars import DutyRow, ShopCalendar
from amends.facts.rulebook import Says

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DATES: Final = 400
MOST_DUTY: Final = 200
MOST_SPANS: Final = 6
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class UnableToReadCalendar(ValueError):
    """Something in a calendar cannot be read. `field` names it; `says` tells what would be right, in both languages."""

    def __init__(self, field: str, en: str, zh: str) -> None:
        super().__init__(f"{field}: {en}")
        self.field = field
        self.says = Says(en, zh)


def calendar_json(calendar: ShopCalendar) -> dict[str, Any]:
    """A calendar as plain JSON; `read_calendar` gives the same calendar back."""
    week = calendar.week
    return {
        "name": calendar.name,
        "zone": week.zone,
        "week": [[list(write_span(span)) for span in spans] for spans in week.days],
        "closed": [day.isoformat() for day in sorted(week.closed)],
        "extra": [day.isoformat() for day in sorted(week.extra)],
        "duty": [_duty_json(row) for row in calendar.duty],
    }


def read_calendar(given: Mapping[str, Any]) -> ShopCalendar:
    """The calendar in plain JSON. Raises `UnableToReadCalendar`, which names the field."""
    days = given.get("week")
    if not isinstance(days, list) or len(days) != 7:
        raise UnableToReadCalendar("week", "give seven days, Monday first", "请给出七天，从周一开始")
    closed, extra = (frozenset(read_dates(name, given.get(name) or [])) for name in ("closed", "extra"))
    spans = tuple(_day(WEEKDAYS[number], day) for number, day in enumerate(days))
    duty = given.get("duty") or []
    if len(duty) > MOST_DUTY:
        raise UnableToReadCalendar("duty", f"{MOST_DUTY} rows at most", f"最多 {MOST_DUTY} 行")
    try:
        week = WorkingWeek(str(given.get("zone") or ""), spans, closed, extra)
    except UnableToUseWeek as fault:
        raise UnableToReadCalendar("zone" if "zone" in fault.en else "week", fault.en, fault.zh) from fault
    rows = tuple(_duty_row(f"duty.{number}", row) for number, row in enumerate(duty, 1))
    return ShopCalendar(str(given.get("name") or ""), week, rows)


def read_span(field: str, start: str, end: str) -> Span:
    """Two times of the day as a span; an end that is not after its start is on the next day. Raises `UnableToReadCalendar`."""
    first, last = _minutes(field, start), _minutes(field, end)
    if first >= DAY_MINUTES:
        raise UnableToReadCalendar(field, "begin before 24:00", "开始时间须早于 24:00")
    return first, last if last > first else last + DAY_MINUTES


def write_span(span: Span) -> tuple[str, str]:
    """A span as two times of the day, as `read_span` reads them."""
    start, end = span
    return clock(start), clock(end if end <= DAY_MINUTES else end - DAY_MINUTES)


def read_dates(field: str, texts: Iterable[Any]) -> list[date]:
    """Dates written as 2026-10-01, 400 at most. Raises `UnableToReadCalendar`."""
    found = [read_date(field, str(text)) for text in texts]
    if len(found) > MOST_DATES:
        raise UnableToReadCalendar(field, f"{MOST_DATES} dates at most", f"最多 {MOST_DATES} 个日期")
    return found


def read_date(field: str, text: str) -> date:
    """A date written as 2026-10-01. Raises `UnableToReadCalendar`."""
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    shown = text[:20]
    raise UnableToReadCalendar(
        field, f"{shown!r} is not a date; write it as 2026-10-01", f"“{shown}”不是日期；请写成 2026-10-01"
    )


def _minutes(field: str, text: str) -> int:
    found = _TIME.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    if minutes > DAY_MINUTES:
        shown = text[:20]
        raise UnableToReadCalendar(
            field, f"{shown!r} is not a time of day; write it as 09:30", f"“{shown}”不是时间；请写成 09:30"
        )
    return minutes


def _day(field: str, spans: Any) -> tuple[Span, ...]:
    if not isinstance(spans, list) or len(spans) > MOST_SPANS or not all(_is_pair(pair) for pair in spans):
        raise UnableToReadCalendar(
            field, f"give {MOST_SPANS} pairs of times at most", f"请给出最多 {MOST_SPANS} 组起止时间"
        )
    return tuple(sorted(read_span(field, str(start), str(end)) for start, end in spans))


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, Sequence) and not isinstance(pair, str) and len(pair) == 2


def _duty_json(row: DutyRow) -> dict[str, Any]:
    start, end = write_span(row.span)
    on = row.on.isoformat() if isinstance(row.on, date) else WEEKDAYS[row.on]
    return {"on": on, "from": start, "to": end, "names": list(row.names)}


def _duty_row(field: str, row: Mapping[str, Any]) -> DutyRow:
    on = str(row.get("on") or "")
    names = tuple(str(name).strip()[:80] for name in row.get("names") or [] if str(name).strip())
    if not names:
        raise UnableToReadCalendar(field, "name at least one person", "请至少填写一位值班人")
    day = WEEKDAYS.index(on) if on in WEEKDAYS else read_date(field, on)
    return DutyRow(day, read_span(field, str(row.get("from") or ""), str(row.get("to") or "")), names)
