"""As much of GraphQL as a fake needs: documents are read, fields picked from plain values, directives and cost told.

It knows no schema. Whoever has one (the tests) holds every document against it before it is carried out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_TOKEN: Final = re.compile(r'[\s,]+|#[^\n]*|(\.\.\.|[!$&()\[\]{}:=@|]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)')
_OBJECT: Final = 1
_CONNECTION: Final = 2
_MUTATION: Final = 10
_LIST: Final = 3
_WITHIN: Final = frozenset({"nodes", "edges", "node", "pageInfo"})


class UnableToRead(ValueError):
    """The document is no GraphQL that this fake understands, or asks for what it has not; the message says what."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A place for a value that comes beside the document."""

    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what is picked from it. `on`: the type it is limited to; "" any."""

    name: str
    shown: str
    args: Mapping[str, Any]
    directives: Mapping[str, Mapping[str, Any]]
    picks: tuple[Field | Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Picks of a named fragment, or of one written in place (`picks`)."""

    name: str
    on: str = ""
    picks: tuple[Field | Spread, ...] = ()


@dataclass(slots=True)
class Document:
    """One operation and its fragments."""

    kind: str = "query"
    name: str = ""
    picks: tuple[Field | Spread, ...] = ()
    fragments: dict[str, Spread] = field(default_factory=dict)

    def fields(self, picks: Sequence[Field | Spread], kind: str = "") -> Iterator[Field]:
        """The fields picked from a thing of this type, fragments opened."""
        for pick in picks:
            if isinstance(pick, Field):
                yield pick
                continue
            spread = self.fragments.get(pick.name, pick) if pick.name else pick
            if not spread.on:
                raise UnableToRead(f"there is no fragment {pick.name}")
            if not kind or spread.on == kind:
                yield from self.fields(spread.picks, kind)


class _Reader:
    """Reads one document from its tokens."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                raise UnableToRead(f"unexpected {text[place : place + 20]!r}")
            if found.group(1):
                self.tokens.append(found.group(1))
            place = found.end()
        self.place = 0

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        found = self.peek()
        if not found or (wanted and found != wanted):
            raise UnableToRead(f"expected {wanted or 'more'}, found {found or 'the end'}")
        self.place += 1
        return found

    def document(self) -> Document:
        whole = Document()
        while self.peek():
            if self.peek() == "fragment":
                self.take()
                name = self.take()
                self.take("on")
                whole.fragments[name] = Spread(name, self.take(), self.picks())
            else:
                if self.peek() != "{":
                    whole.kind = self.take()
                    whole.name = self.take() if self.peek() not in "({@" else ""
                    if self.peek() == "(":
                        self.skip()
                whole.picks = self.picks()
        return whole

    def skip(self) -> None:
        """Pass over the declarations of variables: their types are the schema's matter."""
        depth = 0
        while True:
            found = self.take()
            depth += (found == "(") - (found == ")")
            if not depth:
                return

    def picks(self) -> tuple[Field | Spread, ...]:
        found: list[Field | Spread] = []
        self.take("{")
        while self.peek() != "}":
            found.append(self.spread() if self.peek() == "..." else self.field())
        self.take("}")
        return tuple(found)

    def spread(self) -> Spread:
        self.take("...")
        if self.peek() == "on":
            self.take()
            return Spread("", self.take(), self.picks())
        return Spread(self.take())

    def field(self) -> Field:
        shown = name = self.take()
        if self.peek() == ":":
            self.take()
            name = self.take()
        args = self.args() if self.peek() == "(" else {}
        directives = {}
        while self.peek() == "@":
            self.take()
            directive = self.take()
            directives[directive] = self.args() if self.peek() == "(" else {}
        return Field(name, shown, args, directives, self.picks() if self.peek() == "{" else ())

    def args(self) -> dict[str, Any]:
        found = {}
        self.take("(")
        while self.peek() != ")":
            name = self.take()
            self.take(":")
            found[name] = self.value()
        self.take(")")
        return found

    def value(self) -> Any:
        token = self.take()
        if token == "$":
            return Variable(self.take())
        if token == "[":
            listed = []
            while self.peek() != "]":
                listed.append(self.value())
            self.take("]")
            return listed
        if token == "{":
            found = {}
            while self.peek() != "}":
                name = self.take()
                self.take(":")
                found[name] = self.value()
            self.take("}")
            return found
        if token[0] == '"':
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if re.fullmatch(r"-?\d+", token):
            return int(token)
        return {"true": True, "false": False, "null": None}.get(token, token)


def read(text: str) -> Document:
    """The document. Raises `UnableToRead`."""
    return _Reader(text).document()


def filled(value: Any, variables: Mapping[str, Any]) -> Any:
    """The value with its variables put in."""
    if isinstance(value, Variable):
        return variables.get(value.name)
    if isinstance(value, list):
        return [filled(item, variables) for item in value]
    if isinstance(value, dict):
        return {name: filled(item, variables) for name, item in value.items()}
    return value


def pick(document: Document, thing: Any, picks: Sequence[Field | Spread], variables: Mapping[str, Any]) -> Any:
    """What is picked from a plain value. A value that can be called is: with the field's arguments."""
    if isinstance(thing, list):
        return [pick(document, item, picks, variables) for item in thing]
    if not isinstance(thing, Mapping) or not picks:
        return thing
    found = {}
    for one in document.fields(picks, str(thing.get("__typename", ""))):
        if one.name not in thing:
            raise UnableToRead(f"this stand-in knows no {one.name!r} of {thing.get('__typename')}")
        value = thing[one.name]
        if callable(value):
            value = value(None, **filled(one.args, variables))
        found[one.shown] = pick(document, value, one.picks, variables)
    return found


def cost(document: Document, variables: Mapping[str, Any]) -> int:
    """What a document is reckoned at: an object 1, a connection 2 and every thing that it may hold, a mutation 10."""
    start = _MUTATION if document.kind == "mutation" else 0
    return start + sum([_cost(document, one, variables) for one in document.fields(document.picks)])


def _cost(document: Document, one: Field, variables: Mapping[str, Any]) -> int:
    if not one.picks:
        return 0
    inner = list(document.fields(one.picks))
    within = sum([_cost(document, each, variables) for each in inner])
    if one.name in _WITHIN:
        return within + (_OBJECT if one.name in ("nodes", "node") else 0)
    many = filled(one.args, variables).get("first")
    if any(each.name in _WITHIN for each in inner):
        return _CONNECTION + int(many or _LIST) * within
    return (_OBJECT + within) * int(many or 1)
