"""`amends policy`: check policies exactly, print the schema for editors, show a policy in words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer
from rich.console import Console

from amends.cli.moment import read_moment
from amends.cli.rehearse import rehearse
from amends.cli.tools import Tools
from amends.decide.policy.check.check import check_policy
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.compiled import CompiledPolicy
from amends.decide.policy.explain import matched
from amends.decide.policy.schema import policy_schema
from amends.decide.policy.spots import UnableToReadPolicy
from amends.facts.rulebook import Says
from amends.facts.words import Language, say

FOUND: Final = 1
BAD_INPUT: Final = 2
_PLACE: Final = re.compile(r"\s*\{[^{}]*\}")
policy_app = typer.Typer(help="Check the shops' policies, or print the schema they follow.", no_args_is_help=True)
policy_app.command("rehearse")(rehearse)


@policy_app.command("check")
def check(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Policy files (YAML).")],
    at: Annotated[str | None, typer.Option(help='"Now", ISO 8601 with an offset. Default: the clock.')] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
    cases: Annotated[Path | None, typer.Option(help="Write each counter-example into this folder.")] = None,
) -> None:
    """Prove a policy, or show each of its faults with a case file that `amends decide` reproduces.

    Finds contradictions with law and platform, gaps, rules that no case reaches, and holes in the approvals. Exit code 0:
    clean; 1: something was found; 2: a file cannot be read.
    """
    tools: Tools = context.obj
    moment = read_moment(at) or datetime.now(UTC)
    worst = 0
    for file in files:
        policy = _read(tools, file, lang)
        if policy is None:
            worst = BAD_INPUT
            continue
        flaws = check_policy(policy, tools.rulebooks(), moment)
        worst = max(worst, FOUND if flaws else 0)
        _tell(file, flaws, "zh" if lang == "zh" else "en", _written(cases, file, flaws))
    raise typer.Exit(worst)


def _read(tools: Tools, file: Path, lang: str) -> CompiledPolicy | None:
    """The policy; None after its faults were told on standard error, one a line."""
    try:
        return tools.policy(file)
    except UnableToReadPolicy as fault:
        for item in fault.faults:
            print(f"{file}: {item}", file=sys.stderr)
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
        print(f"{file}: {reason}; give the path of a policy file (YAML)", file=sys.stderr)
    return None


def _written(folder: Path | None, file: Path, flaws: tuple[Flaw, ...]) -> dict[int, Path]:
    """Each counter-example as a file of its own, by the place of its finding."""
    found = {}
    for place, flaw in enumerate(flaws):
        if folder is not None and flaw.case is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{file.stem}-{place + 1}-{flaw.kind}.json"
            path.write_bytes(orjson.dumps(flaw.case, option=orjson.OPT_INDENT_2))
            found[place] = path
    return found


def _tell(file: Path, flaws: tuple[Flaw, ...], lang: Language, written: dict[int, Path]) -> None:
    if not sys.stdout.isatty():
        for flaw in flaws:
            sys.stdout.buffer.write(orjson.dumps(_as_json(file, flaw)) + b"\n")
        return
    out = Console(highlight=False, soft_wrap=True)
    if not flaws:
        out.print(f"{file}: {'无问题' if lang == 'zh' else 'clean'}", style="green", markup=False)
    for place, flaw in enumerate(flaws):
        rule = flaw.rule or "-"
        style = "bold red" if flaw.severity == "error" else "bold yellow"
        out.print(f"{file}:{flaw.line}  {say('flaw', flaw.kind, lang)}  {rule}", style=style, markup=False)
        out.print(f"  {_in(flaw.says, lang)}", markup=False)
        if flaw.case is not None:
            where = written.get(place) or orjson.dumps(flaw.case).decode()
            out.print(f"  {'反例' if lang == 'zh' else 'counter-example'} (--at {flaw.at}): {where}", markup=False)


def _as_json(file: Path, flaw: Flaw) -> dict[str, Any]:
    return {
        "file": str(file),
        "line": flaw.line,
        "rule": flaw.rule,
        "kind": flaw.kind,
        "severity": flaw.severity,
        "says": {"en": flaw.says.en, "zh": flaw.says.zh},
        "against": list(flaw.against),
        "case": flaw.case,
        "at": flaw.at,
    }


@policy_app.command("schema")
def schema() -> None:
    """Print the JSON Schema of policies, for editors."""
    sys.stdout.buffer.write(orjson.dumps(policy_schema(), option=orjson.OPT_INDENT_2) + b"\n")


@policy_app.command("show")
def show(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A policy file; none: the built-in `standard`.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Show a policy in words, rule by rule in the order in which they are asked."""
    tools: Tools = context.obj
    policy = _read(tools, file, lang) if file else tools.policy(None)
    if policy is None:
        raise typer.Exit(BAD_INPUT)
    for line in _in_words(policy, "zh" if lang == "zh" else "en"):
        print(line)


def _in_words(policy: CompiledPolicy, lang: Language) -> Iterator[str]:
    yield f"{policy.id} {policy.version}"
    for number, rule in enumerate(policy.text.rules, 1):
        then = rule.then
        remedy = f" ({say('kind', then.remedy, lang)})" if then.remedy else ""
        reads = _PLACE.sub("", _in(matched(rule.when, None), lang))
        yield f"{number}. {rule.id}: {say('outcome', then.outcome, lang)}{remedy} - {reads}"
        if rule.say:
            yield f"   {_in(rule.say, lang)}"


def _in(says: Says, lang: Language) -> str:
    return says.zh if lang == "zh" else says.en
