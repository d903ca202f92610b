"""A buyer's text made plain for looking words up, with the way back from each plain character to the text as it was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from opencc import OpenCC

_WORD: Final = re.compile(r"[a-z0-9']+|[.!?;,\n]")
_WHOLE: Final = {
    "cannot": "can not", "cant": "can not", "can't": "can not", "wont": "will not", "won't": "will not", "shan't": "shall not",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wasnt": "was not", "arent": "are not",
    "werent": "were not", "hasnt": "has not", "havent": "have not", "hadnt": "had not", "couldnt": "could not", "im": "i am",
    "ive": "i have", "wouldnt": "would not", "it's": "it is", "that's": "that is", "what's": "what is", "there's": "there is",
    "here's": "here is", "who's": "who is", "where's": "where is", "let's": "let us", "gonna": "going to", "thats": "that is",
}  # fmt: skip
_ENDINGS: Final = (
    ("n't", " not"),
    ("'ve", " have"),
    ("'re", " are"),
    ("'m", " am"),
    ("'ll", " will"),
    ("'d", " would"),
    ("'s", ""),
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text; `places[i]` is where its character `i` begins and ends in the text as written."""

    text: str
    places: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Will give the place in the written text of the plain characters from `start` to before `end`, blanks at the ends left off."""
        while start < end - 1 and self.text[start] == " ":
            start += 1
        while end - 1 > start and self.text[end - 1] == " ":
            end -= 1
        return self.places[start][0], self.places[end - 1][1]


def plain_zh(written: str) -> Plain:
    """Will fold widths, case and Traditional characters; every character keeps its place."""
    told, places = [], []
    for at, one in enumerate(_simplified(written)):
        for folded in unicodedata.normalize("NFKC", one).casefold():
            told.append(folded)
            places.append((at, at + 1))
    return Plain("".join(told), tuple(places))


def plain_en(written: str) -> Plain:
    """Will give words in lower case, one blank between them and one at both ends; short forms are written out, clauses end in signs."""
    folded = plain_zh(written.replace("’", "'").replace("‘", "'"))
    told, places = [" "], [(0, 1)]
    for found in _WORD.finditer(folded.text):
        place = folded.span(found.start(), found.end())
        sign = "." if found[0] == "\n" else found[0]
        for word in _written_out(sign).split():
            told.append(f"{word} ")
            places += [place] * (len(word) + 1)
    return Plain("".join(told), tuple(places))


def _written_out(word: str) -> str:
    whole = _WHOLE.get(word)
    if whole:
        return whole
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending) + instead
    return word.replace("'", "")


def _simplified(written: str) -> str:
    """In Simplified characters, where that keeps every character in its place."""
    if written.isascii():
        return written
    told = str(_converter().convert(written.replace("\0", " ")))
    return told if len(told) == len(written) else written


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
