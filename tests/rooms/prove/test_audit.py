"""Tampering with any byte of any file, or with any row of a log, is found by `amends audit verify` and named."""

from __future__ import annotations

import hashlib
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from amends.facts.log import Actor, Entry, seal
from tests.databases import Database, database
from tests.vault_house import NOW, a_vault, digest, evidence_desk, found_in, look_at, past_the_guards, told

__all__ = ["database"]


def place(data: Path, sha: str) -> Path:
    return data / "evidence" / sha[:2] / sha[2:4] / sha


def shas(desk: Any, case: int) -> list[str]:
    return [one.sha256 for one in desk.shelf.of_case(case)]


def flip(file: Path, at: int) -> None:
    file.chmod(0o600)
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def test_a_vault_that_nobody_touched_holds(database: Database) -> None:
    a_vault(database.data)
    digest()
    digest()
    assert found_in(database.data) == []


def test_a_flipped_byte_is_found_and_named(database: Database) -> None:
    desk, cases = a_vault(database.data)
    sha = shas(desk, cases[1])[0]
    flip(place(database.data, sha), random.Random(1).randrange(place(database.data, sha).stat().st_size))
    (one,) = found_in(database.data)
    assert one.kind == "bytes"
    assert sha in one.where
    assert "K-1" in one.where


def test_two_files_that_changed_places_are_both_named(database: Database) -> None:
    desk, cases = a_vault(database.data)
    first, second = shas(desk, cases[0])[0], shas(desk, cases[2])[0]
    a, b = place(database.data, first), place(database.data, second)
    kept = a.read_bytes()
    a.chmod(0o600)
    b.chmod(0o600)
    a.write_bytes(b.read_bytes())
    b.write_bytes(kept)
    assert {one.where.split()[1] for one in found_in(database.data)} == {first, second}


def test_a_file_without_a_row_and_a_row_without_a_file(database: Database) -> None:
    desk, cases = a_vault(database.data)
    gone = shas(desk, cases[0])[0]
    os.remove(place(database.data, gone))
    stray = hashlib.sha256(b"stray").hexdigest()
    place(database.data, stray).parent.mkdir(parents=True, exist_ok=True)
    place(database.data, stray).write_bytes(b"stray")
    (database.data / "evidence" / "note.txt").write_text("hello")
    seen = told(database.data)
    assert {kind for kind, _ in seen} == {"lost", "stray"}
    assert any(gone in where for _, where in seen)
    assert ("stray", f"file {stray}") in seen
    assert ("stray", "file ./note.txt") in seen


LOG = {"store_caselogrow": "case_id", "store_custodyrow": "file_id"}


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("turn", range(6))
def test_a_row_changed_deleted_inserted_or_moved_is_found_and_named(database: Database, table: str, turn: int) -> None:
    """Random rows of random owners, by random hands."""
    chance = random.Random(f"{table}{turn}")
    a_vault(database.data)
    owner_column = LOG[table]
    with past_the_guards() as cursor:
        cursor.execute(f"SELECT id, {owner_column}, seq FROM {table} ORDER BY id")
        rows = cursor.fetchall()
        row, owner, seq = chance.choice(rows)
        deed = ("change", "time", "delete", "insert", "swap", "data")[turn]
        if deed == "change":
            cursor.execute(f"UPDATE {table} SET who = %s WHERE id = %s", ["someone else", row])
        elif deed == "time":
            cursor.execute(f"UPDATE {table} SET at = %s WHERE id = %s", ["2026-01-01 00:00:00+00:00", row])
        elif deed == "data":
            cursor.execute(f"UPDATE {table} SET data = %s WHERE id = %s", [json.dumps({"items": [], "x": turn}), row])
        elif deed == "delete":
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row])
        elif deed == "insert":
            last = max(at for _, whose, at in rows if whose == owner)
            cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [row])
            names = [one[0] for one in cursor.description if one[0] != "id"]
            columns = ", ".join(f'"{name}"' for name in names)
            values = ", ".join(str(last + 1) if name == "seq" else f'"{name}"' for name in names)
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = %s", [row])
            seq = last + 1
        else:
            others = [one for one in rows if one[0] != row]
            other, whose, at = chance.choice([one for one in others if one[1] == owner] or others)
            moves = [(-7, -7, row), (owner, seq, other), (whose, at, row)]
            for number, place_of, which in moves:
                cursor.execute(
                    f"UPDATE {table} SET {owner_column} = %s, seq = %s WHERE id = %s", [number, place_of, which]
                )
    seen = found_in(database.data)
    key = f"(#{owner})" if table == "store_caselogrow" else _sha(owner)
    named = [one for one in seen if key in one.where]
    assert named, (deed, seen)
    assert any(f"entry {seq}" in one.says.en for one in named), (deed, seq, seen)
    assert all(one.says.zh for one in seen)


def _sha(file: int) -> str:
    from amends.store.models import VaultFileRow

    return VaultFileRow.objects.get(pk=file).sha256


@pytest.mark.parametrize(("column", "value"), [
    ("name", "other.png"), ("size", 5), ("mime", "image/webp"), ("by", "someone else"),
])  # fmt: skip
def test_a_changed_row_of_a_case_is_found(database: Database, column: str, value: Any) -> None:
    from amends.store.models import EvidenceRow

    a_vault(database.data)
    row = EvidenceRow.objects.order_by("pk").first()
    assert row is not None
    EvidenceRow.objects.filter(pk=row.pk).update(**{column: value})
    (one,) = found_in(database.data)
    assert one.kind == "use_changed"
    assert "K-0" in one.where
    assert row.sha256 in one.where
    assert column in one.says.en


