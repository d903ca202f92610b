"""Deciding one case: its mapping in, the decision's mapping out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.decide.decide import decide
from amends.decide.judge import Rulebooks
from amends.facts.decision_json import decision_json
from amends.facts.read_case import read_case
from amends.facts.situation import Policy


def decide_case(raw: object, at: datetime, books: Rulebooks, policy: Policy) -> Mapping[str, Any]:
    """The decision on a case file's mapping as of `at`. Raises `UnableToReadCase` where the case cannot be read."""
    return decision_json(decide(read_case(raw), at, books, policy))
