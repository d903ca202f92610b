"""`amends decide` keeps its contract: formats, exit codes, errors by path, the other cases still decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from amends.cli.case_files import LONGEST_LINE
from tests.journeys.cases import AT, PLAIN, bent
from tests.journeys.command import amends


def _lines(*cases: Any) -> bytes:
    return b"".join(json.dumps(case, ensure_ascii=False).encode() + b"\n" for case in cases)


def test_decides_json_lines_from_standard_input_in_their_order() -> None:
    ran = amends("decide", "-", "--at", AT, "--format", "jsonl", stdin=_lines(PLAIN, {**PLAIN, "case": "second"}))
    assert (ran.code, ran.err) == (0, "")
    assert [decision["case"] for decision in ran.decisions] == ["plain", "second"]
    first = ran.decisions[0]
    assert (first["outcome"], first["remedy"], first["refund"]["total"]) == ("accept", "return_refund", "180.00")


def test_reads_json_lines_json_and_yaml_alike(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(_lines(PLAIN))
    (tmp_path / "b.json").write_text(json.dumps([PLAIN]), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(yaml.safe_dump(PLAIN, allow_unicode=True), encoding="utf-8")
    outs = {amends("decide", str(tmp_path / name), "--at", AT).out for name in ("a.jsonl", "b.json", "c.yaml")}
    assert len(outs) == 1


def test_same_input_and_moment_give_the_same_bytes_on_one_core_or_many(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_bytes(_lines(*[{**PLAIN, "case": str(number)} for number in range(2600)]))
    first, second = amends("decide", str(file), "--at", AT), amends("decide", str(file), "--at", AT)
    assert first.code == 0
    assert first.out == second.out
    assert [decision["case"] for decision in first.decisions] == [str(number) for number in range(2600)]


BAD = [
    ("order.lines.0.paid", 180, "wrong_type", "order.lines[0].paid"),
    ("order.lines.0.paid", "-1.00", "negative_amount", "order.lines[0].paid"),
    ("order.lines.0.paid", "1.005", "over_precise", "order.lines[0].paid"),
    ("order.lines.0.paid", "1e3", "bad_amount", "order.lines[0].paid"),
    ("order.lines.0.paid", ..., "missing", "order.lines[0].paid"),
    ("order.lines.0.quantity", 0, "out_of_range", "order.lines[0].quantity"),
    ("order.lines.0.category", "shirts", "unknown_value", "order.lines[0].category"),
    ("order.currency", "XAU", "unknown_currency", "order.currency"),
    ("order.currency", "RMB", "unknown_currency", "order.currency"),
    ("order.placed_at", "2026-06-01T09:00:00", "no_offset", "order.placed_at"),
    ("order.placed_at", "yesterday", "bad_time", "order.placed_at"),
    ("order.payments.0.refunded", "180.01", "refund_above_paid", "order.payments[0].refunded"),
    ("order.payments", ..., "missing", "order.payments"),
    ("request.kind", "refund", "unknown_value", "request.kind"),
    ("request.lines", [{"id": "l1", "quantity": 3}], "too_many", "request.lines[0].quantity"),
    ("request.lines", [{"id": "l9"}], "unknown_line", "request.lines[0].id"),
    ("shipments.0.delivered_at", "2026-06-01T10:00:00+08:00", "contradiction", "shipments[0].delivered_at"),
    ("shipments.0.trace", "lost", "contradiction", "shipments[0].trace"),
    ("shipments.0.lines", ["l2"], "unknown_line", "shipments[0].lines[0]"),
    ("market", "MARS", "unknown_value", "market"),
    ("order", [], "wrong_type", "order"),
    ("goods", {"used": "yes"}, "wrong_type", "goods.used"),
    ("defect", {"share": 1.5}, "out_of_range", "defect.share"),
]


@pytest.fixture(scope="module")
def all_bad() -> dict[str, Any]:
    cases = [bent(path, value, str(number)) for number, (path, value, _, _) in enumerate(BAD)]
    return {"ran": amends("decide", "-", "--at", AT, stdin=_lines(*cases, PLAIN))}


@pytest.mark.parametrize("number", range(len(BAD)), ids=[f"{code}-{path}" for _, _, code, path in BAD])
def test_a_bad_field_is_named_with_what_would_be_right(all_bad: dict[str, Any], number: int) -> None:
    _, _, code, path = BAD[number]
    found = all_bad["ran"].faults[number]
    assert found["case"] == str(number)
    assert (found["error"]["code"], found["error"]["path"]) == (code, path)
    assert found["error"]["message"]


def test_bad_cases_do_not_stop_the_others_and_the_exit_says_so(all_bad: dict[str, Any]) -> None:
    ran = all_bad["ran"]
    assert ran.code == 2
    assert [decision["case"] for decision in ran.decisions] == ["plain"]
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "empty_file"),
        (b"\x00\xff\xfe\x80binary rubbish\n", "bad_json"),
        (b'{"case": "torn', "bad_json"),
        (b"[1, 2]\n", "wrong_type"),
    ],
    ids=["empty", "blank", "binary", "torn", "no mapping"],
)
def test_rubbish_is_told_without_a_traceback(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(content)
    ran = amends("decide", str(file), "--at", AT)
    assert (ran.code, ran.out) == (2, "")
    assert [fault["error"]["code"] for fault in ran.faults] == [code]


def test_a_line_without_end_is_passed_over_and_the_next_one_decided(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b'{"case": "' + b"x" * (LONGEST_LINE + 5) + b'"}\n' + _lines(PLAIN))
    ran = amends("decide", str(file), "--at", AT)
    assert ran.code == 2
    assert [fault["error"]["code"] for fault in ran.faults] == ["line_too_long"]
    assert [decision["case"] for decision in ran.decisions] == ["plain"]


def test_a_yaml_bomb_is_not_unfolded(tmp_path: Path) -> None:
    file = tmp_path / "bomb.yaml"
    file.write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", encoding="utf-8")
    ran = amends("decide", str(file), "--at", AT)
    assert ran.code == 2
    assert "aliases" in ran.faults[0]["error"]["message"]


def test_a_missing_file_and_a_bad_moment_are_told(tmp_path: Path) -> None:
    ran = amends("decide", str(tmp_path / "nowhere.jsonl"))
    assert ran.code == 2
    assert ran.faults[0]["error"]["code"] == "unreadable_file"
    late = amends("decide", "-", "--at", "2026-06-09 noon")
    assert late.code == 2
    assert "--at" in late.err


def test_fields_that_no_one_reads_are_named_in_the_decision() -> None:
    case = {**PLAIN, "return_parcell": {}}
    assert amends("decide", "-", "--at", AT, stdin=_lines(case)).decisions[0]["ignored"] == ["return_parcell"]


def test_the_table_speaks_the_language_asked_for() -> None:
    english = amends("decide", "-", "--at", AT, "--format", "table", stdin=_lines(PLAIN))
    chinese = amends("decide", "-", "--at", AT, "--format", "table", "--lang", "zh", stdin=_lines(PLAIN))
    assert "Accept" in english.out
    assert "同意" in chinese.out


def test_json_format_is_one_list() -> None:
    ran = amends("decide", "-", "--at", AT, "--format", "json", stdin=_lines(PLAIN))
    assert [decision["case"] for decision in json.loads(ran.out)] == ["plain"]
