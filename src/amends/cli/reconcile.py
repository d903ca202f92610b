"""`amends reconcile`: a gateway's statement beside the book, and the work list of what differs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import orjson
import typer
from rich.console import Console
from rich.table import Table

from amends.basics.money import exponent, write_minor
from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.reconcile import ReconcileDesk, UnableToSettle
from amends.facts.people import SYSTEM, Person
from amends.facts.statements import OpenDifference, Taken, UnableToTakeStatement
from amends.intake.statements import open_statement, statement_form


def reconcile(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The statement as exported: CSV, or Alipay's zip.")] = None,
    form: Annotated[str | None, typer.Option("--as", help="stripe, alipay, wechat, paypal or jd.")] = None,
    gateway: Annotated[
        str | None, typer.Option(help="The gateway's name, where it is not called like its kind.")
    ] = None,
    settle: Annotated[int | None, typer.Option(help="Settle the difference with this number.")] = None,
    note: Annotated[str, typer.Option(help="What was found, for --settle.")] = "",
    by: Annotated[str, typer.Option(help="Who takes in or settles; kept with it.")] = "command line",
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Compare statements with the book. Without FILE: compare again and show the work list. Exit code 1: something is open."""
    tools: Tools = context.obj
    where = places()
    person = Person(by, "finance")
    try:
        if file is not None and form is None:
            _stop("--as is needed: stripe, alipay, wechat, paypal or jd")
        desk: ReconcileDesk = tools.reconcile(where.data, where.database_url)
        if settle is not None:
            desk.settle(settle, person, note)
        if file is not None and form is not None:
            opened = open_statement(file, statement_form(tools.statement_forms(), form))
            source = gateway or opened.form.gateway
            taken = desk.take(source, opened.form.name, opened.file, opened.sha256, opened.statement, person)
            _tell_taken(taken, lang)
        else:
            desk.run()
    except UnableToTakeStatement as fault:
        _stop(fault.says.zh if lang == "zh" else fault.says.en)
    except UnableToSettle as fault:
        _stop(str(fault))
    except OSError as fault:
        _stop(f"{file}: {fault.strerror}; give the path of the exported file")
    found = desk.open(SYSTEM)
    _tell_open(found, lang)
    raise typer.Exit(1 if found else 0)


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(2)


def _tell_taken(taken: Taken, lang: str) -> None:
    if lang == "zh":
        known = "该文件此前已导入；" if taken.known else ""
        text = f"{known}新增 {taken.new} 行，已有 {taken.again} 行，无法读取 {taken.broken} 行"
    else:
        known = "this file was taken in before; " if taken.known else ""
        text = f"{known}{taken.new} new lines, {taken.again} known, {taken.broken} unreadable"
    print(text, file=sys.stderr)
    for name, (stated, found) in taken.totals.items():
        print(f"  {name}: {stated} = {found}" if stated == found else f"  {name}: {stated} != {found}", file=sys.stderr)


def _tell_open(found: Sequence[OpenDifference], lang: str) -> None:
    if not sys.stdout.isatty():
        for one in found:
            line = {
                "number": one.number,
                "gateway": one.source,
                "kind": one.kind,
                "subject": one.subject,
                "ours": _amount(one.ours, one.currency),
                "theirs": _amount(one.theirs, one.currency),
                "currency": one.currency,
                "says": {"en": one.says.en, "zh": one.says.zh},
                "found_at": one.found_at,
            }
            sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        return
    zh = lang == "zh"
    table = Table(
        *(
            ("编号", "通道", "类型", "账上", "账单", "说明")
            if zh
            else ("no", "gateway", "kind", "ours", "theirs", "says")
        )
    )
    for one in found:
        says = one.says.zh if zh else one.says.en
        ours, theirs = _amount(one.ours, one.currency) or "", _amount(one.theirs, one.currency) or ""
        table.add_row(str(one.number), one.source, one.kind, ours, theirs, says)
    Console(highlight=False).print(table)


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None or not currency else write_minor(minor, exponent(currency))
