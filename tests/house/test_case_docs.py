"""The page about cases tells every track, state and move that the code has, and nothing that it has not."""

from __future__ import annotations

from pathlib import Path

from amends.facts.tracks import HEADLINES, TABLES


def rows(page: str, heading: str) -> set[tuple[str, str, str]]:
    """The rows of the table below a heading: state, move, next state."""
    part = page.split(f"### {heading}\n")[1].split("\n#")[0]
    cells = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("| `")
    ]
    return {(one[0], one[1], one[2]) for one in cells}


def test_every_published_move_is_on_the_page(checkout: Path) -> None:
    page = (checkout / "docs" / "cases.md").read_text(encoding="utf-8")
    for name, table in TABLES.items():
        moves = {(state, move, to) for state, known in table.moves.items() for move, to in known.items()}
        assert rows(page, f"Track: {name}") == moves


def test_every_headline_is_on_the_page(checkout: Path) -> None:
    page = (checkout / "docs" / "cases.md").read_text(encoding="utf-8")
    assert [name for name in HEADLINES if f"`{name}`" not in page] == []