def test_a_file_taken_from_its_case_and_one_given_to_another(database: Database) -> None:
    from amends.store.models import EvidenceRow

    desk, cases = a_vault(database.data)
    moved, gone = shas(desk, cases[0])[0], shas(desk, cases[1])[0]
    EvidenceRow.objects.filter(sha256=moved).update(case=cases[2])
    EvidenceRow.objects.filter(sha256=gone).delete()
    seen = found_in(database.data)
    assert {one.kind for one in seen} == {"use_changed", "use_gone"}
    assert any(moved in one.where and "K-2" in one.where for one in seen)
    assert any(gone in one.where for one in seen)


def test_a_content_whose_row_and_file_are_gone_is_missed_by_the_log_that_names_it(database: Database) -> None:
    desk, cases = a_vault(database.data)
    sha = shas(desk, cases[0])[0]
    os.remove(place(database.data, sha))
    with past_the_guards() as cursor:
        cursor.execute(
            "DELETE FROM store_custodyrow WHERE file_id = (SELECT id FROM store_vaultfilerow WHERE sha256 = %s)", [sha]
        )
        cursor.execute("DELETE FROM store_vaultfilerow WHERE sha256 = %s", [sha])
        cursor.execute("DELETE FROM store_evidencerow WHERE sha256 = %s", [sha])
    (one,) = found_in(database.data)
    assert one.kind == "log_names"
    assert "K-0" in one.where


def test_a_log_rewritten_whole_with_new_seals_is_found_against_the_digest(database: Database) -> None:
    """Whoever knows how seals are made can make a log that holds by itself; the digest was made before."""
    _, cases = a_vault(database.data)
    digest()
    _rewrite(cases[1])
    (one,) = [one for one in found_in(database.data) if one.kind == "rewritten"]
    assert "K-1" in one.where
    assert "digest 1" in one.says.en


def _rewrite(number: int) -> None:
    from amends.store.case_log import entry_of
    from amends.store.models import CaseLogRow

    rows = list(CaseLogRow.objects.filter(case=number).order_by("seq"))
    before = "0" * 64
    with past_the_guards() as cursor:
        for row in rows:
            kept = entry_of(row)
            fresh = Entry(kept.what, Actor(kept.by.kind, "forger"), kept.at, kept.why, kept.moves, kept.told, kept.data)
            made = seal(str(number), row.seq, before, fresh)
            cursor.execute(
                "UPDATE store_caselogrow SET who = %s, before = %s, sealed = %s WHERE id = %s",
                ["forger", before, made, row.pk],
            )
            before = made
        cursor.execute("UPDATE store_caserow SET log_head = %s WHERE id = %s", [before, number])


def test_a_case_that_was_wiped_out_is_missed_by_the_digest(database: Database) -> None:
    _, cases = a_vault(database.data)
    digest()
    with past_the_guards() as cursor:
        cursor.execute("DELETE FROM store_caselogrow WHERE case_id = %s", [cases[2]])
    assert ("unwritten", f"case K-2 of acme (#{cases[2]})") in told(database.data)


def test_digests_that_were_changed_are_found_too(database: Database) -> None:
    desk, cases = a_vault(database.data)
    first = digest()
    look_at(desk, shas(desk, cases[0])[0], cases[0])
    digest()
    with past_the_guards() as cursor:
        cursor.execute(
            "UPDATE store_digestleafrow SET head = %s WHERE id = (SELECT MIN(id) FROM store_digestleafrow)", ["0" * 64]
        )
    kinds = {kind for kind, _ in told(database.data)}
    assert kinds == {"rewritten", "leaves_changed"}
    assert "expected" not in {kind for kind, _ in told(database.data, expected=frozenset({first.sealed}))}
    assert ("expected", "the digests") in told(database.data, expected=frozenset({"f" * 64}))
    with past_the_guards() as cursor:
        cursor.execute("UPDATE store_logdigestrow SET root = %s WHERE number = 1", ["1" * 64])
    assert ("digest_changed", f"digest 1 of {NOW:%Y-%m-%d}") in told(database.data)
    with past_the_guards() as cursor:
        cursor.execute(
            "DELETE FROM store_digestleafrow WHERE digest_id = (SELECT id FROM store_logdigestrow WHERE number = 1)"
        )
        cursor.execute("DELETE FROM store_logdigestrow WHERE number = 1")
    assert ("digest_missing", "the digests") in told(database.data)


def _manager() -> Any:
    from tests.case_house import MANAGER

    return MANAGER


def test_a_digest_holds_only_what_moved(database: Database) -> None:
    desk, cases = a_vault(database.data)
    assert digest().leaves == 3 + 6
    assert digest().leaves == 0
    look_at(desk, shas(desk, cases[0])[0], cases[0])
    assert digest().leaves == 1


def test_what_was_tampered_with_is_mended_where_it_comes_in_again(database: Database) -> None:
    from tests.portal_house import picture, upload

    desk, cases = a_vault(database.data)
    sha = shas(desk, cases[0])[0]
    flip(place(database.data, sha), 3)
    desk.add(cases[1], _manager(), [upload(picture("PNG", (20, 20)), "again.png")])
    assert found_in(database.data) == []
    from amends.store.custody import custody_of

    assert [one.what for one in custody_of(sha)][-2:] == ["linked", "mended"]


def test_files_are_read_only_and_never_written_again(database: Database) -> None:
    desk, cases = a_vault(database.data)
    file = place(database.data, shas(desk, cases[0])[0])
    assert file.stat().st_mode & 0o777 == 0o400
    assert evidence_desk(database.data).shelf.of_case(cases[0])
