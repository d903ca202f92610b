"""The word lists as they are written down in `zh.yaml` and `en.yaml`: read once, each entry ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import yaml

List = Literal["zh", "en"]
WEIGHTS: Final = {"strong": 6, "fair": 2, "weak": 1}
_GAP: Final = {"zh": r"[^。！？；.!?;\n]{0,6}?", "en": r"(?:(?: [a-z0-9]+| ,){0,4}?)"}


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a list. `reason` is "" for words of urgency. `sure`: its longest stretch that must be there as it stands."""

    written: str
    reason: str
    says: str
    weight: int
    pattern: re.Pattern[str]
    sure: str

    @property
    def length(self) -> int:
        """How many characters of it are told, gaps left out."""
        return len(self.written.replace("..", "").replace("*", "").replace(" ", ""))

    @property
    def denies(self) -> bool:
        """Whether the entry itself begins with a denial, so that one before it means nothing."""
        return self.written.startswith(("没", "不", "无", "未", "非", "not ", "no ", "never ", "nothing ", "none "))


@cache
def words(of: List) -> tuple[Word, ...]:
    """Will give all entries of a list, the longest first: of two that overlap in a text the longer one counts."""
    return tuple(sorted(_all(of), key=lambda one: -one.length))


def own_word(of: List, written: str, reason: str, weight: int) -> Word:
    """Will make an entry that stands in no list of the house's."""
    return _word(of, " ".join(written.split()), {"reason": reason}, weight)


def _all(of: List) -> Iterator[Word]:
    text = resources.files("amends.learn.reading").joinpath(f"{of}.yaml").read_text(encoding="utf-8")
    told: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    for group in told:
        for name, weight in WEIGHTS.items():
            for written in dict.fromkeys(str(group.get(name, "")).split("|" if of == "en" else None)):
                if written.strip():
                    yield _word(of, " ".join(written.split()), group, weight)


def _word(of: List, written: str, group: dict[str, Any], weight: int) -> Word:
    parts = [part.strip() if of == "en" else part for part in written.lower().split("..")]
    if of == "zh":
        pattern = _GAP["zh"].join([re.escape(part) for part in parts])
    else:
        pattern = " " + f"{_GAP['en']} ".join([_english(part) for part in parts]) + "(?= )"
    sure = max([piece.strip() for part in parts for piece in part.split("*")], key=len)
    return Word(written, group.get("reason", ""), group.get("says", ""), weight, re.compile(pattern), sure)


def _english(part: str) -> str:
    return re.escape(part).replace(r"\*", "[a-z0-9]*").replace(r"\ ", " ")
