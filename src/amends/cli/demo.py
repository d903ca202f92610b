"""`amends demo`: things to try Amends with, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amends.cli.tools import Tools

demo_app = typer.Typer(help="Things to try Amends with, offline.", no_args_is_help=True)


@demo_app.command("gateways")
def gateways(
    context: typer.Context,
    state: Annotated[Path | None, typer.Option(help="Keep their money in this folder. Default: in memory.")] = None,
) -> None:
    """Start a stand-in for each payment provider on this machine, until Ctrl-C.

    They check signatures, keep idempotency and move a real balance as the real ones do, and misbehave when told to.
    """
    tools: Tools = context.obj
    with tools.fakes(state) as running:
        for fake in running:
            print(f"{fake.name:12} {fake.url}")
        print()
        first = running[0].url
        print(
            "Pay in, look, and make one misbehave (amounts in minor units; GET /__fake__/ lists doors, keys and faults):"
        )
        print(f'  curl -X POST {first}/__fake__/payments -d \'{{"id": "pi_1", "amount": 5000, "currency": "EUR"}}\'')
        print(f"  curl {first}/__fake__/payments")
        print(f'  curl -X POST {first}/__fake__/faults -d \'{{"name": "drop_after", "times": 1}}\'')
        print(
            "In gateways.yaml of the data folder, a gateway's base_url leads to one of these; Ctrl-C stops them.",
            flush=True,
        )
        try:
            tools.wait()
        except KeyboardInterrupt:
            print()
