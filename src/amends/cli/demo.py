"""`amends demo`: things to try Amends with, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from amends.cli.demo_month import month
from amends.cli.tools import RunningFake, Tools

demo_app = typer.Typer(help="Things to try Amends with, offline.", no_args_is_help=True)


demo_app.command("month")(month)


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


@demo_app.command("platforms")
def platforms(
    context: typer.Context,
    only: Annotated[list[str] | None, typer.Argument(help="Only these. Default: all.")] = None,
    state: Annotated[Path | None, typer.Option(help="Keep their orders in this folder. Default: in memory.")] = None,
    port: Annotated[int, typer.Option(help="The first one's port; the others follow. Default: any that are free.")] = 0,
    samples: Annotated[int, typer.Option(help="Orders with a request that each begins with.", min=0, max=1000)] = 3,
    push: Annotated[
        list[str] | None, typer.Option(help="NAME=ADDRESS: push there (the wizard shows the address).")
    ] = None,
) -> None:
    """Start a stand-in for each platform on this machine, until Ctrl-C.

    Orders are sold and requests made there by the lines printed, and a shop is connected to it as to the real one.
    """
    tools: Tools = context.obj
    with tools.platforms(state, only or (), port, samples, _aims(push or [])) as running:
        for fake in running:
            _tell_platform(fake)
        print("The door /__fake__/ of each lists what else it can be told. Ctrl-C stops them.", flush=True)
        try:
            tools.wait()
        except KeyboardInterrupt:
            print()


def _aims(given: list[str]) -> dict[str, str]:
    aims = dict(one.partition("=")[::2] for one in given)
    for name, address in aims.items():
        if not address.startswith(("http://127.0.0.1", "http://localhost")):
            raise typer.BadParameter(
                f"{name}={address}: NAME=ADDRESS is wanted, with an address of this machine such as "
                "shopify=http://127.0.0.1:8000/hooks/channels/...",
                param_hint="--push",
            )
    return aims


def _tell_platform(fake: RunningFake) -> None:
    door = f"{fake.url}/__fake__"
    print(f"{fake.name}")
    print(f"  {'address':22} {fake.url}")
    for name, value in fake.config.items():
        print(f"  {name:22} {_one_line(value)}")
    print("  Sell (it answers with the order), ask for something, send back, push somewhere, misbehave:")
    print(f"    curl -X POST {door}/orders -d '{{}}'")
    print(f'    curl -X POST {door}/cases -d \'{{"order": "ORDER", "kind": "return_refund"}}\'')
    print(f'    curl -X POST {door}/cases/CASE -d \'{{"do": "send_back"}}\'')
    print(f"    curl {door}/cases")
    print(f'    curl -X POST {door}/webhooks -d \'{{"url": "PUSH-ADDRESS"}}\'')
    print(f'    curl -X POST {door}/faults -d \'{{"name": "error_before", "times": 3}}\'')
    print()


def _one_line(value: Any) -> str:
    return str(value).replace("\n", "\\n")
