"""A platform that answers what the test says, one answer a call: for what a fake does not say."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any, TypeVar

from amends.facts.wire import Seal, WireAnswer, WireRequest

T = TypeVar("T")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SEAL = Seal(AT, "nonce")


def said(told: Generator[WireRequest, WireAnswer, T], *answers: Any) -> tuple[T, list[WireRequest]]:
    """The result of a talk with these answers, and the requests made. An answer is a status with a body, or a body alone."""
    asked: list[WireRequest] = []
    left = list(answers)
    try:
        asked.append(next(told))
        while True:
            status, body = left.pop(0) if isinstance(left[0], tuple) else (200, left.pop(0))
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            asked.append(told.send(WireAnswer(status, {}, raw)))
    except StopIteration as end:
        assert left == [], "not every answer was asked for"
        return end.value, asked
