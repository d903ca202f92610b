"""The `amends` command: one sub-command a file."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from amends.cli.tools import Tools, UnableToStart

COMMANDS: Final = {
    "up": "up:up",
    "decide": "decide:decide",
    "import": "import_file:import_file",
    "export": "export:export",
    "password": "up:password",
    "doctor": "doctor:doctor",
    "worker": "worker:worker",
    "reconcile": "reconcile:reconcile",
    "rules": "rules:rules_app",
    "policy": "policy:policy_app",
    "demo": "demo:demo_app",
    "token": "token:token_app",
    "person": "person:person_app",
    "audit": "audit:audit_app",
    "backup": "backup:backup_app",
    "prevent": "prevent:prevent",
    "forecast": "forecast:forecast",
    "metrics": "metrics:metrics_app",
    "dossier": "dossier:dossier_app",
}
"""Each command or group of commands, and where it is: module and name. Help lists them in this order."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"amends {version('amends')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Amends (售后台): the after-sales desk for online shops."""


def command_line(words: list[str]) -> typer.Typer:
    """The command that the first of `words` names; all of them where it names none, as for the help.

    Loading all takes seconds, and one command needs little of it.
    """
    app = typer.Typer(
        name="amends",
        help="Amends (售后台): the after-sales desk for online shops.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for name in words[:1] if words and words[0] in COMMANDS else COMMANDS:
        found = _found(name)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _found(name: str) -> Any:
    module, _, attribute = COMMANDS[name].partition(":")
    return getattr(import_module(f"amends.cli.{module}"), attribute)


def run(tools: Tools) -> None:
    """Run the command line with what `wiring` built. A closed pipe or Ctrl-C ends quietly."""
    try:
        command_line(sys.argv[1:])(obj=tools)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except UnableToStart as fault:
        print(f"amends: {fault}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
