"""Reading a policy: every fault at once, with its line and path, and nothing that a hostile file could do."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.decide.policy.schema import policy_schema
from amends.decide.policy.spots import Fault, UnableToReadPolicy
from amends.facts.vocabulary import VOCABULARY

HEAD = "policy: p\nversion: 1\nrules:\n"
SCHEMA = policy_schema()
VALID = Draft202012Validator(SCHEMA)
SHIPPED = [*resources.files("amends.decide.policy").joinpath("examples").iterdir()]


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(UnableToReadPolicy) as caught:
        read_policy(text)
    return caught.value.faults


BROKEN = {
    "unknown fact": (
        "  - {id: a, when: {reson: quality}, then: {outcome: accept}}",
        "when.reson",
        "did you mean reason?",
    ),
    "unknown value": ("  - {id: a, when: {reason: qualty}, then: {outcome: accept}}", "when.reason", "quality"),
    "unknown key": ("  - {id: a, wen: {}, then: {outcome: accept}}", "rules[0].wen", "did you mean when?"),
    "unknown outcome": ("  - {id: a, then: {outcome: acept}}", "then.outcome", "did you mean accept?"),
    "nothing proposed": ("  - {id: a, then: {}}", "then", "outcome"),
    "no id": ("  - {then: {outcome: accept}}", "rules[0].id", "needed"),
    "bad id": ("  - {id: A b, then: {outcome: accept}}", "rules[0].id", "lower-case"),
    "id twice": ("  - {id: a, then: {outcome: ask}}\n  - {id: a, then: {outcome: ask}}", "rules[1].id", "line 4"),
    "money without currency": (
        "  - {id: a, when: {refund_total: {at_most: 30}}, then: {outcome: accept}}",
        "when.refund_total.at_most",
        '"30 CNY"',
    ),
    "too precise": (
        '  - {id: a, when: {refund_total: {at_most: "30.001 CNY"}}, then: {outcome: accept}}',
        "when.refund_total.at_most",
        "2 digits",
    ),
    "two currencies": (
        '  - {id: a, when: {refund_total: ["1 CNY", "1 EUR"]}, then: {outcome: accept}}',
        "when.refund_total",
        "one currency",
    ),
    "threshold of a word": (
        "  - {id: a, when: {reason: {over: 3}}, then: {outcome: accept}}",
        "reason.over",
        "no number",
    ),
    "fraction of days": (
        "  - {id: a, when: {days_since_delivery: {at_most: 7.5}}, then: {outcome: accept}}",
        "days_since_delivery.at_most",
        "whole number",
    ),
    "percent above all": ("  - {id: a, then: {refund: {percent: 130}}}", "then.refund.percent", "0 to 100"),
    "percent and amount": ('  - {id: a, then: {refund: {percent: 50, amount: "3 CNY"}}}', "then.refund", "either"),
    "refuse and give": ("  - {id: a, then: {outcome: refuse, remedy: exchange}}", "then.remedy", "gives nothing"),
    "ask beside accept": ("  - {id: a, then: {outcome: accept, ask: [evidence]}}", "then.ask", "outcome: ask"),
    "empty group": ("  - {id: a, when: {any: []}, then: {outcome: accept}}", "when.any", "at least one"),
    "an unquoted date": (
        "  - {id: a, when: {quantity: 2026-11-25}, then: {outcome: accept}}",
        "when.quantity",
        "whole number",
    ),
}


@pytest.mark.parametrize(("rules", "path", "word"), BROKEN.values(), ids=BROKEN)
def test_a_fault_names_line_path_and_what_would_be_right(rules: str, path: str, word: str) -> None:
    [fault] = faults(HEAD + rules + "\n")
    assert fault.line == 4 + rules.count("\n")
    assert path in fault.path
    assert word in fault.message


def test_all_faults_of_a_file_are_told_at_once_in_order() -> None:
    text = "policy: P\nversion: [1]\napplies: {markets: [ZZ], planet: earth}\nrules:\n  - {id: a, when: {x: 1}, then: {}}\n"
    found = faults(text)
    assert [fault.line for fault in found] == [1, 2, 3, 3, 5, 5]


def test_a_key_twice_is_a_fault_with_both_lines() -> None:
    [fault] = faults("policy: p\npolicy: q\nrules: []\n")
    assert (fault.line, "line 1" in fault.message) == (2, True)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
        ("[" * 60 + "]" * 60, "nested"),
        ("[" * 5000, "depth"),
        ("policy: p\n# " + "x" * 2_000_000, "larger than"),
        ("policy: p\n---\npolicy: q\n", "second document"),
        ("", "empty"),
        ("{", "not YAML"),
        ("policy: !!python/object/apply:os.system [ls]\nrules: []\n", ""),
        ("\x00\x01", "not YAML"),
        ("- 1\n", "mapping"),
    ],
    ids=["bomb", "depth", "great depth", "size", "documents", "empty", "cut off", "tag", "binary", "list"],
)
def test_hostile_and_broken_files_are_refused(text: str, word: str) -> None:
    assert word in faults(text)[0].message


@pytest.mark.parametrize("file", SHIPPED, ids=[file.name for file in SHIPPED])
def test_the_schema_takes_what_the_reader_takes(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    assert compile_policy(read_policy(text)).text.rules
    VALID.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    "name", [name for name in BROKEN if name not in ("id twice", "two currencies", "too precise", "bad id")]
)
def test_the_schema_refuses_what_the_reader_refuses(name: str) -> None:
    text = HEAD + BROKEN[name][0]
    assert not VALID.is_valid(json.loads(json.dumps(yaml.safe_load(text), default=str)))


def test_the_schema_is_a_schema_and_names_every_fact() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert VOCABULARY.keys() <= SCHEMA["$defs"]["when"]["properties"].keys()
