"""Case files as a source: a bad line is that line's affair, a broken whole file says where it is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amends.intake.case_files import read_case_files
from amends.intake.look import UnableToReadFile, look_at

Write = Callable[[str, bytes], Path]


def test_json_lines_with_a_bad_one_between(write: Write) -> None:
    found = list(read_case_files(look_at(write("a.jsonl", b'{"case": "1"}\n\nrubbish\n{"case": "2"}\n'))).rows)
    assert [(row.number, row.record) for row in found] == [(1, {"case": "1"}), (3, None), (4, {"case": "2"})]
    assert found[1].fault is not None
    assert found[1].raw == {"case": "rubbish"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'[{"case": "1"}, {"case": "2"}]'),
        ("a.yaml", b"- case: '1'\n- case: '2'\n"),
        ("a.yml", "- {case: '1'}\n- {case: '2'}\n".encode("utf-8-sig")),
    ],
)
def test_whole_files(write: Write, name: str, content: bytes) -> None:
    assert [row.record for row in read_case_files(look_at(write(name, content))).rows] == [{"case": "1"}, {"case": "2"}]


def test_one_case_alone(write: Write) -> None:
    assert [row.record for row in read_case_files(look_at(write("a.json", b'{"case": "1"}'))).rows] == [{"case": "1"}]


def test_times_in_yaml_stay_text(write: Write) -> None:
    found = read_case_files(look_at(write("a.yaml", b"at: 2026-11-20T10:00:00+08:00\n"))).rows
    assert next(found).record == {"at": "2026-11-20T10:00:00+08:00"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'[{"case": '),
        ("a.json", b"[" * 3000 + b"]" * 3000),
        ("a.yaml", b"a: [1, 2"),
        ("a.yaml", b"a: &x [1]\nb: [*x, *x]\n"),
        ("a.yaml", b"{a: " * 200 + b"1" + b"}" * 200),
        ("a.yaml", b"!!python/object/apply:os.system ['true']"),
        ("a.json", b"PK\x03\x04rubbish"),
    ],
)
def test_broken_and_hostile_files_are_refused(write: Write, name: str, content: bytes) -> None:
    with pytest.raises(UnableToReadFile) as caught:
        list(read_case_files(look_at(write(name, content))).rows)
    assert caught.value.remark.code in {"broken_case_file", "not_case_files"}
