"""What people did in the house is sealed too: a deed that was changed, taken out, put in or moved is found and named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from amends.facts.audit import Deed
from tests.databases import Database, database
from tests.vault_house import NOW, a_vault, digest, found_in, past_the_guards

__all__ = ["database"]
DEEDS = 4


def deeds(database: Database) -> None:
    from amends.store.audit_book import DatabaseAudit

    a_vault(database.data, cases=1, files=1)
    for at in range(DEEDS):
        deed = Deed(f"keeper{at}", "shown", "north", f"C-{at}", at, ("phone",), f"call {at}", "10.0.0.1")
        DatabaseAudit().write(deed, NOW + timedelta(seconds=at))


def seen(database: Database) -> list[tuple[str, str]]:
    return [(one.kind, one.says.en) for one in found_in(database.data) if "house" in one.where]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "nobody"), ("what", "role"), ("merchant", "south"), ("subject", "C-9"), ("case", 9), ("fields", "[]"),
        ("note", ""), ("place", "::1"), ("at", "2026-01-01 00:00:00+00:00"),
    ],
)  # fmt: skip
def test_whatever_a_row_says_is_sealed(database: Database, column: str, value: Any) -> None:
    deeds(database)
    assert seen(database) == []
    with past_the_guards() as cursor:
        cursor.execute(f'UPDATE store_auditrow SET "{column}" = %s WHERE id = 3', [value])
    assert seen(database) == [("changed", "the house's log: entry 3 was changed")]


def test_a_row_that_was_taken_out_and_one_put_in_are_named(database: Database) -> None:
    deeds(database)
    with past_the_guards() as cursor:
        cursor.execute("DELETE FROM store_auditrow WHERE id = 2")
        cursor.execute(
            'INSERT INTO store_auditrow (id, at, who, what, merchant, subject, "case", fields, note, place) '
            'SELECT 99, at, who, what, merchant, subject, "case", fields, note, place FROM store_auditrow WHERE id = 1'
        )
    assert seen(database) == [
        ("missing", "the house's log: entry 2 is missing"),
        ("unsealed", "a deed (shown) was put in beside the chain"),
    ]


def test_an_end_that_was_cut_off_is_found_by_its_own_word_or_by_the_digest(database: Database) -> None:
    from amends.store.models import AuditHeadRow, AuditSealRow

    deeds(database)
    digest()
    with past_the_guards() as cursor:
        cursor.execute(f"DELETE FROM store_auditrow WHERE id = {DEEDS}")
        cursor.execute(f"DELETE FROM store_auditsealrow WHERE seq = {DEEDS}")
    assert ("missing", f"the house's log: entry {DEEDS} is missing") in seen(database)
    last = AuditSealRow.objects.get(seq=DEEDS - 1)
    AuditHeadRow.objects.update(count=DEEDS - 1, head=last.sealed)
    assert seen(database) == [("unwritten", f"entry {DEEDS} was there when digest 1 was made, and is gone")]


def test_nobody_changes_a_seal(database: Database) -> None:
    from django.db import DatabaseError, transaction

    from amends.store.models import AuditSealRow

    deeds(database)
    for change in (lambda: AuditSealRow.objects.update(sealed="0" * 64), lambda: AuditSealRow.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_second_digest_of_a_log_that_stands_still_holds(database: Database) -> None:
    deeds(database)
    digest()
    digest()
    assert found_in(database.data) == []


def test_what_is_done_while_the_log_is_read_is_no_fault_and_what_is_put_behind_the_end_is(database: Database) -> None:
    from amends.facts.audit import HOUSE_LOG
    from amends.facts.vault import chain_faults
    from amends.store.audit_book import DatabaseAudit, house_log
    from amends.store.models import AuditRow, AuditSealRow

    deeds(database)
    log = house_log()
    DatabaseAudit().write(Deed("late", "shown", "north"), NOW + timedelta(hours=1))
    assert list(chain_faults(HOUSE_LOG, log.entries, log.head, log.count)) == []
    assert seen(database) == []
    row = AuditRow.objects.create(at=NOW, who="forger", what="role", fields=[])
    AuditSealRow.objects.create(seq=DEEDS + 2, row=row.pk, before="0" * 64, sealed="1" * 64)
    assert [kind for kind, _ in seen(database)] == ["changed"]
