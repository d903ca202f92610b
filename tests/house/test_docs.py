"""What the documents promise is there: links lead somewhere, and every make target is explained."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from amends.cli.main import command_line

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(CHECKOUT)) for page in pages]


def spoken(command: click.Command, name: str) -> Iterator[str]:
    """Every command below `command` that does something, as typed: `amends policy check`."""
    children = getattr(command, "commands", {})
    if not children:
        yield name
    for child, below in children.items():
        yield from spoken(below, f"{name} {child}")


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    targets = [target.split("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_the_two_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        blocks = re.findall(r"```sh\n(.*?)```", (CHECKOUT / name).read_text(encoding="utf-8"), re.DOTALL)
        lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
        return [line for line in lines if line]

    assert commands("README.md") == commands("README.zh-CN.md") != []


def test_every_make_target_is_explained() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    public = re.findall(r"^([a-z0-9-]+):.*##", makefile, re.MULTILINE)
    operations = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {"setup", "run", "test", "bench", "check", "lock", "clean", "help"} <= set(public)
    assert [target for target in public if f"`make {target}`" not in operations] == []


def test_every_command_is_explained() -> None:
    operations = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = list(spoken(typer.main.get_command(command_line([])), "amends"))
    assert commands
    assert [command for command in commands if f"`{command}" not in operations] == []


def test_every_decision_says_what_why_and_what_it_costs() -> None:
    decisions = [page for page in PAGES if page.parent.name == "decisions" and page.name != "README.md"]
    assert decisions
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        assert [part for part in ("## Decision", "## Why", "## Cost") if part not in text] == [], page.name
