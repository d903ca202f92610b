"""`amends audit`: is everything as it was written?"""

from __future__ import annotations

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.facts.audit_trail import AuditFinding, AuditProgress

audit_app = typer.Typer(help="The chain of logs, custody, files, digests and time stamps.", no_args_is_help=True)
_SEAL = 64


@audit_app.command("verify")
def verify(
    context: typer.Context,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            help="The seal of a digest that was written down elsewhere; again for more. It must be there still."
        ),
    ] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Prove the whole chain. Exit code 0: everything is as it was written; 1: something is not, and is named; 2: it could not be looked at.

    Every log entry's and custody entry's seal, every file's bytes against its hash, rows without files and files without rows, every
    digest, every time stamp. On a terminal in words; in a pipe one JSON object a finding, then one that sums up.
    """
    wrong = [one for one in expect or [] if len(one) != _SEAL]
    if wrong:
        print(f"amends: --expect {wrong[0]!r} is no seal; it has {_SEAL} hexadecimal digits", file=sys.stderr)
        raise typer.Exit(2)
    tools: Tools = context.obj
    where = places()
    found, counted, read = 0, dict[str, int](), 0
    try:
        with _bar() as bar:
            task = bar.add_task("", total=None)
            for one in tools.audit(where.data, where.database_url, frozenset(expect or ())):
                if isinstance(one, AuditFinding):
                    found += 1
                    _tell(one, lang, bar)
                    continue
                counted[one.part], read = one.things, max(read, one.done)
                bar.update(task, description=_said(one, lang), completed=one.done, total=one.total or None)
    except (ValueError, OSError) as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(2) from fault
    _sum_up(found, counted, read, lang)
    raise typer.Exit(1 if found else 0)


@audit_app.command("digest")
def digest(context: typer.Context) -> None:
    """Print the newest digest's number, time and seal: write the seal down where whoever keeps this machine cannot reach it."""
    tools: Tools = context.obj
    where = places()
    last = tools.last_digest(where.data, where.database_url)
    if last is None:
        print("amends: no digest was made yet; the runner makes one a day", file=sys.stderr)
        raise typer.Exit(1)
    print(f"{last.number}\t{last.at.isoformat()}\t{last.sealed}")


def _bar() -> Progress:
    """On standard error, and on a terminal alone."""
    console = Console(stderr=True)
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())


_PARTS = {
    "logs": ("logs of cases", "售后单日志"),
    "files": ("files", "文件"),
    "strays": ("files in the folder", "文件夹内文件"),
    "digests": ("heads in digests", "摘要明细"),
    "stamps": ("time stamps", "时间戳"),
}


def _said(one: AuditProgress, lang: str) -> str:
    return f"{one.things:,} {_PARTS[one.part][lang == 'zh']}"


def _tell(one: AuditFinding, lang: str, bar: Progress) -> None:
    if sys.stdout.isatty():
        says = one.says.zh if lang == "zh" else one.says.en
        bar.stop()
        Console(highlight=False, soft_wrap=True).print(f"✗ {one.where}: {says}", style="bold red", markup=False)
        bar.start()
        return
    line = {"kind": one.kind, "where": one.where, "says": {"en": one.says.en, "zh": one.says.zh}}
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")


def _sum_up(found: int, counted: dict[str, int], read: int, lang: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(orjson.dumps({"holds": not found, "found": found, "bytes": read, **counted}) + b"\n")
        return
    things = ", ".join(f"{count:,} {_PARTS[part][lang == 'zh']}" for part, count in counted.items())
    told = f"{read / 1_000_000:,.1f} MB: {things}."
    if lang == "zh":
        says = "一切与登记一致" if not found else f"发现 {found:,} 处不符"
    else:
        says = "Everything is as it was written" if not found else f"{found:,} things are not as they were written"
    mark, style = ("✓", "green") if not found else ("✗", "bold red")
    Console(highlight=False, soft_wrap=True).print(f"{mark} {says}. {told}", style=style, markup=False)
