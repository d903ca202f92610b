"""The table of roles in the documents says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

from amends.facts.people import DUTIES, STANDINGS, Person
from amends.facts.words import say


def test_the_table_of_roles_is_true(checkout: Path) -> None:
    text = (checkout / "docs/people.md").read_text(encoding="utf-8")
    head = next(line for line in text.splitlines() if line.startswith("| role |"))
    assert [cell.strip() for cell in head.strip("|").split("|")] == ["role", "中文", *DUTIES]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\| `.*$", text, re.MULTILINE)
    ]
    wanted = [
        [f"`{role}`", say("role", role, "zh"), *["yes" if Person("", role).may(duty) else "" for duty in DUTIES]]
        for role in STANDINGS
    ]
    assert rows == wanted
