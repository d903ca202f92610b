"""Digests in the database: made over every log that moved since the last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from amends.facts.audit_trail import KeptDigest
from amends.facts.digests import digest_seal, leaf_line, root_of
from amends.facts.log import START
from amends.store import hot
from amends.store.database import writing
from amends.store.models import AuditHeadRow, DigestLeafRow, LogDigestRow

EVERY: Final = timedelta(days=1)
_LATE: Final = 10_000
"""So many rows back are looked at again: their transaction may have ended after those that follow."""
_MOVED: Final = {
    "case": "SELECT log.case_id, MAX(log.seq) FROM store_caselogrow log WHERE log.id > %s AND log.id <= %s "
    "AND log.case_id > %s GROUP BY log.case_id ORDER BY log.case_id LIMIT 500",
    "piece": "SELECT log.file_id, MAX(log.seq) FROM store_custodyrow log WHERE log.id > %s AND log.id <= %s "
    "AND log.file_id > %s GROUP BY log.file_id ORDER BY log.file_id LIMIT 500",
}


class DatabaseDigests:
    """Implements `amends.desk.vault.ports.DigestBook`."""

    def last(self) -> KeptDigest | None:
        """Will give the newest digest."""
        row = LogDigestRow.objects.order_by("-number").first()
        return None if row is None else _kept(row)

    def make(self, at: datetime) -> KeptDigest:
        """Will make the next digest, of this moment, whatever moved; one at a time."""
        with writing():
            _one_at_a_time()
            last = LogDigestRow.objects.order_by("-number").first()
            upto = [hot.values(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0] for table in _TABLES]  # noqa: S608
            since = (last.log_upto, last.custody_upto) if last else (0, 0)
            number = last.number + 1 if last else 1
            row = LogDigestRow(
                number=number, at=at, leaves=0, root="", before=last.sealed if last else START, sealed=""
            )
            row.log_upto, row.custody_upto = upto
            fresh = _Leaves((("case", since[0], upto[0]), ("piece", since[1], upto[1])))
            row.root, row.leaves = root_of(leaf_line(*one) for one in fresh.all())
            row.sealed = digest_seal(number, at, row.leaves, row.root, row.before)
            row.save()
            for batch in _in_batches(fresh.all()):
                DigestLeafRow.objects.bulk_create(
                    [DigestLeafRow(digest=row, kind=k, subject=s, seq=q, head=h) for k, s, q, h in batch]
                )
            return _kept(row)


_TABLES: Final = ("store_caselogrow", "store_custodyrow")
_Leaf = tuple[str, int, int, str]


class _Leaves:
    """What moved, read twice: once for the root, once to be written. What a digest has already is left out."""

    def __init__(self, parts: tuple[tuple[str, int, int], ...]) -> None:
        self._parts = parts
        end = AuditHeadRow.objects.filter(count__gt=0).first()
        self._house = (int(end.count), str(end.head)) if end else None
        self._last_digest = LogDigestRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def all(self) -> Iterator[_Leaf]:
        """Every head, in the order of kind and number; the house's own last."""
        for kind, since, upto in self._parts:
            last = 0
            while moved := hot.values(_MOVED[kind], [max(0, since - _LATE), upto, last]):
                last = int(moved[-1][0])
                yield from self._fresh(kind, {int(owner): int(seq) for owner, seq in moved})
        if self._house and not DigestLeafRow.objects.filter(
            kind="house", seq=self._house[0], digest_id__lte=self._last_digest
        ):
            yield "house", 1, *self._house

    def _fresh(self, kind: str, moved: dict[int, int]) -> Iterator[_Leaf]:
        known = set(
            DigestLeafRow.objects.filter(
                kind=kind, subject__in=list(moved), digest_id__lte=self._last_digest
            ).values_list("subject", "seq")
        )
        wanted = {owner: seq for owner, seq in moved.items() if (owner, seq) not in known}
        if not wanted:
            return
        pairs = " OR ".join(["({} = %s AND seq = %s)".format("case_id" if kind == "case" else "file_id")] * len(wanted))
        given = [one for pair in sorted(wanted.items()) for one in pair]
        table = "store_caselogrow" if kind == "case" else "store_custodyrow"
        owner = "case_id" if kind == "case" else "file_id"
        found = hot.values(f"SELECT {owner}, seq, sealed FROM {table} WHERE {pairs} ORDER BY {owner}", given)  # noqa: S608
        for subject, seq, head in found:
            yield kind, int(subject), int(seq), str(head)


def _in_batches(leaves: Iterator[_Leaf]) -> Iterator[list[_Leaf]]:
    batch: list[_Leaf] = []
    for one in leaves:
        batch.append(one)
        if len(batch) == 500:
            yield batch
            batch = []
    if batch:
        yield batch


def _one_at_a_time() -> None:
    """SQLite has one writer anyway; PostgreSQL is asked for a lock that lasts as long as the transaction."""
    if connection.vendor == "postgresql":
        hot.run("SELECT pg_advisory_xact_lock(%s)", [0x64696765])


def _kept(row: LogDigestRow) -> KeptDigest:
    return KeptDigest(row.number, row.at, row.leaves, row.root, row.before, row.sealed)
