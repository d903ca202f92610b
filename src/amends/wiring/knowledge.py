"""The knowledge base over the rule packs with their examples, and the policies in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from amends.decide.house import HOUSE_RULES
from amends.desk.knowledge.desk import KnowledgeDesk
from amends.desk.knowledge.trying import try_out
from amends.facts.knowledge import Example, Learnt
from amends.facts.read_case import read_case
from amends.facts.rulebook import Pack, Says, Source
from amends.wiring.house import LAW, PLATFORMS, RISK, load_rulebooks
from amends.wiring.policies import standard

HOUSE: Final = Pack(
    id="house",
    layer="policy",
    version="1",
    title=Says("What Amends itself adds", "Amends 自身的规则"),
    markets=frozenset(),
    channels=frozenset(),
    rules=HOUSE_RULES,
    parameters={},
    sources={"QRT": Source("QRT", "QRT", "")},
)


def knowledge_desk() -> KnowledgeDesk:
    """The verbs of the knowledge base, over the database that Django was made ready for."""
    from amends.store.policy_book import DatabasePolicies

    return KnowledgeDesk(every_pack, learnt, DatabasePolicies(), lambda: standard().text)


@cache
def every_pack() -> tuple[Pack, ...]:
    """Every pack in the order in which they speak, and the house's own rules."""
    return (*load_rulebooks().all, HOUSE)


@cache
def examples() -> tuple[Example, ...]:
    """The examples that ship with the packs: each rule is shown to hold in one at least."""
    return tuple([_example(raw) for module in (*LAW, *PLATFORMS, *RISK) for raw in _raw(module)])


@cache
def learnt() -> Mapping[str, Learnt]:
    """What each rule was seen to do in the examples; rules and examples do not change while the process lives."""
    return try_out(load_rulebooks(), examples())


def _raw(module: Any) -> list[dict[str, Any]]:
    text = resources.files(module.__name__).joinpath("examples.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader) or []
    return found


def _example(raw: Mapping[str, Any]) -> Example:
    return Example(str(raw["name"]), read_case(raw["case"]), datetime.fromisoformat(str(raw["at"])))
