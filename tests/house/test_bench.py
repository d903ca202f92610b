"""What the benchmarks take from the house is there: no build runs them, and a name that moved would show only to whoever measures."""

import ast
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((CHECKOUT / "bench").glob("*.py"))
ROOTS = {"amends": CHECKOUT / "src", "bench": CHECKOUT, "tests": CHECKOUT}


def taken(script: Path) -> list[tuple[str, str]]:
    """The names that a script takes from the house, its tests and its neighbours, as (module, name)."""
    return [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ROOTS
        for alias in node.names
    ]


@cache
def given(module: str) -> frozenset[str]:
    """What a module or a folder binds at its top, and the modules in it. Read, not run: Django need not stand."""
    base = ROOTS[module.split(".")[0]] / module.replace(".", "/")
    source = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    names = {path.stem for path in base.glob("*") if path.suffix in ("", ".py")} if base.is_dir() else set()
    if source.is_file():
        for statement in ast.parse(source.read_text(encoding="utf-8")).body:
            names |= bound(statement)
    return frozenset(names)


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds, in whatever it nests."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return names | {
        alias.asname or alias.name
        for node in ast.walk(statement)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_benchmark_finds_every_name_it_takes(script: Path) -> None:
    missing = [f"{module}.{name}" for module, name in taken(script) if name not in given(module)]
    assert not missing
