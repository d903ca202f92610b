"""`amends demo month`: a month of a shop that does not exist, played through the house, and what the house found in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from amends.cli.tools import Tools, UnableToStart
from amends.facts.month import MonthTold

_NAMES: Final = {
    "bad_batch": "a bad batch",
    "careless_station": "a careless station of a carrier",
    "misleading_picture": "a misleading picture",
    "refund_ring": "a ring of refunders",
    "unclear_descriptor": "an unclear name on statements",
}


def month(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="An empty folder, or one that is not there: the month's own data.")],
    orders: Annotated[int, typer.Option(help="How many orders.", min=100, max=200_000)] = 30_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same month.")] = 1,
) -> None:
    """Play a month of orders, requests and disputes with five causes planted in it; tell which of them the house found.

    Exit code 1 where one was not found. `AMENDS_DATA=FOLDER amends up --no-demo` shows the month afterwards.
    """
    tools: Tools = context.obj
    try:
        told = tools.month(folder, seed, orders, lambda line: print(line, file=sys.stderr, flush=True))
    except UnableToStart as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    _tell(told)
    if not all(one.by for one in told.causes if one.planted):
        raise typer.Exit(1)


def _tell(told: MonthTold) -> None:
    print(f"{told.orders:,} orders, {told.cases:,} requests, {told.disputes:,} disputes in {told.seconds:.0f} s")
    for what, many in sorted(told.came.items()):
        print(f"  {many:6,}  {what}")
    print(f"  {told.paid_minor / 100:,.2f} EUR went back")
    print("Planted:")
    for one in told.causes:
        if one.planted:
            print(f"  {'found' if one.by else 'NOT FOUND':9}  {_NAMES[one.cause]}: {one.value}")
            if one.by:
                print(f"             {one.by}: {one.says}")
    more = [one for one in told.causes if not one.planted]
    print(f"Named beside these: {len(more)}")
    for one in more:
        print(f"  {one.value} ({one.by}): {one.says}")
