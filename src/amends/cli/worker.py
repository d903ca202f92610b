"""`amends worker`: carries out what is due, in a process of its own; as many on as many machines as are wanted."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amends.cli.places import places
from amends.cli.tools import Tools, UnableToStart


def worker(
    context: typer.Context,
    lease_seconds: Annotated[
        int, typer.Option(min=2, max=3600, help="How long a step is held before another worker may take it up.")
    ] = 60,
    hands: Annotated[int, typer.Option(min=1, max=64, help="How many steps are worked on side by side.")] = 4,
) -> None:
    """Carry out what is due until Ctrl-C. With AMENDS_BROKER_URL it also listens there (redis:// or amqp://)."""
    tools: Tools = context.obj
    where = places()
    try:
        tools.work(where.data, where.database_url, where.broker_url, lease_seconds, hands)
    except (UnableToStart, OSError) as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(1) from None
