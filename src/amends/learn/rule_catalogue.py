"""The rules as people look them up."""

from __future__ import annotations

from typing import Protocol

from amends.facts.rulebook import Pack, Rule


class RuleCatalogue(Protocol):
    """Knows every rule that can take part in a decision."""

    def packs(self) -> tuple[Pack, ...]:
        """Give every pack with its rules, in the order in which people should see them."""
        ...


def find_rule(catalogue: RuleCatalogue, name: str) -> tuple[Pack, Rule] | None:
    """Will find a rule and its pack by id; a part of a rule (`a.b.c`) falls back to the rule it belongs to (`a.b`)."""
    known = {rule.id: (pack, rule) for pack in catalogue.packs() for rule in pack.rules}
    while name:
        if name in known:
            return known[name]
        name = name.rpartition(".")[0]
    return None
