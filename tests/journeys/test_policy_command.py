"""`amends policy` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.journeys.command import amends

UNFAIR = """policy: unfair
version: 1
applies: {markets: [CN], channels: [douyin]}
rules:
  - {id: no-returns, when: {kind: return_refund, reason: changed_mind}, then: {outcome: refuse}}
  - {id: entitled, when: {entitled: true}, then: {outcome: accept}}
  - {id: owed, when: {something_owed: true}, then: {outcome: offer}}
  - {id: doubt, when: {any: [{in_doubt: true}, {facts_missing: true}]}, then: {outcome: ask}}
otherwise: {outcome: refuse}
"""


@pytest.fixture
def unfair(tmp_path: Path) -> Path:
    file = tmp_path / "unfair.yaml"
    file.write_text(UNFAIR, encoding="utf-8")
    return file


def test_a_contradiction_is_told_and_its_case_reproduces_it(unfair: Path, tmp_path: Path) -> None:
    done = amends("policy", "check", str(unfair), "--cases", str(tmp_path / "cases"))
    assert done.code == 1
    [flaw] = [json.loads(line) for line in done.out.splitlines()]
    assert (flaw["kind"], flaw["rule"], flaw["line"]) == ("contradiction", "no-returns", 5)
    [case] = (tmp_path / "cases").iterdir()
    again = amends("decide", str(case), "--policy", str(unfair), "--at", flaw["at"])
    decision = json.loads(again.out)
    assert decision["outcome"] == "accept"
    floor = next(item for item in decision["because"] if item["rule"] == "policy.floor")
    assert floor["facts"]["proposing"] == "policy.unfair.no-returns"


def test_a_file_that_cannot_be_read_ends_with_2_and_the_others_are_checked(unfair: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("policy: p\nrules:\n  - {id: a, when: {reson: x}, then: {outcome: accept}}\n", encoding="utf-8")
    done = amends("policy", "check", str(broken), str(unfair), str(tmp_path / "nowhere.yaml"))
    assert done.code == 2
    assert "broken.yaml: line 3: rules[0].when.reson: unknown fact; did you mean reason?" in done.err
    assert "nowhere.yaml: No such file or directory" in done.err
    assert json.loads(done.out.splitlines()[0])["rule"] == "no-returns"
    assert "Traceback" not in done.err


def test_the_schema_is_printed() -> None:
    Draft202012Validator.check_schema(json.loads(amends("policy", "schema").out))


@pytest.mark.parametrize(("lang", "word"), [("en", "entitled: Accept"), ("zh", "entitled: 同意")])
def test_a_policy_is_shown_in_words(unfair: Path, lang: str, word: str) -> None:
    done = amends("policy", "show", str(unfair), "--lang", lang)
    assert done.code == 0
    assert word in done.out
    assert "{" not in done.out
