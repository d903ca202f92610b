"""`amends dossier`: a case's dossier built and handed out without a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.cases.faults import UnableToWork
from amends.desk.dossiers.build import build_now
from amends.desk.dossiers.desk import DossierDesk
from amends.desk.dossiers.hand_out import HandedOut, export
from amends.facts.dossier import UnableToMakeDossier
from amends.facts.evidence import UnableToKeep
from amends.facts.people import Person
from amends.facts.rulebook import Says

dossier_app = typer.Typer(help="What a case has for a bank, a platform or a court.", no_args_is_help=True)
_KEEPER: Final = Person("amends dossier", "admin")


@dossier_app.callback()
def _dossier() -> None:
    """What a case has for a bank, a platform or a court."""


@dossier_app.command("build")
def build(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's number in the address of its page; with --shop its own key.")],
    forum: Annotated[str, typer.Option(help="Whom it is for: visa, paypal, douyin, police, court, ...")],
    reason: Annotated[str, typer.Option(help="The network's or the platform's code of the reason.")] = "",
    shop: Annotated[str, typer.Option(help="The shop whose key CASE is.")] = "",
    out: Annotated[Path | None, typer.Option(help="A file, or a folder that is there. Without: this folder.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Build a dossier now and write what its forum wants (PDF or ZIP). Exit code 0: written, its path is printed; 2: it could not be.

    The dossier is kept on the case's shelf, the log tells it, and the custody of every file in it says to whom it was given.
    """
    tools: Tools = context.obj
    where = places()
    try:
        desk = tools.dossiers(where.data, where.database_url)
        number = _number(desk, case, shop)
        file, handed = _written(desk, number, forum, reason, out or Path())
    except (UnableToWork, UnableToMakeDossier, UnableToKeep) as fault:
        print(f"amends: {_said(fault.says, lang)}", file=sys.stderr)
        raise typer.Exit(2) from None
    except OSError as fault:
        print(f"amends: --out: {fault.strerror or fault}", file=sys.stderr)
        raise typer.Exit(2) from fault
    for one in handed.warnings:
        print(f"amends: {_said(one, lang)}", file=sys.stderr)
    print(file)


def _number(desk: DossierDesk, case: str, shop: str) -> int:
    found = desk.vault.evidence.cases.casework.find(shop, case) if shop else _plain(case)
    if found is None:
        raise UnableToWork("not_found", f"there is no case {case!r}", f"没有该售后单：{case}")
    return found


def _plain(case: str) -> int | None:
    return int(case) if case.isascii() and case.isdigit() and len(case) < 19 else None


def _written(desk: DossierDesk, number: int, forum: str, reason: str, out: Path) -> tuple[Path, HandedOut]:
    """Written beside and renamed, so that no half of a file is ever taken for a whole one."""
    beside = (out if out.is_dir() else out.parent) / f".dossier-{os.getpid()}"
    try:
        with beside.open("wb") as into:
            built = build_now(desk, number, _KEEPER, forum, reason)
            handed = export(desk, number, built.number, _KEEPER, into)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    file = out / handed.name if out.is_dir() else out
    return beside.replace(file), handed


def _said(says: Says, lang: str) -> str:
    return says.zh if lang == "zh" else says.en
