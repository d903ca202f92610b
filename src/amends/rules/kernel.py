"""How a rule is declared, and how a pack is built from its functions and its `parameters.yaml`.

A pack folder holds `parameters.yaml` (every number, dated and cited; every rule's dates), `rules.py` (small pure functions,
each declared with `@PACK.rule(...)`) and `examples.yaml`. Nothing here reads a file: the mapping is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from amends.facts.case import Case
from amends.facts.rulebook import (
    Effect,
    Finding,
    Governs,
    Layer,
    Pack,
    Parameter,
    Params,
    Rule,
    Says,
    Source,
    Value,
    Verdict,
)

Text = tuple[str, str]
RuleFunction = Callable[[Rule, Case, Params, datetime], Finding | None]
CONFIDENCES: Final = frozenset({"H", "M"})


class UnableToBuildPack(ValueError):
    """A pack's `parameters.yaml` and its rules do not fit; the message names the pack and the entry."""


class Declared:
    """The rules of one pack as declared in its `rules.py`, in order."""

    def __init__(self, pack: str, layer: Layer) -> None:
        self.pack = pack
        self.layer = layer
        self.rules: list[tuple[Rule, RuleFunction]] = []

    def rule(
        self,
        id: str,
        effect: Effect,
        source: str,
        *,
        holds: Text,
        fails: Text | None = None,
        unknown: Text | None = None,
        of: tuple[str, ...] = (),
        governs: Governs = "purchase",
    ) -> Callable[[RuleFunction], RuleFunction]:
        """Declare a rule: what it does, where it stands, and what it says by verdict as (English, Chinese) with {fact} places."""
        texts: dict[Verdict, Says] = {"holds": Says(*holds)}
        if fails:
            texts["fails"] = Says(*fails)
        if unknown:
            texts["unknown"] = Says(*unknown)
        rule = Rule(id, self.layer, effect, source, texts, frozenset(of), governs)

        def enrol(function: RuleFunction) -> RuleFunction:
            self.rules.append((rule, function))
            return function

        return enrol


def build_pack(declared: Declared, raw: Mapping[str, Any]) -> Pack:
    """The pack of `declared` rules with the dates and numbers of `raw` (the parsed `parameters.yaml`)."""
    name = declared.pack
    entries: Mapping[str, Any] = raw.get("rules") or {}
    lacking = {rule.id for rule, _ in declared.rules} ^ set(entries)
    if raw.get("pack") != name or lacking:
        raise UnableToBuildPack(f"{name}: parameters.yaml and rules.py differ: {sorted(lacking) or raw.get('pack')}")
    parameters = {key: _parameter(name, key, entry) for key, entry in (raw.get("parameters") or {}).items()}
    breaks, tables = _tables(parameters)
    return Pack(
        id=name,
        layer=declared.layer,
        version=str(raw["version"]),
        title=Says(raw["title"]["en"], raw["title"]["zh"]),
        markets=frozenset(raw.get("markets") or ()),
        channels=frozenset(raw.get("channels") or ()),
        rules=tuple([_rule(rule, function, entries[rule.id]) for rule, function in declared.rules]),
        parameters=parameters,
        sources={
            key: Source(key, item["title"], item.get("link") or "") for key, item in (raw.get("sources") or {}).items()
        },
        consumers_only=bool(raw.get("consumers_only", False)),
        breaks=breaks,
        tables=tables,
    )


def _rule(rule: Rule, function: RuleFunction, entry: Mapping[str, Any]) -> Rule:
    if entry.get("confidence") not in CONFIDENCES:
        raise UnableToBuildPack(f"{rule.id}: confidence must be H or M, not {entry.get('confidence')!r}")
    dated = replace(
        rule,
        since=entry["from"],
        until=entry.get("to") or date.max,
        planned=bool(entry.get("planned", False)),
        confidence=entry["confidence"],
        checked_on=entry["checked_on"],
        title=Says(entry["title"]["en"], entry["title"]["zh"]),
    )
    object.__setattr__(dated, "judge", partial(function, dated))
    return dated


def _parameter(pack: str, name: str, entry: Mapping[str, Any]) -> Parameter:
    values = [
        Value(
            value=item["value"],
            since=item["from"],
            until=item.get("to") or date.max,
            source=item["source"],
            confidence=item["confidence"],
            checked_on=item["checked_on"],
            planned=bool(item.get("planned", False)),
        )
        for item in entry["values"]
    ]
    for item in values:
        if item.confidence not in CONFIDENCES or item.since >= item.until:
            raise UnableToBuildPack(f"{pack}: {name}: {item} must be graded H or M and begin before it ends")
    return Parameter(name, entry["unit"], tuple(values))


def _tables(parameters: Mapping[str, Parameter]) -> tuple[tuple[date, ...], tuple[Mapping[str, Any], ...]]:
    """Days on which a value changes, and the table of all values between them. A later entry in a list wins where two overlap."""
    moments = {value.since for item in parameters.values() for value in item.values}
    moments |= {value.until for item in parameters.values() for value in item.values if value.until != date.max}
    breaks = tuple(sorted(moments))
    tables: list[Mapping[str, Any]] = [{}]
    for day in breaks:
        table = {}
        for name, item in parameters.items():
            for value in item.values:
                if value.since <= day < value.until:
                    table[name] = value.value
        tables.append(table)
    return breaks, tuple(tables)
