"""The page about disputes tells every stage and move that the code has, and nothing that it has not."""

from __future__ import annotations

from pathlib import Path

from amends.facts.dispute_codes import MASTERCARD
from amends.facts.disputes import STAGES
from tests.house.test_case_docs import rows


def test_every_published_move_is_on_the_page(checkout: Path) -> None:
    page = (checkout / "docs" / "disputes.md").read_text(encoding="utf-8")
    for name, table in STAGES.items():
        moves = {(state, move, to) for state, known in table.moves.items() for move, to in known.items()}
        assert rows(page, f"Sort: {name}") == moves


def test_the_codes_that_the_page_names_are_those_there_are(checkout: Path) -> None:
    page = (checkout / "docs" / "disputes.md").read_text(encoding="utf-8")
    assert [one.code for one in MASTERCARD if one.code not in page] == []
