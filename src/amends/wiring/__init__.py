"""The one place that builds and joins everything. Nothing happens on import: each tool is loaded when a command calls it."""

from __future__ import annotations

from typing import Final

from amends.cli import main
from amends.cli.tools import Tools
from amends.wiring.late import Late

__all__ = ["TOOLS", "run"]

TOOLS: Final = Tools(
    rulebooks=Late("house", "load_rulebooks"),
    policy=Late("policies", "load_policy"),
    house=Late("start", "build_house"),
    prepare=Late("start", "prepare"),
    serve=Late("serving", "serve"),
    new_password=Late("start", "new_password"),
    add_person=Late("people", "add_person"),
    fakes=Late("processes", "fakes"),
    platforms=Late("processes", "platforms"),
    wait=Late("processes", "wait"),
    doctor=Late("readers", "doctor"),
    work=Late("working", "work"),
    cases=Late("readers", "cases"),
    past_cases=Late("readers", "past_cases"),
    reconcile=Late("readers", "reconcile"),
    tokens=Late("readers", "tokens"),
    audit=Late("readers", "audit"),
    last_digest=Late("readers", "last_digest"),
    month=Late("month", "play_month"),
    metrics=Late("readers", "metrics"),
    dossiers=Late("readers", "dossiers"),
    prevention=Late("readers", "prevention"),
    forecast=Late("readers", "forecast"),
    statement_forms=Late("statements", "statement_forms"),
    back_up=Late("backups", "back_up"),
    prove_backup=Late("backups", "prove_backup"),
    restore=Late("backups", "restore"),
    release=Late("backups", "release"),
)


def run() -> None:
    """The `amends` command."""
    main.run(TOOLS)
