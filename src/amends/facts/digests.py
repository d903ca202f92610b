"""The daily digest over all log heads: one hash that stands for every log, chained to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime


def leaf_line(kind: str, subject: int, seq: int, head: str) -> bytes:
    """A log's head as the root is made over it."""
    return f"{kind} {subject} {seq} {head}\n".encode()


def root_of(lines: Iterable[bytes]) -> tuple[str, int]:
    """The SHA-256 (hex) over all lines in their order, and how many there were."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        count += 1
    return digest.hexdigest(), count


def digest_seal(number: int, at: datetime, leaves: int, root: str, before: str) -> str:
    """The seal of a digest: what may be printed, sent away, or stamped with a time."""
    told = [number, at.astimezone(UTC).isoformat(timespec="microseconds"), leaves, root, before]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
