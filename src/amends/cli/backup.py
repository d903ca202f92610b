"""`amends backup`: the whole house in one file, proven, put back, and let work again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from amends.cli.places import places
from amends.cli.tools import Tools, UnableToBackUp
from amends.facts.backups import BackupMade

backup_app = typer.Typer(help="The whole house in one file: made, proven, put back.", no_args_is_help=True)


@backup_app.command("make")
def make(
    context: typer.Context,
    target: Annotated[
        Path, typer.Argument(help="The file to be written (.tar, or .tar.gz to pack it), or a folder that takes it.")
    ],
    keys: Annotated[
        bool, typer.Option("--keys/--without-keys", help="Whether the keys that open sealed values are in it.")
    ] = True,
) -> None:
    """Write the database and the data folder into one file, while Amends works or not. Exit code 1: it could not be done."""
    tools: Tools = context.obj
    where = places()
    file = target.absolute()
    if file.is_dir():
        file /= f"amends-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    if not file.name.endswith((".tar", ".tar.gz", ".tgz")):
        print(f"amends: {file.name!r} names no backup; end it in .tar, or in .tar.gz to pack it", file=sys.stderr)
        raise typer.Exit(2)
    with _telling() as tell:
        made = tools.back_up(where.data, where.database_url, file, keys=keys, tell=tell)
    _say("written", file, made)


@backup_app.command("verify")
def verify(context: typer.Context, source: Annotated[Path, typer.Argument(help="The backup.")]) -> None:
    """Hold every byte of a backup against its hash and read its database through. Exit code 1: it is not whole, and why."""
    tools: Tools = context.obj
    with _telling() as tell:
        made = tools.prove_backup(source, tell)
    _say("whole", source, made)


@backup_app.command("restore")
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="The backup.")],
    keys: Annotated[
        Path | None, typer.Option(help="A folder with the keys, for a backup that was made without them.")
    ] = None,
) -> None:
    """Put a backup back: into AMENDS_DATA, which must not be there, and into the empty database of DATABASE_URL.

    The house is held: its pages work, but no money, message or deed leaves it until `amends backup release`.
    """
    tools: Tools = context.obj
    where = places()
    with _telling() as tell:
        made = tools.restore(source, where.data, where.database_url, keys, tell)
    _say("restored", where.data, made)


@backup_app.command("release")
def release(context: typer.Context) -> None:
    """Let a house that was put back work again. For thirty days it asks about every refund before it sends one."""
    tools: Tools = context.obj
    where = places()
    if not tools.release(where.data, where.database_url):
        print("amends: nothing is held here", file=sys.stderr)
        raise typer.Exit(1)
    print("Amends works again. / 已恢复运行。")


@contextmanager
def _telling() -> Iterator[Callable[[int], None]]:
    """Shows on a terminal how much was read; says in one line why something cannot be done."""
    columns = (TextColumn("{task.description}"), DownloadColumn(), TimeElapsedColumn())
    try:
        with Progress(
            *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
        ) as progress:
            task = progress.add_task("", total=None)
            yield lambda size: progress.advance(task, size)
    except (UnableToBackUp, OSError) as fault:
        print(f"amends: {fault}", file=sys.stderr)
        raise typer.Exit(1) from None


_NEXT = {
    "restored": "Held: nothing leaves it yet. Look at `amends audit verify`{seal}, `amends doctor` and `amends reconcile` with the "
    "statements since then, then `amends backup release`.\n"
    "已恢复，尚未运行：请依次执行 amends audit verify、amends doctor、amends reconcile，确认无误后执行 amends backup release。"
}


def _say(what: str, where: Path, made: BackupMade) -> None:
    if not sys.stdout.isatty():
        told = {
            "backup": what,
            "at": str(where),
            "made_at": made.made_at.isoformat(),
            "version": made.version,
            "database": made.database,
            "files": len(made.files),
            "bytes": made.size,
            "keys": made.keys,
            "seal": made.seal,
        }
        sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
        return
    keys = "with its keys: keep it secret" if made.keys else "without keys"
    out = Console(highlight=False, soft_wrap=True)
    told_ = f"{len(made.files):,} files, {made.size / 1_000_000:,.1f} MB, as of {made.made_at:%Y-%m-%d %H:%M:%S} UTC, {keys}"
    out.print(f"✓ {where}: {told_}", style="green", markup=False)
    if what in _NEXT:
        out.print(_NEXT[what].format(seal=f" --expect {made.seal}" if made.seal else ""), markup=False)
