"""Everything that is sealed, read from the database as streams: in batches by key, never as one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from django.db.models import Count, Sum

from amends.facts.audit_trail import DigestLeaf, FileUse, HouseLog, KeptChain, KeptDigest, KeptStamp, LoggedCase
from amends.store import hot
from amends.store.audit_book import house_log
from amends.store.audit_files import use_of_case, use_of_goods
from amends.store.case_log import entries_of, tracks_of
from amends.store.custody import kept, sealed_custody
from amends.store.models import (
    CaseLogRow,
    CaseRow,
    CustodyRow,
    EvidenceRow,
    GoodsProofRow,
    LogDigestRow,
    StampRow,
    VaultFileRow,
)

_BATCH: Final = 200
_LEAVES: Final = (
    "SELECT leaf.id, leaf.kind, leaf.subject, leaf.seq, leaf.head, COALESCE(log.sealed, done.sealed, house.sealed), "
    "c.key, shop.name, shop.merchant, file.sha256 FROM store_digestleafrow leaf "
    "JOIN store_logdigestrow digest ON digest.id = leaf.digest_id "
    "LEFT JOIN store_caserow c ON leaf.kind = 'case' AND c.id = leaf.subject "
    "LEFT JOIN store_shop shop ON shop.id = c.shop_id "
    "LEFT JOIN store_caselogrow log ON leaf.kind = 'case' AND log.case_id = leaf.subject AND log.seq = leaf.seq "
    "LEFT JOIN store_vaultfilerow file ON leaf.kind = 'piece' AND file.id = leaf.subject "
    "LEFT JOIN store_custodyrow done ON leaf.kind = 'piece' AND done.file_id = leaf.subject AND done.seq = leaf.seq "
    "LEFT JOIN store_auditsealrow house ON leaf.kind = 'house' AND house.seq = leaf.seq "
    "WHERE digest.number = %s AND leaf.id > %s ORDER BY leaf.id LIMIT 1000"
)
_ORPHANS: Final = (
    ("case log", "SELECT log.case_id, log.seq FROM store_caselogrow log LEFT JOIN store_caserow c ON c.id = log.case_id "
     "WHERE c.id IS NULL ORDER BY 1, 2 LIMIT 1000"),
    ("custody", "SELECT log.file_id, log.seq FROM store_custodyrow log LEFT JOIN store_vaultfilerow f ON f.id = log.file_id "
     "WHERE f.id IS NULL ORDER BY 1, 2 LIMIT 1000"),
)  # fmt: skip


class DatabaseTrail:
    """Implements `amends.facts.audit_trail.Trail`."""

    def sizes(self) -> int:
        """Will add up what the kept files say they have."""
        return VaultFileRow.objects.filter(removed_at__isnull=True).aggregate(all=Sum("size"))["all"] or 0

    def cases(self) -> Iterator[LoggedCase]:
        """Will give every case with its log, two hundred logs at a time."""
        last = 0
        while rows := list(CaseRow.objects.select_related("shop").filter(pk__gt=last).order_by("pk")[:_BATCH]):
            last = rows[-1].pk
            log = CaseLogRow.objects.filter(case_id__in=[row.pk for row in rows]).order_by("case_id", "seq", "pk")
            entries = {number: list(found) for number, found in groupby(log, key=lambda one: one.case_id)}
            for row in rows:
                fresh = _still(row, entries.get(row.pk, []))
                yield LoggedCase(
                    row.pk,
                    row.key,
                    row.shop.name,
                    row.shop.merchant,
                    fresh[0].version,
                    fresh[0].log_head,
                    tracks_of(fresh[0]),
                    entries_of(fresh[1]),
                )

    def house(self) -> HouseLog:
        """Will give the log of what people did in the house."""
        return house_log()

    def orphans(self) -> Iterator[tuple[str, str, int]]:
        """Will give rows of logs whose owner is gone."""
        for what, question in _ORPHANS:
            for owner, seq in hot.values(question):
                yield what, str(owner), int(seq)

    def unknown(self, files: Iterable[str]) -> set[str]:
        """Will give the contents that no row names."""
        wanted = list(files)
        return set(wanted) - set(
            VaultFileRow.objects.filter(sha256__in=wanted).values_list("sha256", flat=True) if wanted else ()
        )

    def pieces(self) -> Iterator[KeptChain]:
        """Will give every content with its custody (read as it is asked for) and its uses."""
        last = 0
        while rows := list(VaultFileRow.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
            last = rows[-1].pk
            uses, chains = _uses([row.sha256 for row in rows]), _chains(rows)
            for row in rows:
                yield KeptChain(kept(row), row.head, sealed_custody(chains[row.pk]), tuple(uses[row.sha256]))

    def unkept_uses(self) -> Iterator[FileUse]:
        """Will give rows that name what the vault does not have."""
        known = VaultFileRow.objects.values("sha256")
        for row in EvidenceRow.objects.select_related("case__shop").exclude(sha256__in=known)[:1000]:
            yield use_of_case(row)
        for proof in GoodsProofRow.objects.select_related("shop").exclude(sha256__in=known)[:1000]:
            yield use_of_goods(proof)

    def digests(self) -> Iterator[KeptDigest]:
        """Will give the digests in their order."""
        for row in LogDigestRow.objects.order_by("number", "pk"):
            yield KeptDigest(row.number, row.at, row.leaves, row.root, row.before, row.sealed)

    def leaves(self, digest: int) -> Iterator[DigestLeaf]:
        """Will give what a digest was made over, with what is there now."""
        last = 0
        while rows := hot.values(_LEAVES, [digest, last]):
            for last, kind, subject, seq, head, now, key, shop, merchant, sha in rows:  # noqa: B007 - `last` goes on
                named = {"case": f"case {key or '(gone)'} of {shop} (#{subject})", "house": "the house's log"}
                yield DigestLeaf(
                    kind, subject, seq, head, now, named.get(kind, f"file {sha or subject}"), merchant or ""
                )

    def stamps(self) -> Iterator[KeptStamp]:
        """Will give every time stamp that came."""
        for row in StampRow.objects.filter(state="stamped").order_by("pk").iterator(200):
            yield KeptStamp(row.pk, row.kind, row.subject, row.imprint, row.url, bytes(row.token))


_AT_ONCE: Final = 20_000
"""So much custody is read at once; a batch that has more is read file by file, as a stream."""


def _chains(rows: list[VaultFileRow]) -> dict[int, Iterable[CustodyRow]]:
    """The custody of each. A row whose custody grew since it was read is read again, so that the two are of one moment."""
    wanted = CustodyRow.objects.filter(file__in=rows).order_by("file_id", "seq", "pk")
    counted = dict(wanted.order_by("file_id").values("file_id").annotate(all=Count("pk")).values_list("file_id", "all"))
    found: dict[int, Iterable[CustodyRow]] = {row.pk: () for row in rows}
    if sum(counted.values()) <= _AT_ONCE:
        found |= {owner: list(chain) for owner, chain in groupby(wanted, key=lambda one: one.file_id)}
        counted = {row.pk: len(list(found[row.pk])) for row in rows}
    else:
        found |= {row.pk: wanted.filter(file=row).iterator(500) for row in rows}
    for row in rows:
        if row.count != counted.get(row.pk, 0):
            row.refresh_from_db()
            found[row.pk] = wanted.filter(file=row).iterator(500)
    return found


def _still(row: CaseRow, log: list[CaseLogRow]) -> tuple[CaseRow, list[CaseLogRow]]:
    """A case and its log at one moment: what somebody writes between two questions is no fault."""
    if row.version == len(log):
        return row, log
    again = CaseRow.objects.get(pk=row.pk)
    return again, list(CaseLogRow.objects.filter(case=row).order_by("seq", "pk"))


def _uses(wanted: list[str]) -> dict[str, list[FileUse]]:
    found: dict[str, list[FileUse]] = defaultdict(list)
    for row in EvidenceRow.objects.select_related("case__shop").filter(sha256__in=wanted).order_by("pk"):
        found[row.sha256].append(use_of_case(row))
    for proof in GoodsProofRow.objects.select_related("shop").filter(sha256__in=wanted).order_by("pk"):
        found[proof.sha256].append(use_of_goods(proof))
    return found
