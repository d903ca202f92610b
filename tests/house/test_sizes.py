"""Files and functions stay small enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "amends"
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
# (median, ninetieth percentile): what we aim at, and what no change may take the whole beyond.
AIMS = {"files": (60, 150), "functions": (5, 20)}
CEILINGS = {"files": (120, 250), "functions": (8, 25)}


def files() -> list[Path]:
    """Every source file but generated migrations; vendored scripts are not Python."""
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function in `path` as (where, number of lines), its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", _lines(node)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_file_is_longer_than_the_limit() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_limit() -> None:
    long = {where: length for path in files() for where, length in functions(path) if length > LONGEST_FUNCTION}
    assert long == {}


def whole() -> dict[str, tuple[float, float]]:
    """Median and ninetieth percentile of files (the all but empty left out) and of functions, in lines."""
    lengths = {
        "files": [length for path in files() if (length := len(path.read_text(encoding="utf-8").splitlines())) > 3],
        "functions": [length for path in files() for _, length in functions(path)],
    }
    return {name: (median(found), quantiles(found, n=10)[-1]) for name, found in lengths.items()}


@pytest.mark.parametrize("name", sorted(CEILINGS))
def test_the_house_as_a_whole_stays_small(name: str) -> None:
    found, ceiling = whole()[name], CEILINGS[name]
    assert found[0] <= ceiling[0], f"{name}: the median is {found[0]} lines; the aim is {AIMS[name][0]}"
    assert found[1] <= ceiling[1], f"{name}: the ninetieth percentile is {found[1]} lines; the aim is {AIMS[name][1]}"


def test_no_file_has_a_name_that_says_nothing() -> None:
    said_nothing = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}
    assert [path for path in files() if path.stem in said_nothing or path.parent.name in said_nothing] == []


if __name__ == "__main__":
    for what, (middle, ninetieth) in whole().items():
        aim = AIMS[what]
        print(f"{what}: median {middle:g} lines (aim {aim[0]}), ninetieth percentile {ninetieth:g} (aim {aim[1]})")
