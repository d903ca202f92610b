"""The verbs of a station on a case, one line each; joined to the others in `verbs`. A token's role has to be one that may receive."""

from __future__ import annotations

from typing import Any, Final

from amends.desk.station.inspect import inspect_case
from amends.desk.station.receive import Arrival, take_in
from amends.facts.sheet import LineFound, Sheet
from amends.web.api import schemas_station as s
from amends.web.api.routes import Call, Verb
from amends.web.front import front

_WORK: Final = "cases:write"


def _arrival(call: Call) -> Any:
    body = call.body
    arrival = Arrival(body.waybill.strip(), body.grams, body.place, body.note)
    return take_in(front().station, call.number, call.person, arrival, call.version)


def _sheet(call: Call) -> Any:
    body = call.body
    sheet = Sheet(tuple([_line(one) for one in body.lines]), body.why, body.grams, tuple(body.notes))
    return inspect_case(front().station, call.number, call.person, sheet, version=call.version)


def _line(one: s.LineFoundIn) -> LineFound:
    told = one.model_dump()
    sets = {"states": frozenset(told["states"]), "serials": tuple(told["serials"]), "lots": tuple(told["lots"])}
    return LineFound(**(told | sets))


STATION: Final = (
    Verb("arrivals", _WORK, "A parcel of the case came, with its waybill and weight; a further one has its own",
         s.ArrivalIn, _arrival),
    Verb("sheet", _WORK, "What was found, line by line; a second sheet is another person's second look", s.SheetIn,
         _sheet),
)  # fmt: skip
"""Every verb of a station."""
