"""`amends token`: tokens for the HTTP API, made and revoked by whoever keeps the installation."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.api.tokens import TokenDesk
from amends.desk.cases.faults import UnableToWork
from amends.facts.api import SCOPES
from amends.facts.people import MAIN, Person

token_app = typer.Typer(help="Tokens for the HTTP API.", no_args_is_help=True)
_KEEPER = Person("amends token", "admin")


@token_app.command("create")
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What uses it, for example: shop-system.")],
    scope: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(SCOPES)}; again for more. None: all.")
    ] = None,
    merchant: Annotated[str, typer.Option(help="Whose data it sees; * for every merchant's.")] = MAIN,
    role: Annotated[str, typer.Option(help="The role it acts with, with that role's limits.")] = "agent",
    per_minute: Annotated[int, typer.Option(help="Calls a minute; 0 for no limit.")] = 6000,
) -> None:
    """Make a token and print it once: it is kept as a hash and cannot be shown again."""
    whose = "" if merchant == "*" else merchant
    try:
        _, secret = _desk(context).make(_KEEPER, name, whose, role, scope or list(SCOPES), per_minute)
    except UnableToWork as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    print(secret)


@token_app.command("list")
def list_tokens(context: typer.Context) -> None:
    """List the tokens, newest first."""
    for one in _desk(context).tokens(_KEEPER):
        state = "revoked" if one.revoked_at else f"used {one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "never used"
        print(
            f"{one.number}\t{one.name}\t{one.merchant or '*'}\t{one.role}\t…{one.hint}\t{state}\t{' '.join(sorted(one.scopes))}"
        )


@token_app.command("revoke")
def revoke(context: typer.Context, number: Annotated[int, typer.Argument(help="From `amends token list`.")]) -> None:
    """Have a token work no more, from now on."""
    try:
        _desk(context).revoke(_KEEPER, number)
    except UnableToWork as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None


def _desk(context: typer.Context) -> TokenDesk:
    tools: Tools = context.obj
    where = places()
    return tools.tokens(where.data, where.database_url)
