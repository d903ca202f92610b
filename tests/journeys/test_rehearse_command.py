"""`amends export history` and `amends policy rehearse` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.journeys.command import amends
from tests.journeys.test_policy_command import UNFAIR


def cases_in(data: Path) -> None:
    """The sample shops, as `amends up` makes them."""
    from amends.wiring.start import prepare

    prepare(data, None, True, lambda told: None)


def test_a_policy_is_rehearsed_over_the_history_that_was_exported(tmp_path: Path) -> None:
    data, history, draft = tmp_path / "data", tmp_path / "history", tmp_path / "unfair.yaml"
    draft.write_text(UNFAIR, encoding="utf-8")
    cases_in(data)
    written = amends("export", "history", "--parquet", str(history), data=data)
    assert (written.code, written.out.split(": ")[1].strip()) == (0, "300 cases")
    assert [one.name for one in history.iterdir() if not one.name.startswith("month=")] == []
    done = amends("policy", "rehearse", str(draft), "--history", str(history), "--examples", "3")
    told = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert told[0]["cases"] == 300
    assert 0 < told[0]["changed"] < 300
    for side in ("before", "after"):
        assert sum([line[side] for line in told if "outcome" in line]) == 300
    assert [line["conflict"] for line in told if "conflict" in line] == ["policy.unfair.no-returns"]
    examples = [line for line in told if "case" in line]
    assert len(examples) == 3
    assert all(one["before"] != one["after"] and one["after"]["reason"]["zh"] for one in examples)
    same = amends("policy", "rehearse", str(draft), "--history", str(history), "--against", str(draft))
    assert json.loads(same.out.splitlines()[0]) == {"cases": 300, "changed": 0}


def test_what_cannot_be_rehearsed_is_told(tmp_path: Path) -> None:
    draft = tmp_path / "unfair.yaml"
    draft.write_text(UNFAIR, encoding="utf-8")
    nowhere = amends("policy", "rehearse", str(draft), "--history", str(tmp_path / "none"))
    assert nowhere.code == 2
    assert "write them with `amends export history`" in nowhere.err
    alone = amends("export", "history", data=tmp_path / "data")
    assert "amends export history --parquet DIR" in alone.err
