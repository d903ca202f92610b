"""Reading a buyer's text: which reason its words point to, and how sure that is. Local, the same every time, and every word is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from amends.facts.reading import LINE, SAYS, Mark, Part, Reading
from amends.facts.threats import threat_in
from amends.learn.reading.entries import List, Word, words
from amends.learn.reading.plain import Plain, plain_en, plain_zh

LONGEST: Final = 4_000
MOST: Final = 18
"""What the words of one reason come to at the most, so that long texts are not surer than short ones for their length."""
UNSAID: Final = 3
"""What is held against every reading for what nobody said: a fair word alone stays below the line, a strong one alone is above it."""
Weigh = Callable[[str, str, int], float]
"""What a word (reason, entry, weight of the list) weighs."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]{2}")
_BEFORE: Final[Mapping[List, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?<!是)(?:没有|没|不是|并非|不存在|不算|不|无|未)"
        r"(?:什么|任何|发现|出现|明显|太|很|特别|怎么|啥|过|有|到|是|一点|的|问题|因为|由于|说|觉得|看到|外观){0,3}$"
    ),
    "en": re.compile(
        r" (?:not|no|never|nothing|without|none|neither|nor|zero|hardly)"
        r"(?: (?:a|an|any|at|all|be|been|being|is|was|were|are|really|very|too|it|in|way|the|sign|signs|of|single|bit|that|so|either|"
        r"actually|visible|physically|even|visibly|item|got|get)){0,4}$"
    ),
}
"""What takes a word back where it stands right before it: 没有破损, nothing was broken."""
_GOOD_BEFORE: Final = re.compile(r" (?:lovely|great|good|nice|excellent|perfect|amazing|fantastic|beautiful)$")
_AFTER: Final[Mapping[List, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:上|方面|也|都|倒|倒是|还|很|非常|是|挺|蛮|完全|没有|没){0,3}"
        r"(?:没得说|没问题|没毛病|没有问题|问题|毛病|很好|挺好|好的|不错|可以的|正常|完好|还行|合适|刚好|正好|满意)"
    ),
    "en": re.compile(
        r"^(?: (?:is|was|are|were|seems|looks|itself|all|really|very|so|absolutely)){0,3}"
        r" (?:great|good|fine|lovely|ok|okay|excellent|perfect|perfectly|nice|amazing|brilliant)(?= )"
    ),
}
"""What takes it back right after it: 质量没得说, the size is fine."""
_ASKED: Final[Mapping[List, re.Pattern[str]]] = {
    "zh": re.compile(r"(?:有没有|会不会|是否)[^。！？；，,.!?;\n]{0,8}$"),
    "en": re.compile(r"[.!?;] (?:is|are|was|were|does|will|would|should) [^.!?;]*$"),
}
"""What makes of it a question, asked before anything has happened: 有没有色差."""


def read(text: str, weigh: Weigh | None = None, more: Sequence[Word] = ()) -> Reading:
    """Will read a text of at most `LONGEST` characters; what is beyond is not looked at.

    `weigh`: a merchant's own weights of the words; `more`: words of its own, Chinese and English.
    """
    written = text[:LONGEST]
    marks: list[Mark] = []
    if _HAN.search(written):
        marks += _marks("zh", plain_zh(written), more)
    if _LATIN.search(written):
        marks += _marks("en", plain_en(written), more)
    threat = threat_in(written)
    if threat:
        marks += _threat(written, threat[1])
    kept = _parted(marks)
    candidates = _candidates(kept, weigh)
    sure = bool(candidates) and candidates[0][1] >= LINE
    said = {one.says for one in kept if one.part == "points"}
    return Reading(
        candidates[0][0] if sure else "",
        candidates,
        kept,
        tuple([one for one in SAYS if one in said]),
        any(one.part == "urgent" for one in kept),
        threat,
    )


def _marks(of: List, plain: Plain, more: Sequence[Word]) -> list[Mark]:
    """All words of a list that are in a text; of those that overlap the longest."""
    taken = [False] * len(plain.text)
    found = []
    own = [one for one in more if (" " in one.pattern.pattern) == (of == "en")]
    for word in sorted([*own, *words(of)], key=lambda one: -one.length) if own else words(of):
        if word.sure not in plain.text:
            continue
        for match in word.pattern.finditer(plain.text):
            start = match.start() + (of == "en")
            if any(taken[start : match.end()]):
                continue
            taken[start : match.end()] = [True] * (match.end() - start)
            found.append(_mark(of, plain, word, start, match.end()))
    return found


def _mark(of: List, plain: Plain, word: Word, start: int, end: int) -> Mark:
    part: Part = _part(of, plain.text, word, start, end)
    place = plain.span(start, end)
    weight = word.weight if part == "points" else 0
    return Mark(*place, word.written, part, word.reason, word.says, weight)


def _part(of: List, text: str, word: Word, start: int, end: int) -> Part:
    before, after = text[:start].rstrip(), text[end:]
    if not word.reason:
        return "urgent"
    if _ASKED[of].search(before if of == "zh" else f". {before.lstrip()} "):
        if of == "zh" or re.match(r"[^.!;]*\?", after):
            return "asked"
    if word.denies:
        return "points"
    if _BEFORE[of].search(before) or _AFTER[of].search(after):
        return "denied"
    return "denied" if of == "en" and _GOOD_BEFORE.search(before) else "points"


def _threat(written: str, phrase: str) -> list[Mark]:
    at = written.casefold().replace("’", "'").find(phrase)
    return [Mark(at, at + len(phrase), phrase, "threat")] if at >= 0 else []


def _parted(marks: list[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda one: (one.start, one.end, one.reason)))


def _candidates(marks: tuple[Mark, ...], weigh: Weigh | None) -> tuple[tuple[str, int], ...]:
    """Each reason's share of all that was said, against the strongest of the others and what nobody said."""
    totals: dict[str, float] = defaultdict(float)
    for reason, word, weight in dict.fromkeys([(one.reason, one.word, one.weight) for one in marks if one.weight]):
        totals[reason] += weight if weigh is None else weigh(reason, word, weight)
    if not totals:
        return ()
    ordered = sorted(
        [(min(total, MOST), reason) for reason, total in totals.items()], key=lambda one: (-one[0], one[1])
    )
    found = []
    for total, reason in ordered[:3]:
        other = max([one for one, name in ordered if name != reason], default=0)
        found.append((reason, int(100 * total / (total + other + UNSAID))))
    return tuple(found)
