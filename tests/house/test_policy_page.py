"""The page on policies lists every fact as the code has it."""

from pathlib import Path

from amends.facts.vocabulary import table

PAGE = Path(__file__).parents[2] / "docs/policy.md"


def test_every_fact_is_listed_as_it_is() -> None:
    rows = [f"| `{name}` | {kind} | {unit} | {means} |" for name, kind, unit, means in table("en")]
    listed = [
        line
        for line in PAGE.read_text(encoding="utf-8").split("## The facts")[1].splitlines()
        if line.startswith("| `")
    ]
    assert listed == rows
