"""`amends up`: everything on one machine, with sample shops at the first start."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amends.cli.places import places
from amends.cli.tools import Started, Tools, UnableToStart


def up(
    context: typer.Context,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Start empty, without the sample shops.")] = False,
) -> None:
    """Start Amends on this machine. Ctrl-C stops it."""
    tools: Tools = context.obj
    where = places()
    try:
        started = tools.prepare(where.data, where.database_url, not no_demo, lambda text: print(text, flush=True))
        _greet(started, where.port)
        tools.serve(where.data, where.database_url, where.port, not no_demo, where.workers)
    except (UnableToStart, OSError) as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(1) from None


def _greet(started: Started, port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    print()
    print(f"  Amends (售后台) is at {address}")
    print(f"  {started.cases} cases, {started.shops} shops; data in {started.data}")
    if started.password:
        print(f"  Sign in / 登录:  {started.user}   {started.password}")
        print(f"  (manager / 店长; {started.user}-agent with the same password is an agent / 客服)")
    else:
        print(f"  Sign in as {started.user} with the password you set; a new one: amends password {started.user}")
    if started.held:
        print(
            f"  Put back from a backup of {started.held:%Y-%m-%d %H:%M} UTC: nothing leaves the house until `amends backup release`."
        )
        print("  已从备份恢复：执行 amends backup release 之前，不会退款、不会发消息，也不会操作平台。")
    if started.buyer:
        page, number, contact = started.buyer
        print(f"  Buyers' page / 买家页面:  {address}{page}   {number}   {contact}")
    print("  Ctrl-C stops it / 按 Ctrl-C 停止")
    print(flush=True)


def password(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The person's sign-in name.")],
) -> None:
    """Give a person a new password and print it once."""
    tools: Tools = context.obj
    where = places()
    print(tools.new_password(where.data, where.database_url, name))
