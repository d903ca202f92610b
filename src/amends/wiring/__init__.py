"""The one place that builds and joins everything. Explicit tuples; nothing happens on import."""

from __future__ import annotations

from typing import Final

from amends.cli import main
from amends.cli.tools import Tools
from amends.wiring.house import FORMS, load_rulebooks
from amends.wiring.month import play_month
from amends.wiring.pages import Catalogue
from amends.wiring.people import add_person
from amends.wiring.policies import load_policy
from amends.wiring.processes import fakes, platforms, wait
from amends.wiring.readers import (
    audit,
    cases,
    doctor,
    dossiers,
    forecast,
    last_digest,
    metrics,
    past_cases,
    prevention,
    reconcile,
    tokens,
)
from amends.wiring.serving import serve
from amends.wiring.start import build_house, new_password, prepare
from amends.wiring.statements import STATEMENTS
from amends.wiring.working import work

__all__ = ["FORMS", "TOOLS", "Catalogue", "build_house", "load_policy", "load_rulebooks", "run"]

TOOLS: Final = Tools(
    rulebooks=load_rulebooks,
    policy=load_policy,
    house=build_house,
    prepare=prepare,
    serve=serve,
    new_password=new_password,
    add_person=add_person,
    fakes=fakes,
    platforms=platforms,
    wait=wait,
    doctor=doctor,
    work=work,
    cases=cases,
    past_cases=past_cases,
    reconcile=reconcile,
    tokens=tokens,
    audit=audit,
    last_digest=last_digest,
    month=play_month,
    metrics=metrics,
    dossiers=dossiers,
    prevention=prevention,
    forecast=forecast,
    statement_forms=STATEMENTS,
)


def run() -> None:
    """The `amends` command."""
    main.run(TOOLS)
