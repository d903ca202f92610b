"""Colours have one home, both looks have them all, and every text stands out from what lies under it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).parents[3] / "src/amends/web/static"
THEME = (STATIC / "theme.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
TABLES = [
    dict(re.findall(r"--([\w-]+): ([^;]+);", block)) for block in re.findall(r"color-scheme: \w+;([^}]+)}", THEME)
]
LIGHT, DARK, BY_DEVICE = TABLES

GROUNDS = ("paper", "surface", "sunk", "wash", "hover", "hover-soft", "accent-soft")
PAIRS = [
    *product(("ink", "ink-2", "accent"), GROUNDS),
    *product(("ink-3",), ("paper", "surface", "sunk", "wash", "accent-soft")),
    *product(("red", "amber", "green"), ("surface", "paper")),
    ("amber", "amber-soft"),
    ("red", "red-soft"),
    ("on-red", "red"),
    ("on-late", "late"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bar", "bar"),
    ("on-bar", "bar-hover"),
]
"""A text and what it lies on."""
EDGES = [*product(("edge", "accent"), ("surface", "paper")), ("bar-edge", "bar"), ("bar-mark", "bar")]
"""What shows where a field, a button or the present place is."""


def lightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_and_every_edge_stands_out(table: dict[str, str]) -> None:
    texts = {pair: found for pair in PAIRS if (found := contrast(*(table[one] for one in pair))) < 4.5}
    edges = {pair: found for pair in EDGES if (found := contrast(*(table[one] for one in pair))) < 3}
    assert (texts, edges) == ({}, {})


def test_dark_is_the_same_chosen_or_by_device_and_has_every_colour_of_light() -> None:
    assert DARK == BY_DEVICE
    assert DARK.keys() == LIGHT.keys()


def test_no_other_style_sheet_names_a_colour() -> None:
    others = {
        file.name: COLOUR.findall(file.read_text(encoding="utf-8"))
        for file in STATIC.glob("*.css")
        if file.name != "theme.css"
    }
    assert {name: found for name, found in others.items() if found} == {}


def test_every_colour_that_is_used_is_there() -> None:
    used = {
        name
        for file in STATIC.glob("*.css")
        for name in re.findall(r"var\(--([\w-]+)", file.read_text(encoding="utf-8"))
    }
    assert used - set(re.findall(r"--([\w-]+):", THEME)) == set()
    assert LIGHT.keys() - used == set()


def test_a_chosen_look_stays(stranger: Any) -> None:
    page = stranger.get("/sign-in").content.decode()
    assert "data-theme" not in page
    assert '<meta name="color-scheme" content="light dark">' in page
    answer = stranger.post("/look", {"look": "dark", "next": "/sign-in?next=/rules"})
    assert answer.headers["Location"] == "/sign-in?next=/rules"
    page = stranger.get("/sign-in").content.decode()
    assert 'data-theme="dark"' in page
    assert '<meta name="color-scheme" content="dark">' in page
    assert re.search(r'value="dark" type="submit" aria-current="true"', page)
    stranger.post("/look", {"look": "auto", "next": "/"})
    assert "data-theme" not in stranger.get("/sign-in").content.decode()


@pytest.mark.parametrize("look", ["", "blue", "dark\r\nX: y", '"><script>'])
def test_a_look_that_there_is_not_changes_nothing(stranger: Any, look: str) -> None:
    answer = stranger.post("/look", {"look": look, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert "look" not in answer.cookies
    stranger.cookies["look"] = look.replace("\r\n", "")
    assert "data-theme" not in stranger.get("/sign-in").content.decode()
