"""The files on disk: rows replaced, half-done work that leaves the old facts whole, and one writer at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from amends.facts.metric_story import Mark
from amends.learn.metrics.parquet import BUCKET, ParquetStore
from tests.metric_house import case, facts_in, sale

IDS = "SELECT id, sku FROM cases ORDER BY id"


def test_a_row_that_comes_again_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [case(1, sku="A"), case(2, sku="B"), case(BUCKET + 1, sku="C")])
    facts_in(tmp_path, [case(2, sku="b'\"\n;--"), case(3, sku="D")])
    assert facts.ask(IDS, ()) == [(1, "A"), (2, "b'\"\n;--"), (3, "D"), (BUCKET + 1, "C")]


def test_an_order_that_lost_a_sku_loses_its_row(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [], [sale(1, sku="A"), sale(1, sku="B", whole=0), sale(2, sku="A")])
    store = facts.store
    store.keep(store.put(store.manifest(), {"sales": [sale(1, sku="B")]}, {"sales": [1]}))
    assert facts.ask("SELECT id, sku FROM sales ORDER BY id, sku", ()) == [(1, "B"), (2, "A")]


def test_what_was_written_but_not_kept_is_not_there(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [case(1, sku="A")])
    facts.store.put(facts.store.manifest(), {"cases": [case(1, sku="Z"), case(2)]}, {})
    assert facts.ask(IDS, ()) == [(1, "A")]
    facts.store.put(facts.store.manifest(), {"cases": [case(2, sku="B")]}, {})
    assert facts.ask(IDS, ()) == [(1, "A")]


def test_a_manifest_that_broke_off_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = facts_in(tmp_path, [case(1, sku="A")])
    there = facts.store.manifest()

    def broken(self: Path, target: Path) -> Path:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        fresh = facts.store.put(there, {"cases": [case(1, sku="B")]}, {})
        patched.setattr(Path, "replace", broken)
        with pytest.raises(OSError, match="no space"):
            facts.store.keep(replace(fresh, mark=Mark(entry=9)))
    assert facts.store.manifest() == there
    assert facts.ask(IDS, ()) == [(1, "A")]


def test_facts_of_another_shape_count_as_none(tmp_path: Path) -> None:
    store = facts_in(tmp_path, [case(1)]).store
    told = (tmp_path / "manifest.json").read_text().replace('"shape": "', '"shape": "x')
    (tmp_path / "manifest.json").write_text(told)
    assert store.manifest().files == {}


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with ParquetStore(tmp_path).alone() as first, ParquetStore(tmp_path).alone() as second:
        assert (first, second) == (True, False)


def test_a_table_is_written_out_whole(tmp_path: Path) -> None:
    facts = facts_in(tmp_path / "store", [case(1, sku="A"), case(2)])
    assert facts.write("cases", str(tmp_path / "out.parquet"), "parquet") == 2
    assert facts.ask(f"SELECT COUNT(*) FROM '{tmp_path / 'out.parquet'}' WHERE sku = 'A'", ()) == [(1,)]
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_place_that_cannot_be_written_is_told_as_such(tmp_path: Path) -> None:
    facts = facts_in(tmp_path / "store", [case(1)])
    with pytest.raises(OSError, match="cannot be written there"):
        facts.write("cases", str(tmp_path / "nowhere" / "out.parquet"), "parquet")
