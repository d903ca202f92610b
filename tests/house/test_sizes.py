"""Files and functions stay small enough to be read at once."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

SOURCE = Path(__file__).resolve().parents[2] / "src" / "amends"
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
# Aims, held as a whole and not file by file: (median, ninetieth percentile).
FILE_AIM = (60, 150)
FUNCTION_AIM = (5, 20)


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


def test_sizes_as_a_whole(record_property: Callable[[str, object], None]) -> None:
    """Medians are aims: written into the report, and held with room to spare so that one file cannot tip them."""
    file_lengths = [length for path in files() if (length := len(path.read_text(encoding="utf-8").splitlines())) > 3]
    function_lengths = [length for path in files() for _, length in functions(path)]
    for name, lengths, (middle, ninetieth) in (
        ("files", file_lengths, FILE_AIM),
        ("functions", function_lengths, FUNCTION_AIM),
    ):
        found = (median(lengths), quantiles(lengths, n=10)[-1])
        record_property(name, f"median {found[0]}, p90 {found[1]}")
        assert found[0] <= middle * 2, f"{name}: the median is {found[0]} lines, the aim {middle}"
        assert found[1] <= ninetieth * 2, f"{name}: the ninetieth percentile is {found[1]} lines, the aim {ninetieth}"


def test_no_file_has_a_name_that_says_nothing() -> None:
    said_nothing = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}
    assert [path for path in files() if path.stem in said_nothing or path.parent.name in said_nothing] == []
