"""What the station's forms say: weights, counts, sheets, and since when someone has been at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.station.receive import Arrival
from amends.facts.codes import GOODS_STATES
from amends.facts.sheet import LineFound, Sheet
from amends.web.case_doing import read_number
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.uploads import uploads_of

BEGAN: Final = "station began"
_COUNTS: Final = ("good", "defective", "missing", "wrong")
Again = Callable[[UnableToWork], HttpResponse]


def began_now() -> str:
    """The present instant, for a form to bring back."""
    return signing.dumps(front().now().isoformat(), salt=BEGAN)


def read_began(given: QueryDict) -> datetime | None:
    """Since when someone has been at a form; None where it does not say, or says what we did not write."""
    try:
        return datetime.fromisoformat(str(signing.loads(given.get("began", ""), salt=BEGAN, max_age=24 * 3600)))
    except (signing.BadSignature, ValueError):
        return None


def read_grams(given: QueryDict) -> int | None:
    """A weight in grams; None where there is none. Raises `UnableToWork`."""
    return read_number(given, "grams", 0) if given.get("grams", "").strip() else None


def read_arrival(request: HttpRequest) -> Arrival:
    """A parcel as its form tells it. Raises `UnableToWork`."""
    given = request.POST
    return Arrival(
        given.get("waybill", "").strip()[:60],
        read_grams(given),
        given.get("place", "")[:60],
        given.get("note", "")[:500],
        uploads_of(request),
        read_began(given),
    )


def read_sheet(given: QueryDict, lines: list[str]) -> Sheet:
    """An inspection as its form tells it, for these lines. Raises `UnableToWork`."""
    found = [_line(given, index, line) for index, line in enumerate(lines)]
    notes = tuple([one for one in given.get("notes", "")[:4000].splitlines() if one.strip()][:40])
    return Sheet(tuple(found), given.get("why", "")[:500], read_grams(given), notes)


def _line(given: QueryDict, index: int, line: str) -> LineFound:
    counts = {name: read_number(given, f"{name}-{index}", 0) for name in _COUNTS}
    percent = given.get(f"percent-{index}", "").strip()
    return LineFound(
        line,
        grade=given.get(f"grade-{index}", ""),
        states=frozenset(given.getlist(f"state-{index}")) & frozenset(GOODS_STATES),
        percent=read_number(given, f"percent-{index}", 0) if percent else None,
        serials=_numbers(given.get(f"serials-{index}", "")),
        lots=_numbers(given.get(f"lots-{index}", "")),
        note=given.get(f"note-{index}", "")[:300],
        **counts,
    )


def _numbers(text: str) -> tuple[str, ...]:
    """Serials or lots, one a line or parted by commas."""
    parts = text[:4000].replace("，", ",").replace("\n", ",").split(",")
    return tuple([one.strip()[:60] for one in parts if one.strip()][:200])


def read_version(given: QueryDict) -> int | None:
    """The version that a form was made for."""
    return read_number(given, "version", 0) if given.get("version") else None


def pressed(do: Callable[[], str], again: Again) -> HttpResponse:
    """Do what a press says and go where it leads; the page again, with the reason, where it cannot be done."""
    try:
        return HttpResponseRedirect(do())
    except UnableToWork as fault:
        if fault.code == "not_found" and not fault.field:
            raise Http404 from fault
        return again(fault)


def known(number: int) -> int:
    """A number that may be a row's. Raises `Http404`."""
    if number >= BEYOND_KEYS:
        raise Http404
    return number


def need(text: Any, field: str) -> str:
    """What must not be empty. Raises `UnableToWork`."""
    if not str(text or "").strip():
        raise bad_value(field, "this is wanted", "必填")
    return str(text).strip()
