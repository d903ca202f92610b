"""The parts of a page about returns."""

from __future__ import annotations

from dataclasses import dataclass

from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs.

    `listed`: the paragraphs are lines of a form, to be filled in by the buyer. `code`: what it is there for, where a law asks for it.
    """

    title: Says
    paragraphs: tuple[Says, ...]
    listed: bool = False
    code: str = ""


def days(many: int) -> Says:
    """So many days in words."""
    return Says(f"{many} days", f"{many} 天") if many != 1 else Says("1 day", "1 天")
