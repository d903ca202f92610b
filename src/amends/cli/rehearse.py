"""`amends policy rehearse`: a policy asked over a whole case history, beside another one; and `amends export history`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import orjson
import typer
from rich.console import Console
from rich.table import Table

from amends.basics.money import exponent, write_minor
from amends.cli.places import places
from amends.cli.tools import Tools
from amends.decide.policy.compiled import CompiledPolicy
from amends.decide.policy.spots import UnableToReadPolicy
from amends.facts.rehearsed import Counted, Example, ExampleSide, Rehearsed
from amends.facts.words import Language, say

BAD_INPUT: Final = 2
_COUNTS: Final = (
    ("outcome", "outcomes", "outcome"),
    ("remedy", "remedies", "kind"),
    ("handling", "handlings", "handling"),
)
_FEW: Final = 5
_EXAMPLES: Final = 10


def rehearse(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The policy to try (YAML).")],
    history: Annotated[Path, typer.Option(help="The folder that `amends export history --parquet` wrote.")],
    against: Annotated[
        Path | None, typer.Option(help="The policy to hold it against; none: the built-in `standard`.")
    ] = None,
    examples: Annotated[int, typer.Option(help="How many example cases to show.", min=0, max=100)] = _EXAMPLES,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """Ask a policy of every case of a history: what would be decided otherwise, the money, conflicts with law and platform.

    A table on a terminal, JSON lines in a pipe. Where neither file speaks for a case, `standard` does.
    """
    from amends.desk.rehearsal.rehearse import rehearse_history
    from amends.learn.rehearsal.folder import HistoryFolder, UnableToReadHistory

    tools: Tools = context.obj
    standard = tools.policy(None)
    before = [_policy(tools, against), standard] if against else [standard]
    try:
        found = rehearse_history(HistoryFolder(history), before, [_policy(tools, file), standard], examples)
    except UnableToReadHistory as fault:
        _stop(str(fault))
    if sys.stdout.isatty():
        _show(found, "zh" if lang == "zh" else "en")
        return
    for line in _lines(found):
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")


def write_history(tools: Tools, folder: Path) -> None:
    """Write the case history of the database into a folder of Parquet files."""
    from amends.desk.rehearsal.export import export_history
    from amends.learn.rehearsal.folder import HistoryFolder, UnableToWriteHistory

    where = places()
    try:
        told = export_history(
            tools.past_cases(where.data, where.database_url), tools.rulebooks(), HistoryFolder(folder)
        )
    except UnableToWriteHistory as fault:
        _stop(str(fault))
    print(f"{folder}: {told.written} cases")
    for number, reason in told.unread[:_FEW]:
        print(f"case {number} is left out: {reason}", file=sys.stderr)
    if len(told.unread) > _FEW:
        print(f"{len(told.unread) - _FEW} more cases are left out", file=sys.stderr)


def _policy(tools: Tools, file: Path) -> CompiledPolicy:
    try:
        return tools.policy(file)
    except UnableToReadPolicy as fault:
        _stop("\n".join([f"{file}: {item}" for item in fault.faults]))
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
        _stop(f"{file}: {reason}; give the path of a policy file (YAML)")


def _lines(found: Rehearsed) -> Iterator[dict[str, Any]]:
    """The rehearsal as JSON: one total, then counts, money, conflicts and examples."""
    yield {"cases": found.cases, "changed": found.changed}
    for name, counts, _ in (*_COUNTS, ("rule", "rules", "")):
        for one in getattr(found, counts):
            yield {name: one.name, "before": one.before, "after": one.after}
    for first, then, many in found.moves:
        yield {"from": first, "to": then, "cases": many}
    for currency, first_sum, then_sum in found.money:
        told = [write_minor(one, exponent(currency)) for one in (first_sum, then_sum, then_sum - first_sum)]
        yield {"currency": currency} | dict(zip(("before", "after", "difference"), told, strict=True))
    for conflict in found.conflicts:
        yield {"conflict": conflict.name, "before": conflict.before, "after": conflict.after}
    for example in found.examples:
        sides = {name: _side(getattr(example, name), example.currency) for name in ("before", "after")}
        yield {"case": example.number, "shop": example.shop, "currency": example.currency, **sides}


def _side(told: ExampleSide, currency: str) -> dict[str, Any]:
    reason = {"en": told.reason.en, "zh": told.reason.zh}
    return asdict(told.side) | {"money": write_minor(told.money, exponent(currency)), "reason": reason}


def _show(found: Rehearsed, lang: Language) -> None:
    out = Console(highlight=False)
    out.print(f"{found.cases:,} cases, {found.changed:,} change")
    for name, counts, words in _COUNTS:
        rows = [
            (say(words, one.name, lang) if one.name != "none" else "-", *_numbers(one))
            for one in getattr(found, counts)
        ]
        out.print(_table((name, "before", "after", "difference"), rows))
    money = []
    for currency, *sums in found.money:
        told = [write_minor(one, exponent(currency)) for one in (*sums, sums[1] - sums[0])]
        money.append((currency, *told))
    out.print(_table(("money back", "before", "after", "difference"), money))
    if found.conflicts:
        head = ("law and platform overrule", "before", "after", "difference")
        out.print(_table(head, [(one.name, *_numbers(one)) for one in found.conflicts]))
    for example in found.examples:
        out.print(f"case {example.number} · {example.shop}", style="bold", markup=False)
        for name in ("before", "after"):
            out.print(f"  {name}: {_told(example, name, lang)}", markup=False)


def _numbers(one: Counted) -> tuple[str, str, str]:
    return f"{one.before:,}", f"{one.after:,}", f"{one.more:+,}"


def _told(example: Example, name: str, lang: Language) -> str:
    told: ExampleSide = getattr(example, name)
    money = f"{write_minor(told.money, exponent(example.currency))} {example.currency}"
    words = [say("outcome", told.side.outcome, lang), money, say("handling", told.side.handling, lang)]
    reason = told.reason.zh if lang == "zh" else told.reason.en
    mark = " (law and platform overrule)" if told.side.conflict else ""
    return f"{', '.join(words)} - {told.side.rule}{mark}: {reason}"


def _table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table()
    for place, name in enumerate(head):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(BAD_INPUT)
