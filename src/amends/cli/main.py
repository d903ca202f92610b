"""The `amends` command: one sub-command a file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amends.cli.audit import audit_app
from amends.cli.decide import decide
from amends.cli.demo import demo_app
from amends.cli.doctor import doctor
from amends.cli.dossier import dossier_app
from amends.cli.export import export
from amends.cli.forecast import forecast
from amends.cli.import_file import import_file
from amends.cli.metrics import metrics_app
from amends.cli.person import person_app
from amends.cli.policy import policy_app
from amends.cli.prevent import prevent
from amends.cli.reconcile import reconcile
from amends.cli.rehearse import rehearse
from amends.cli.rules import rules_app
from amends.cli.token import token_app
from amends.cli.tools import Tools, UnableToStart
from amends.cli.up import password, up
from amends.cli.worker import worker

app = typer.Typer(
    name="amends",
    help="Amends (售后台): the after-sales desk for online shops.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("up")(up)
app.command("decide")(decide)
app.command("import")(import_file)
app.command("export")(export)
app.command("password")(password)
app.command("doctor")(doctor)
app.command("worker")(worker)
app.command("reconcile")(reconcile)
app.add_typer(rules_app, name="rules")
policy_app.command("rehearse")(rehearse)
app.add_typer(policy_app, name="policy")
app.add_typer(demo_app, name="demo")
app.add_typer(token_app, name="token")
app.add_typer(person_app, name="person")
app.add_typer(audit_app, name="audit")
app.command()(prevent)
app.command()(forecast)
app.add_typer(metrics_app, name="metrics")
app.add_typer(dossier_app, name="dossier")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"amends {version('amends')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Amends (售后台): the after-sales desk for online shops."""


def run(tools: Tools) -> None:
    """Run the command line with what `wiring` built. A closed pipe or Ctrl-C ends quietly."""
    try:
        app(obj=tools)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except UnableToStart as fault:
        print(f"amends: {fault}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
