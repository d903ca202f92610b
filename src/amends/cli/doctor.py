"""`amends doctor`: is everything true that must be true of the money?"""

from __future__ import annotations

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console

from amends.cli.places import places
from amends.cli.tools import Tools


def doctor(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Look at every truth about the money. Exit code 0: all hold; 1: one is broken, with what breaks it."""
    tools: Tools = context.obj
    where = places()
    checked = tools.doctor(where.data, where.database_url)
    if sys.stdout.isatty():
        out = Console(highlight=False, soft_wrap=True)
        for truth in checked:
            says = truth.says.zh if lang == "zh" else truth.says.en
            mark, style = ("✓", "green") if truth.holds else ("✗", "bold red")
            count = "" if truth.holds else f" ({truth.broken})"
            out.print(f"{mark} {says}{count}", style=style, markup=False)
            for offender in truth.offenders:
                out.print(f"    {offender.what}: {offender.wrong}", markup=False)
    else:
        for truth in checked:
            line = {
                "truth": truth.name,
                "holds": truth.holds,
                "broken": truth.broken,
                "says": {"en": truth.says.en, "zh": truth.says.zh},
                "offenders": [{"what": one.what, "wrong": one.wrong} for one in truth.offenders],
            }
            sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    raise typer.Exit(0 if all(truth.holds for truth in checked) else 1)
