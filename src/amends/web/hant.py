"""Traditional Chinese, as Taiwan writes it, from Simplified: for texts that exist in Simplified only."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import yaml
from opencc import OpenCC

GLOSSARY: Final = Path(__file__).parent / "locale" / "zh_Hant" / "glossary.yaml"
_QUOTES: Final = str.maketrans("“”‘’", "「」『』")
_TITLE: Final = re.compile(r"《[^《》]*》")
_FIRST_PRIVATE: Final = 0xE000
"""From here Unicode names nothing: such a character stands for a word of the glossary and passes the converter untouched."""


@lru_cache(maxsize=32_768)
def to_hant(text: str) -> str:
    """Will give the text in Traditional Chinese with Taiwan's words; our own glossary goes before the general one.

    A title in 《》 is a name: its characters are converted, its words are not exchanged. Text without Chinese stays.
    """
    if text.isascii():
        return text
    held: list[str] = []

    def keep(hant: str) -> str:
        held.append(hant)
        return chr(_FIRST_PRIVATE + len(held) - 1)

    marked = _TITLE.sub(lambda found: keep(_characters().convert(found[0])), text)
    marked = _pattern().sub(lambda found: keep(glossary().get(found[0], found[0])), marked)
    told = "\0".join([str(_words().convert(part)) for part in marked.split("\0")]).translate(_QUOTES)  # it stops at one
    return "".join(
        held[ord(one) - _FIRST_PRIVATE] if 0 <= ord(one) - _FIRST_PRIVATE < len(held) else one for one in told
    )


@cache
def _words() -> OpenCC:
    return OpenCC("s2twp")


@cache
def _characters() -> OpenCC:
    return OpenCC("s2tw")


@cache
def glossary() -> dict[str, str]:
    """Will read our own words: Simplified to what Taiwan's shops say."""
    return {
        str(hans): str(hant) for hans, hant in yaml.load(GLOSSARY.read_text(encoding="utf-8"), yaml.CSafeLoader).items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    """Any word of the glossary, the longest first; one that is Taiwan's already is held too, so that it stays."""
    known = {*glossary(), *glossary().values()}
    return re.compile("|".join(re.escape(word) for word in sorted(known, key=lambda word: (-len(word), word))))
