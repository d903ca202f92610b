"""Drives a talk with answers that are known beforehand: no wire, no fake."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any, TypeVar

from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")


def answered(told: Generator[WireRequest, WireAnswer, T], *answers: Any, **headers: str) -> T:
    """The result of a talk that is given these JSON answers, one after another, and wants no more."""
    left = list(answers)
    try:
        next(told)
        while left:
            told.send(WireAnswer(200, headers, json.dumps(left.pop(0)).encode()))
    except StopIteration as end:
        assert not left
        result: T = end.value
        return result
    raise AssertionError("the talk wants more answers")
