"""`amends rules`: every rule with its source, dates, confidence and when it was last checked."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from amends.cli.tools import Tools
from amends.decide.house import HOUSE_RULES
from amends.decide.judge import Rulebooks
from amends.facts.rulebook import Pack, Rule
from amends.facts.sentences import bare
from amends.facts.words import Language, say

rules_app = typer.Typer(help="List the rules, or explain one.", invoke_without_command=True, no_args_is_help=False)


def listed_rules(books: Rulebooks) -> list[tuple[str, Rule]]:
    """Every rule with the id of its pack, the house's own last."""
    found = [(pack.id, rule) for pack in books.all for rule in pack.rules]
    return found + [("house", rule) for rule in HOUSE_RULES]


def _row(pack: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "pack": pack,
        "layer": rule.layer,
        "effect": rule.effect,
        "title": {"en": rule.title.en, "zh": rule.title.zh},
        "source": rule.source,
        "from": rule.since.isoformat(),
        "to": None if rule.until == date.max else rule.until.isoformat(),
        "planned": rule.planned,
        "confidence": rule.confidence,
        "checked_on": rule.checked_on.isoformat() if rule.checked_on else None,
    }


@rules_app.callback()
def rules(
    context: typer.Context,
    pack: Annotated[str | None, typer.Option(help="Only the rules of this pack, for example cn or douyin.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "en",
) -> None:
    """List every rule: id, source, dates, confidence, last checked. A table on a terminal, JSON lines in a pipe."""
    if context.invoked_subcommand:
        return
    tools: Tools = context.obj
    found = [_row(name, rule) for name, rule in listed_rules(tools.rulebooks()) if pack in (None, name)]
    if not found:
        print(f"there is no pack {pack!r}; leave --pack out to see all", file=sys.stderr)
        raise typer.Exit(2)
    if not sys.stdout.isatty():
        for item in found:
            sys.stdout.buffer.write(orjson.dumps(item) + b"\n")
        return
    table = Table(header_style="bold", pad_edge=False)
    for head in ("Rule", "Title", "Effect", "Source", "In force", "Conf.", "Checked"):
        table.add_column(head, overflow="fold")
    chosen: Language = "zh" if lang == "zh" else "en"
    for item in found:
        dates = f"{item['from']} – {item['to'] or ''}{' (planned)' if item['planned'] else ''}"
        effect = say("effect", item["effect"], chosen)
        table.add_row(
            item["id"], item["title"][chosen], effect, item["source"], dates, item["confidence"], item["checked_on"]
        )
    Console().print(table)


@rules_app.command("show")
def show(
    context: typer.Context,
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, for example cn.no_reason_return.")],
) -> None:
    """Explain one rule: what it does, what it says, where it stands, and the numbers of its pack."""
    tools: Tools = context.obj
    books = tools.rulebooks()
    found = next(((pack, rule) for pack, rule in listed_rules(books) if rule.id == rule_id), None)
    if found is None:
        near = [rule.id for _, rule in listed_rules(books) if rule_id.split(".")[-1] in rule.id][:5]
        hint = f"; did you mean {', '.join(near)}?" if near else "; `amends rules` lists them all"
        print(f"there is no rule {rule_id!r}{hint}", file=sys.stderr)
        raise typer.Exit(2)
    name, rule = found
    _explain(rule, next((pack for pack in books.all if pack.id == name), None), _row(name, rule))


def _explain(rule: Rule, pack: Pack | None, row: dict[str, Any]) -> None:
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"{rule.id}  {rule.title.en} / {rule.title.zh}", style="bold")
    planned = "  (planned date)" if rule.planned else ""
    out.print(f"layer {rule.layer}, {rule.effect}; in force {row['from']} to {row['to'] or 'open'}{planned}")
    out.print(f"source {rule.source}; confidence {rule.confidence}; last checked {row['checked_on']}")
    if rule.of:
        out.print(f"bears on {', '.join(sorted(rule.of))}")
    for verdict, says in rule.says.items():
        out.print(f"  {verdict}: {bare(says.en)}", markup=False)
        out.print(f"  {' ' * len(verdict)}  {bare(says.zh)}", markup=False)
    if pack is None:
        return
    out.print(f"numbers of pack {pack.id} (version {pack.version}):")
    for parameter in pack.parameters.values():
        for value in parameter.values:
            span = f"{value.since} to {'open' if value.until == date.max else value.until}"
            out.print(
                f"  {parameter.name} = {value.value} {parameter.unit}, {span}, {value.source}, {value.confidence}",
                markup=False,
            )
    for source in pack.sources.values():
        if source.key in rule.source:
            out.print(f"  {source.key}: {source.title} {source.link}", markup=False)
