"""`amends forecast`: returns to come by day, by SKU, or as the station plans its days."""

from __future__ import annotations

import sys
from typing import Annotated, Final, NoReturn

import orjson
import typer
from rich.console import Console
from rich.table import Table

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.forecast import DAYS, MOST_DAYS, Expected, UnableToForesee
from amends.facts.forecast import Forecast, Held, TooLittle
from amends.facts.people import SYSTEM
from amends.learn.forecast.sheet import WAYS, forecast_table
from amends.learn.metrics.sheet import sheet

_LACKS: Final = {
    "orders": "no order that left is known; tell orders by the API, a channel or a file",
    "days": "{have} days of sales are known; {need} are needed",
    "returns": "{have} returns are known; {need} are needed",
}


def forecast(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="How many days, today the first.", min=1, max=MOST_DAYS)] = DAYS,
    by: Annotated[str, typer.Option(help="day, sku or station (parcels to inspect, and minutes).")] = "day",
    shop: Annotated[str, typer.Option(help="Which shop; without it, the first by name.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead.")] = False,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Bring the facts in step and foresee a shop's returns, with how past forecasts held: a table, JSON lines in a pipe, or CSV."""
    if by not in WAYS:
        _stop(f"--by: {by!r} is not one of {', '.join(WAYS)}")
    tools: Tools = context.obj
    where = places()
    tools.metrics(where.data, where.database_url)[0].run()
    try:
        told = tools.forecast(where.data, where.database_url).of(SYSTEM, shop, days)
    except UnableToForesee:
        _stop(f"--shop: there is no shop {shop!r}" if shop else "there is no shop yet")
    if isinstance(told.found, TooLittle):
        _stop(_LACKS[told.found.lack].format(have=told.found.have, need=told.found.need))
    if by == "station" and told.found.parcels is None:
        _stop("no arrival of goods was ever told; scan parcels at the station, or let carriers be followed")
    table = forecast_table(told.found, by, told.minutes, "zh" if lang == "zh" else "en")
    if csv:
        sys.stdout.buffer.write(sheet(table, "csv"))
    elif sys.stdout.isatty():
        _show(table, told)
    else:
        for row in table[1]:
            sys.stdout.buffer.write(orjson.dumps(dict(zip(table[0], row, strict=True))) + b"\n")
    for line in _record(told.found):
        print(line, file=sys.stderr)


def _show(table: tuple[list[str], list[list[str | int | float | None]]], told: Expected) -> None:
    made = Table(*table[0], title=told.shop.name)
    for row in table[1]:
        made.add_row(*["-" if cell is None else str(cell) for cell in row])
    Console().print(made)


def _record(found: Forecast) -> list[str]:
    """How past forecasts held, in a line each."""
    named = {
        "returns by day": found.held_asked,
        "parcels by day": found.held_parcels,
        "returns by SKU": found.held_skus,
    }
    told = [f"{name}: {_held(held)}" for name, held in named.items() if held is not None]
    return told or ["no past forecast could be measured yet: the bands are a guess"]


def _held(held: Held) -> str:
    shares = f"80% held {held.in80 / held.of:.0%}, 95% held {held.in95 / held.of:.0%} of {held.of}"
    week = "" if held.week is None else f", last week's {held.week:.2f}"
    return f"{shares}; off by {held.missed:.2f} (four weeks' mean {held.flat:.2f}{week})"


def _stop(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    raise typer.Exit(2)
