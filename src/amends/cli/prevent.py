"""`amends prevent`: look for causes of complaints now, and show the tasks."""

from __future__ import annotations

import sys

import orjson
import typer
from rich.console import Console
from rich.table import Table

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.facts.people import SYSTEM


def prevent(context: typer.Context) -> None:
    """Bring the facts in step, look through every shop once a day, and list the live tasks: a table, or JSON lines in a pipe."""
    tools: Tools = context.obj
    where = places()
    tools.metrics(where.data, where.database_url)[0].run()
    desk = tools.prevention(where.data, where.database_url)
    made = desk.run()
    print(f"{made} new tasks", file=sys.stderr)
    live = [one for one in desk.tasks(SYSTEM) if one.live]
    if not sys.stdout.isatty():
        for one in live:
            at = one.cause.cluster
            told = {"task": one.number, "shop": one.shop, "place": at.place, "value": at.value, "reason": at.reason}
            told |= {"cases": at.cases, "exposure": at.exposure, "usual": at.usual, "fix": one.fix, "state": one.state}
            sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
        return
    table = Table("task", "shop", "where", "reason", "cases / of", "usual", "suggested", "owner")
    for one in live:
        at = one.cause.cluster
        base, usual = f"{at.cases} / {at.exposure}", f"{at.usual:.2%}"
        table.add_row(str(one.number), one.shop, f"{at.place} {at.value}", at.reason, base, usual, one.fix, one.owner)
    Console().print(table)
