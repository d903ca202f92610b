"""`amends person`: who may sign in, as what, for which merchant."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amends.cli.places import places
from amends.cli.tools import Tools, UnableToStart
from amends.facts.people import MAIN, STANDINGS

person_app = typer.Typer(help="Who may sign in, as what, for which merchant.", no_args_is_help=True)


@person_app.callback()
def _person() -> None:
    """Who may sign in, as what, for which merchant."""


@person_app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The person's sign-in name.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(STANDINGS)}. admin keeps the installation.")] = "agent",
    merchant: Annotated[str, typer.Option(help="The merchant's name; one that is not there is made.")] = MAIN,
) -> None:
    """Give a person a role at a merchant. One who is new is made, and the password printed once."""
    tools: Tools = context.obj
    where = places()
    try:
        password = tools.add_person(where.data, where.database_url, name, role, merchant)
    except UnableToStart as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    if password is not None:
        print(password)
