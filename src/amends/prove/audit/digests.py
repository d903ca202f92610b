"""The digests over all logs, chained; each place that one was made over, against what the log has there now; and the time stamps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest, Trail
from amends.facts.digests import digest_seal, leaf_line, root_of
from amends.facts.log import START
from amends.prove.audit.said import found

EVERY: Final = 500


def look_at_digests(
    trail: Trail, expected: frozenset[str], done: int, total: int
) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is wrong with the digests, and with logs that were rewritten since one was made."""
    before, wanted, count, wanting = START, 1, 0, set(expected)
    for digest in trail.digests():
        for gone in range(wanted, digest.number):
            yield found("digest_missing", "the digests", seq=gone)
        where = f"digest {digest.number} of {digest.at:%Y-%m-%d}"
        yield from _digest(digest, before if digest.number == wanted else None, where)
        seen: list[AuditFinding] = []
        root, leaves = root_of(_lines(trail, digest, seen))
        yield from seen
        if (root, leaves) != (digest.root, digest.leaves):
            yield found("leaves_changed", where)
        count += leaves
        wanting.discard(digest.sealed)
        before, wanted = digest.sealed, digest.number + 1
        yield AuditProgress("digests", count, done, total)
    for seal in sorted(wanting):
        yield found("expected", "the digests", seal=seal)


def _digest(digest: KeptDigest, before: str | None, where: str) -> Iterator[AuditFinding]:
    right = digest_seal(digest.number, digest.at, digest.leaves, digest.root, digest.before)
    if right != digest.sealed:
        yield found("digest_changed", where)
    elif before is not None and digest.before != before:
        yield found("digest_loose", where)


def _lines(trail: Trail, digest: KeptDigest, seen: list[AuditFinding]) -> Iterator[bytes]:
    for leaf in trail.leaves(digest.number):
        if leaf.now != leaf.head:
            kind = "unwritten" if leaf.now is None else "rewritten"
            seen.append(found(kind, leaf.named, leaf.merchant, seq=leaf.seq, digest=digest.number))
        yield leaf_line(leaf.kind, leaf.subject, leaf.seq, leaf.head)


def look_at_stamps(
    trail: Trail, fault_of: Callable[[bytes, str], str], done: int, total: int
) -> Iterator[AuditFinding | AuditProgress]:
    """Every time stamp: over the hash of what it is kept for, and signed as it says."""
    count = 0
    for count, stamp in enumerate(trail.stamps(), 1):
        where = f"time stamp of {stamp.kind} {stamp.subject}"
        if stamp.imprint != stamp.subject:
            yield found("stamp_loose", where)
        elif why := fault_of(stamp.token, stamp.imprint):
            yield found("stamp", where, why=why)
        if count % EVERY == 0:
            yield AuditProgress("stamps", count, done, total)
    yield AuditProgress("stamps", count, done, total)
