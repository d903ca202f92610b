"""A vault with cases, files and custody over a test's database, and hands that reach past the triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from amends.desk.evidence import EvidenceDesk
from amends.facts.audit_trail import AuditFinding
from amends.prove.audit import Verifier, findings
from tests.case_house import MANAGER, Clock, case_desk
from tests.django_house import NOW
from tests.money_house import case_of, order_of
from tests.portal_house import picture, upload

TABLES = (
    "store_caselogrow", "store_custodyrow", "store_logdigestrow", "store_digestleafrow", "store_vaultfilerow",
    "store_auditrow", "store_auditsealrow",
)  # fmt: skip


def evidence_desk(data: Path, clock: Clock | None = None) -> EvidenceDesk:
    from amends.wiring.portal import evidence_desk as wired

    return wired(case_desk(clock or Clock()), data)


def a_vault(data: Path, cases: int = 3, files: int = 2) -> tuple[EvidenceDesk, list[int]]:
    """Cases with files, each file of its own content; the first file of the first case was looked at twice."""
    desk = evidence_desk(data)
    numbers = []
    for at in range(cases):
        numbers.append(case_of(order_of(order=f"V-{at}"), key=f"K-{at}"))
        uploads = [upload(picture("PNG", (20 + at, 20 + one)), f"p{at}{one}.png") for one in range(files)]
        desk.add(numbers[-1], MANAGER, uploads)
    first = desk.shelf.of_case(numbers[0])[0]
    for _ in range(2):
        look_at(desk, first.sha256, numbers[0])
    return desk, numbers


def look_at(desk: EvidenceDesk, sha256: str, case: int) -> None:
    opened = desk.look_at(sha256, MANAGER, case)
    assert opened is not None
    opened[1].close()


def verifier(
    data: Path, expected: frozenset[str] = frozenset(), stamp_fault: Any = lambda token, imprint: ""
) -> Verifier:
    from amends.store.audit_files import VaultFiles
    from amends.store.audit_reader import DatabaseTrail

    return Verifier(DatabaseTrail(), VaultFiles(data / "evidence"), stamp_fault, expected)


def found_in(data: Path, **more: Any) -> list[AuditFinding]:
    return list(findings(verifier(data, **more).look()))


def told(data: Path, **more: Any) -> set[tuple[str, str]]:
    """What was found: kind, and where it is."""
    return {(one.kind, one.where) for one in found_in(data, **more)}


def digest(at: Any = NOW) -> Any:
    from amends.store.digest_book import DatabaseDigests

    return DatabaseDigests().make(at)


@contextmanager
def past_the_guards() -> Iterator[Any]:
    """A cursor for one who owns the database: no trigger, no foreign key holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = [one for one in cursor.fetchall() if any(table in one[1] for table in TABLES)]
        cursor.execute("PRAGMA foreign_keys=OFF")
        for name, _ in kept:
            cursor.execute(f"DROP TRIGGER {name}")
        yield cursor
        for _, sql in kept:
            cursor.execute(sql)
        cursor.execute("PRAGMA foreign_keys=ON")
