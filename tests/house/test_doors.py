"""The rooms of the house: which there are, what the pure ones may not do, and that brothers stay apart.

`lint-imports` holds the floors (see `tool.importlinter` in pyproject.toml); what it cannot express is held here.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "amends"
PURE = ("basics", "facts", "rules", "remedies", "decide", "channels", "gateways", "carriers", "messengers")
WITH_BROTHERS = ("channels", "gateways", "carriers", "messengers", "remedies", "rules")
# Builtins that reach outside or lose cents. Comparing a type to float is fine; making one is not.
BANNED_CALLS = {"float", "open", "input", "print", "__import__", "breakpoint"}
# Where brothers are files instead of folders, what they share lies in files whose names begin so.
BROTHERS_ARE_FILES = ("remedies",)
KERNEL = "kernel"


@pytest.fixture(scope="module")
def contracts() -> list[dict[str, Any]]:
    """The import contracts as written in pyproject.toml."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def python_files(room: str) -> list[Path]:
    """The sources of one room."""
    return sorted((SOURCE / room).rglob("*.py"))


def imports(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Every imported name in `tree` as (line, dotted name), relative ones resolved against `package`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def impure_lines(source: str) -> list[tuple[int, str]]:
    """Calls to banned builtins and float literals in `source`, as (line, what)."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BANNED_CALLS:
            found.append((node.lineno, f"{node.func.id}("))
        elif isinstance(node, ast.Constant) and type(node.value) is float:
            found.append((node.lineno, f"float literal {node.value}"))
    return sorted(found)


def brothers(room: str) -> set[str]:
    """The brothers of a room: its folders (one a platform, a jurisdiction, …), or its files where one file is all."""
    if room in BROTHERS_ARE_FILES:
        return {path.stem for path in (SOURCE / room).glob("*.py") if not path.stem.startswith(("__", KERNEL))}
    return {path.parent.name for path in (SOURCE / room).glob("*/__init__.py")}


def brothers_met(room: str, known: set[str], path: str, source: str) -> list[tuple[int, str]]:
    """Imports in `path` (relative to the room) that lead to a brother: from another, or from what all share."""
    own = Path(path).parts[0].removesuffix(".py")
    package = ".".join(["amends", room, *Path(path).parts[:-1]])
    return [
        (line, name)
        for line, name in imports(ast.parse(source), package)
        if (parts := name.split("."))[:2] == ["amends", room]
        and len(parts) > 2
        and parts[2] in known
        and parts[2] != own
    ]


def test_every_room_is_named_in_the_contract(contracts: list[dict[str, Any]]) -> None:
    floors = next(contract for contract in contracts if contract["id"] == "floors")
    named = {room.strip(" ()") for layer in floors["layers"] for room in layer.split("|")}
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert floors["exhaustive"] is True
    assert rooms <= named
    assert named - rooms <= {"wiring"}


def test_the_pure_rooms_are_the_same_here_and_in_the_contract(contracts: list[dict[str, Any]]) -> None:
    pure = next(contract for contract in contracts if contract["id"] == "pure")
    assert set(pure["source_modules"]) == {f"amends.{room}" for room in PURE}


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_open_nothing_and_make_no_floats(room: str) -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line} {what}"
        for path in python_files(room)
        for line, what in impure_lines(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("room", WITH_BROTHERS)
def test_brothers_never_import_each_other(room: str) -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in python_files(room)
        for line, name in brothers_met(
            room, brothers(room), str(path.relative_to(SOURCE / room)), path.read_text("utf-8")
        )
    ]
    assert found == []


def test_the_check_for_purity_sees_what_it_is_meant_to_see() -> None:
    planted = "a = float(x)\nwith open(p) as f: pass\nb = 0.5\nisinstance(x, float)\nc = 1\nd = True\n"
    assert [line for line, _ in impure_lines(planted)] == [1, 2, 3]


def test_the_check_for_brothers_sees_what_it_is_meant_to_see() -> None:
    known = {"taobao", "shopify"}
    planted = (
        "from amends.channels import shopify\n"
        "import amends.channels.shopify.words\n"
        "from ..shopify import words\n"
        "from amends.channels.taobao import words\n"
        "from . import words\n"
        "from amends.channels.cells import Cells\n"
        "from amends.facts import Case\n"
    )
    assert [line for line, _ in brothers_met("channels", known, "taobao/orders.py", planted)] == [1, 2, 3]
    assert [line for line, _ in brothers_met("channels", known, "cells.py", planted)] == [1, 2, 4]
