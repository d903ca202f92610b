"""A YAML text as a tree in which every value knows its line and path. Faults are gathered, not raised one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import yaml

BIGGEST: Final = 1024 * 1024
DEEPEST: Final = 40
_TAG: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a policy file."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path}: {self.message}" if self.path else f"line {self.line}: {self.message}"


class UnableToReadPolicy(ValueError):
    """A policy file cannot be read. `faults` lists everything found wrong, each with line, path and message."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Spot:
    """A value, where it stands, and (in a mapping) on which line its key does."""

    value: Any
    path: str
    line: int
    key_line: int


@dataclass(slots=True)
class Faults:
    """Gathers what is wrong."""

    found: list[Fault] = field(default_factory=list)

    def add(self, spot: Spot, message: str) -> None:
        """Note a fault at a value."""
        self.found.append(Fault(spot.key_line, spot.path, message))

    def at(self, line: int, path: str, message: str) -> None:
        """Note a fault at a line."""
        self.found.append(Fault(line, path, message))


def shown(value: object) -> str:
    """A short form of a bad value for a message."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    text = str(value)
    return repr(text if len(text) <= 40 else text[:40] + "...")


def hint(word: str, known: Collection[str]) -> str:
    """``; did you mean x?`` where a known word is near."""
    near = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def read_spots(text: str, faults: Faults) -> Spot | None:
    """The tree of a YAML text; None (and a fault) where it is no YAML, too big, too deep, or uses aliases."""
    if len(text.encode("utf-8", "surrogatepass")) > BIGGEST:
        faults.at(1, "", f"the file is larger than {BIGGEST} bytes; a policy is far smaller")
        return None
    try:
        if not _is_plain(text, faults):
            return None
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        problem = getattr(fault, "problem", None) or "these bytes are not text that YAML allows"
        faults.at(mark.line + 1 if mark else 1, "", f"this is not YAML: {problem}")
        return None
    if node is None:
        faults.at(1, "", "the file is empty; a policy needs policy, version and rules")
        return None
    return _spot(node, "", _line(node), faults)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_plain(text: str, faults: Faults) -> bool:
    """No aliases (a few lines of them unfold to gigabytes), no depth beyond any policy, one document."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = ""
        if isinstance(event, yaml.AliasEvent):
            problem = "aliases (*name) are not read; write the value out"
        elif depth > DEEPEST:
            problem = f"nested more than {DEEPEST} deep"
        elif documents > 1:
            problem = "one file holds one policy; a second document begins here"
        if problem:
            faults.at(line, "", problem)
            return False
    return True


def _spot(node: yaml.Node, path: str, key_line: int, faults: Faults) -> Spot:
    line = _line(node)
    if isinstance(node, yaml.MappingNode):
        return Spot(_mapping(node, path, faults), path, line, key_line)
    if isinstance(node, yaml.SequenceNode):
        items = [_spot(item, f"{path}[{index}]", _line(item), faults) for index, item in enumerate(node.value)]
        return Spot(items, path, line, key_line)
    return Spot(_scalar(node, path, faults), path, line, key_line)


def _mapping(node: yaml.MappingNode, path: str, faults: Faults) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        inner = f"{path}.{name}" if path else str(name)
        if name == "?":
            faults.at(_line(key), inner, "a key must be a word")
        elif name in found:
            faults.at(_line(key), inner, f"{name} stands here twice (first in line {found[name].key_line}); keep one")
        else:
            found[name] = _spot(value, inner, _line(key), faults)
    return found


def _scalar(node: yaml.Node, path: str, faults: Faults) -> str | int | bool | None:
    tag = node.tag.removeprefix(_TAG)
    text = str(node.value)
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("true", "yes", "on")
    if tag == "int" and text.lstrip("-+").isdecimal() and text.isascii() and len(text) <= 16:
        return int(text)
    if tag not in ("str", "timestamp", "float", "int", "merge", "value"):
        faults.at(_line(node), path, f"the tag {node.tag[:40]} is not read; write plain values")
    return text
