"""Looking through everything that is sealed: logs, custody, files, digests and time stamps; what is not as it was is named."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from amends.facts.audit_trail import AuditFinding, AuditProgress, Contents, Trail
from amends.prove.audit.digests import look_at_digests, look_at_stamps
from amends.prove.audit.files import look_at_files, look_at_strays
from amends.prove.audit.logs import look_at_logs

PARTS: Final = ("logs", "files", "strays", "digests", "stamps")
Stamps = Callable[[bytes, str], str]
"""Takes a token and the SHA-256 that it should be over; gives what is wrong with it, "" for nothing."""
Seen = AuditFinding | AuditProgress


@dataclass(frozen=True, slots=True)
class Verifier:
    """Everything that a look reads. `stamp_fault` judges a token. `expected`: digests that were written down elsewhere."""

    trail: Trail
    contents: Contents
    stamp_fault: Stamps
    expected: frozenset[str] = frozenset()

    def look(self) -> Iterator[Seen]:
        """Every finding as it is made, with progress between; no more than one log and one batch of names is held at a time."""
        total = self.trail.sizes()
        yield from look_at_logs(self.trail, total)
        done = 0
        for one in look_at_files(self.trail, self.contents, total):
            if isinstance(one, AuditProgress):
                done = one.done
            yield one
        yield from look_at_strays(self.trail, self.contents, done, total)
        yield from look_at_digests(self.trail, self.expected, done, total)
        yield from look_at_stamps(self.trail, self.stamp_fault, done, total)


def findings(seen: Iterator[Seen]) -> Iterator[AuditFinding]:
    """The findings alone."""
    return (one for one in seen if isinstance(one, AuditFinding))


def batches(items: Iterator[str], size: int = 500) -> Iterator[list[str]]:
    """A stream in lists of at most `size`."""
    while batch := list(itertools.islice(items, size)):
        yield batch
