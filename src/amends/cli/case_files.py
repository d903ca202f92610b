"""Reading raw cases out of files, one by one: JSON lines, JSON, YAML. Memory stays flat for JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import orjson
import yaml

LONGEST_LINE: Final = 8 * 1024 * 1024
"""Bytes of one JSON line; a case with two thousand lines takes less than one."""
LARGEST_FILE: Final = 256 * 1024 * 1024
"""Bytes of a .json file, which has to be read whole."""
LARGEST_YAML: Final = 16 * 1024 * 1024


class UnableToReadFile(ValueError):
    """A case file cannot be read at all; the message says why and what would be right."""


@dataclass(frozen=True, slots=True)
class RawCase:
    """One case as it stands in a file: its bytes (JSON lines) or its parsed value, or the fault that kept it from being read."""

    place: str
    data: bytes | None = None
    value: Any = None
    fault: tuple[str, str] | None = None


def raw_cases(names: list[str]) -> Iterator[RawCase]:
    """Every case of the named files in order; ``-`` is standard input."""
    for name in names:
        found = 0
        for item in _cases_of(name):
            found += 1
            yield item
        if not found:
            yield RawCase(_shown(name), fault=("empty_file", "there is no case in this file; give at least one"))


def _shown(name: str) -> str:
    return "standard input" if name == "-" else name


def _cases_of(name: str) -> Iterator[RawCase]:
    try:
        if name == "-":
            yield from _sniffed(sys.stdin.buffer)
            return
        path = Path(name)
        with path.open("rb") as stream:
            suffix = path.suffix.lower()
            if suffix in (".yaml", ".yml"):
                yield from _yaml_cases(stream, name)
            elif suffix == ".json":
                yield from _json_cases(stream, name)
            else:
                yield from _json_lines(stream, name)
    except OSError as fault:
        reason = fault.strerror or "cannot be opened"
        yield RawCase(
            _shown(name), fault=("unreadable_file", f"{reason}; give the path of a .jsonl, .json or .yaml file")
        )
    except UnableToReadFile as fault:
        yield RawCase(_shown(name), fault=("unreadable_file", str(fault)))


def _sniffed(stream: IO[bytes]) -> Iterator[RawCase]:
    """Standard input: JSON lines, unless the first line opens a list or a mapping that it does not close."""
    name = "-"
    first = stream.readline(LONGEST_LINE + 1)
    while first and not first.strip():
        first = stream.readline(LONGEST_LINE + 1)
    start = first.lstrip().removeprefix(b"\xef\xbb\xbf")[:1]
    if start == b"{" and (first.rstrip().endswith(b"}") or len(first) > LONGEST_LINE):
        yield from _json_lines(stream, name, first)
    elif start in (b"{", b"["):
        yield from _json_cases(stream, name, first)
    elif first:
        yield from _yaml_cases(stream, name, first)


def _json_lines(stream: IO[bytes], name: str, first: bytes = b"") -> Iterator[RawCase]:
    number = 0
    while True:
        line = first or stream.readline(LONGEST_LINE + 1)
        first = b""
        if not line:
            return
        number += 1
        place = f"{_shown(name)}:{number}"
        if len(line) > LONGEST_LINE:
            _skip_line(stream, line)
            message = f"this line is longer than {LONGEST_LINE} bytes; one case a line, please"
            yield RawCase(place, fault=("line_too_long", message))
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield RawCase(place, data=line)


def _skip_line(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_LINE)


def _json_cases(stream: IO[bytes], name: str, first: bytes = b"") -> Iterator[RawCase]:
    data = first + stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnableToReadFile(f"larger than {LARGEST_FILE} bytes; write it as JSON lines (.jsonl), one case a line")
    if not data.strip():
        return
    try:
        value = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        raise UnableToReadFile(f"not JSON: {fault}") from None
    yield from _listed(value, name)


def _listed(value: Any, name: str) -> Iterator[RawCase]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield RawCase(f"{_shown(name)}[{index}]", value=item)
    elif value is not None:
        yield RawCase(_shown(name), value=value)


class CaseLoader(yaml.CSafeLoader):
    """YAML with times left as text."""


CaseLoader.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for start, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml_cases(stream: IO[bytes], name: str, first: bytes = b"") -> Iterator[RawCase]:
    data = first + stream.read(LARGEST_YAML + 1)
    if len(data) > LARGEST_YAML:
        raise UnableToReadFile(f"larger than {LARGEST_YAML} bytes; write it as JSON lines (.jsonl)")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(data, CaseLoader)):
            raise UnableToReadFile(
                "YAML aliases (*name) are not taken, they can unfold without end; write the values out"
            )
        value = yaml.load(data, CaseLoader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as fault:
        raise UnableToReadFile(f"not YAML: {' '.join(str(fault).split())}") from None
    except RecursionError:
        raise UnableToReadFile("nested too deeply") from None
    yield from _listed(value, name)
