"""`amends decide`: case files in, decisions out (contract, section 1)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import orjson
import typer
from rich.console import Console

from amends.cli.case_files import raw_cases
from amends.cli.deciding import Answered, answers
from amends.cli.decision_table import DecisionTable
from amends.cli.moment import read_moment
from amends.cli.progress import counted
from amends.cli.tools import Tools

BAD_INPUT: Final = 2


def decide(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="Case files: .jsonl, .json, .yaml; - is standard input.")],
    policy: Annotated[
        Path | None, typer.Option(help="The shop's policy (YAML). Default: the built-in `standard`.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help='"Now", ISO 8601 with an offset. Default: the clock, read once.')
    ] = None,
    format: Annotated[str | None, typer.Option(help="table, jsonl or json.")] = None,
    lang: Annotated[str, typer.Option(help="Language of the table: zh or en.")] = "en",
) -> None:
    """Decide after-sales cases: outcome, amount, deadlines and every reason."""
    tools: Tools = context.obj
    chosen = _format(format)
    if lang not in ("zh", "en"):
        _stop(f"--lang: {lang!r} is not one of zh, en")
    moment = read_moment(at) or datetime.now(UTC)
    check_policy(tools, policy)
    stream = counted(answers(raw_cases(files), tools, policy, moment), "cases")
    bad = _WRITERS[chosen](stream, lang)
    raise typer.Exit(BAD_INPUT if bad else 0)


def check_policy(tools: Tools, policy: Path | None) -> None:
    """Read the policy once here, so that its faults are told before any case is."""
    try:
        tools.policy(policy)
    except ValueError as fault:
        _stop(str(fault))
    except OSError as fault:
        _stop(f"--policy {policy}: {fault.strerror}; give the path of a policy file (YAML)")


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(BAD_INPUT)


def _format(name: str | None) -> str:
    if name is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    if name not in _WRITERS:
        _stop(f"--format: {name!r} is not one of table, jsonl, json")
    return name


def _tell(fault: dict[str, Any]) -> None:
    sys.stdout.flush()
    sys.stderr.write(orjson.dumps(fault).decode() + "\n")
    sys.stderr.flush()


def _write_lines(stream: Iterator[Answered], lang: str) -> bool:
    bad = False
    out = sys.stdout.buffer
    for item in stream:
        if item.decision is None:
            out.flush()
            _tell(item.fault or {})
            bad = True
        else:
            out.write(item.decision)
            out.write(b"\n")
    out.flush()
    return bad


def _write_list(stream: Iterator[Answered], lang: str) -> bool:
    bad, started = False, False
    out = sys.stdout.buffer
    for item in stream:
        if item.decision is None:
            _tell(item.fault or {})
            bad = True
            continue
        out.write(b",\n" if started else b"[\n")
        out.write(orjson.dumps(orjson.loads(item.decision), option=orjson.OPT_INDENT_2))
        started = True
    out.write(b"\n]\n" if started else b"[]\n")
    out.flush()
    return bad


def _write_table(stream: Iterator[Answered], lang: str) -> bool:
    table = DecisionTable(lang)
    faults = Console(stderr=True, highlight=False)
    bad = False
    for item in stream:
        if item.decision is None:
            error = (item.fault or {})["error"]
            faults.print(f"{(item.fault or {})['case'] or '?'}: {error['path']}: {error['message']}", markup=False)
            bad = True
        else:
            table.add(orjson.loads(item.decision))
    table.close()
    return bad


_WRITERS: Final = {"table": _write_table, "jsonl": _write_lines, "json": _write_list}
