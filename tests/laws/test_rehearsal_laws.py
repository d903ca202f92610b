"""Laws of rehearsing: the SQL of a policy, its compiled form and the plain reading agree on every case, and so do the decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from amends.decide.decide import decide
from amends.decide.policy import model
from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.conditions import Values, compile_condition
from amends.decide.policy.interpret import compare
from amends.decide.policy.model import Condition, Group, PolicyText
from amends.decide.policy.read_policy import read_policy
from amends.decide.rehearsal.decision_sql import RESULTS, decided, result
from amends.decide.rehearsal.history_row import history_row
from amends.decide.rehearsal.shelf_sql import ShelfSql, first_match
from amends.facts.read_case import read_case
from amends.facts.vocabulary import VOCABULARY
from amends.facts.vocabulary_fact import Fact
from amends.learn.rehearsal.folder import types
from tests.laws.any_case import cases
from tests.laws.test_policy_laws import AT, books, conditions

COLUMNS = types()


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config={"threads": "1"}) as found:
        yield found


def put(duck: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    """The rows as the table `history`."""
    names = ", ".join([f'"{name}" {kind}' for name, kind in COLUMNS.items()])
    duck.execute(f"CREATE OR REPLACE TABLE history ({names})")
    places = ", ".join("?" * len(COLUMNS))
    duck.executemany(f"INSERT INTO history VALUES ({places})", [[row.get(name) for name in COLUMNS] for row in rows])


def values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind == "bool":
        return st.booleans()
    if fact.kind in ("integer", "money"):
        return st.integers(0, 45) | st.integers(0, 50_000)
    if fact.kind == "number":
        return st.decimals(0, 100, places=2)
    words = sorted(fact.codes) or ["a", "b", "c'\\"]
    word = st.sampled_from(words)
    return word if fact.kind == "code" else st.lists(word, max_size=3, unique=True).map(frozenset)


@st.composite
def rows_for(draw: st.DrawFn, text: PolicyText) -> dict[str, Any]:
    """Any values for the facts that a policy names, one in four of them missing; the currency as well."""
    named = {test.fact.name for rule in text.rules for test in model.tests(rule.when)}
    row = {name: None if draw(st.integers(0, 3)) == 0 else draw(values(VOCABULARY[name])) for name in sorted(named)}
    return {"currency": draw(st.sampled_from(["CNY", "CNY", "CNY", "EUR"]))} | {
        k: v for k, v in row.items() if k != "currency"
    }


def plainly(condition: Condition, row: dict[str, Any]) -> bool:
    if isinstance(condition, Group):
        met = [plainly(part, row) for part in condition.parts]
        return {"all": all(met), "any": any(met), "none": not any(met)}[condition.how]
    return compare(condition, row[condition.fact.name]) is True


def by_plain_reading(text: PolicyText, row: dict[str, Any]) -> int:
    for place, rule in enumerate(text.rules):
        if all(one == row["currency"] for one in rule.currencies) and all(plainly(one, row) for one in rule.when):
            return place
    return len(text.rules)


def by_closures(text: PolicyText, row: dict[str, Any]) -> int:
    told = Values(None)  # type: ignore[arg-type]
    told.update(row)
    for place, rule in enumerate(text.rules):
        if (not rule.currencies or rule.currencies == {row["currency"]}) and all(
            compile_condition(one)(told) for one in rule.when
        ):
            return place
    return len(text.rules)


THENS: list[dict[str, Any]] = [
    {"outcome": "accept"},
    {"outcome": "offer"},
    {"outcome": "refuse", "handling": "auto"},
    {"outcome": "ask", "ask": ["photo"], "handling": "auto"},
    {"outcome": "ask", "handling": "auto"},
    {"outcome": "accept", "handling": "auto"},
    {"outcome": "accept", "remedy": "refund_only", "handling": "auto"},
    {"outcome": "offer", "remedy": "refund_only", "refund": {"percent": 33}},
    {"outcome": "accept", "refund": {"percent": 70}, "handling": "auto"},
    {"outcome": "offer", "remedy": "compensation", "refund": {"amount": "12.34 CNY"}},
    {"outcome": "accept", "remedy": "price_adjustment"},
    {"outcome": "accept", "remedy": "exchange", "shipping_paid_by": "buyer"},
    {"outcome": "accept", "shipping_paid_by": "buyer", "handling": "auto"},
    {"outcome": "accept", "deduct": {"kind": "restocking", "percent": 15}, "waive": ["gift", "discount_lost"]},
    {"outcome": "accept", "deduct": {"kind": "diminished_value", "amount": "5.00 CNY"}, "waive": ["free_shipping_lost"]},
    {"outcome": "accept", "compensation": {"amount": "7.00 CNY"}, "waive": ["gift"]},
    {"outcome": "offer", "remedy": "return_refund", "refund": {"amount": "90.00 CNY"}},
]  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> PolicyText:
    """Rules of any conditions and any proposal; the first may speak only for some markets."""
    alike = draw(st.booleans())
    when = st.just({"kind": {"known": True}}) if alike else conditions
    found = [
        {"id": f"r{place}", "when": draw(when), "then": draw(st.sampled_from(THENS))}
        for place in range(draw(st.integers(1, 4)))
    ]
    whole: dict[str, Any] = {"policy": "any", "version": 1, "rules": found}
    if draw(st.booleans()):
        whole["otherwise"] = draw(st.sampled_from(THENS))
    if draw(st.integers(0, 3)) == 0:
        whole["applies"] = {"channels": ["taobao", "direct", "douyin"]}
    return read_policy(yaml.safe_dump(json.loads(json.dumps(whole))))


@settings(max_examples=25)
@given(st.data())
def test_sql_closures_and_plain_reading_choose_the_same_rule(
    duck: duckdb.DuckDBPyConnection, data: st.DataObject
) -> None:
    text = data.draw(policies())
    rows = data.draw(st.lists(rows_for(text), min_size=1, max_size=6))
    put(
        duck,
        [
            {k: sorted(v) if isinstance(v, frozenset) else v for k, v in row.items()} | {"case_number": n}
            for n, row in enumerate(rows)
        ],
    )
    asked = exp.select(first_match(text)).from_("history").order_by("case_number").sql("duckdb")
    told = [row[0] for row in duck.execute(asked).fetchall()]
    assert told == [by_closures(text, row) for row in rows]
    assert told == [by_plain_reading(text, row) for row in rows]


@settings(max_examples=25)
@given(st.lists(policies(), min_size=1, max_size=2), st.lists(cases(), min_size=1, max_size=6))
def test_the_decisions_in_sql_are_those_of_the_house(
    duck: duckdb.DuckDBPyConnection, texts: list[PolicyText], raws: list[dict[str, Any]]
) -> None:
    shelf = [compile_policy(text) for text in texts]
    read = [read_case(raw) for raw in raws]
    put(duck, [history_row(number, "acme", case, AT, books()) for number, case in enumerate(read)])
    names = [result(name, "now") for name in RESULTS]
    asked = exp.select("case_number", *names).from_(
        decided(exp.to_table("history"), {"now": ShelfSql(shelf)}).subquery("h")
    )
    told = {row[0]: row[1:] for row in duck.execute(asked.sql("duckdb", identify=True)).fetchall()}
    for number, case in enumerate(read):
        speaks = next((one for one in shelf if one.concerns("acme", case.market, case.shop.channel)), None)
        if speaks is None:
            assert number not in told
            continue
        wanted = decide(case, AT, books(), speaks)
        refund = wanted.refund.total if wanted.refund else None
        money = (refund or 0) + (wanted.compensation.amount if wanted.compensation else 0)
        overruled = "policy.floor" in {finding.rule.id for finding in wanted.because}
        assert told[number][1:] == (wanted.outcome, wanted.remedy, refund, money, wanted.handling, overruled), (
            json.dumps(raws[number])
        )
