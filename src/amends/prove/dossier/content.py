"""A dossier as plain values in both languages: what the drawing is handed, and what its digest is over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.basics.masking import mask_words
from amends.facts.dossier import Checked, Checklist, ExhibitView
from amends.facts.dossier_story import Story
from amends.facts.rulebook import Says
from amends.facts.words import say
from amends.prove.dossier.letter import day

VERSION: Final = 1
"""Of the way in which dossiers are drawn: a new one draws anew what was drawn before."""
LONGEST_TEXT: Final = 12_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An exhibit made ready to be drawn: pictures under the names that the drawing knows them by, or its text. `pages`: of a PDF, all.

    `millis`: how long a film is, None where that is not known.
    """

    view: ExhibitView
    pictures: tuple[str, ...] = ()
    text: str = ""
    pages: int = 0
    millis: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the vault says of a content: where it came from, the entries of its custody in words, and its time stamp."""

    custody: tuple[tuple[str, Says, str], ...] = ()
    stamp: str = ""


def content_of(
    story: Story,
    checklist: Checklist,
    checked: Sequence[Checked],
    exhibits: Sequence[Prepared],
    kept: Mapping[str, Kept],
    letter: str,
) -> dict[str, Any]:
    """Will give everything that stands in a dossier. Nothing of the present moment is in it: the same case gives the same."""
    numbers = {one.view.exhibit.sha256: place for place, one in enumerate(exhibits, 1)}
    return {
        "version": VERSION,
        "language": checklist.language,
        "forum": _both(checklist.forum_says),
        "reason": {**_both(checklist.reason_says), "code": checklist.reason},
        "key": story.key,
        "shop": story.shop,
        "order": story.order,
        "asked": _both(story.asked),
        "why": _both(story.why),
        "goods": list(story.goods),
        "as_of": day(story.late, story.market),
        "outcome": _both(story.outcome) if story.outcome else None,
        "inspection": _both(story.inspection) if story.inspection else None,
        "letter": _letter(letter),
        **_course(story, numbers),
        "parcels": [_parcel(one, story.market) for one in story.parcels],
        "talk": [
            {"at": day(one.at, story.market), "side": _both(one.side), "text": mask_words(one.text)[0][:LONGEST_TEXT]}
            for one in story.talk
        ],
        "checklist": [_checked(one, numbers) for one in checked],
        "exhibits": [_exhibit(place, one, kept, story.market) for place, one in enumerate(exhibits, 1)],
        "custody": _end_of_log(story),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Will give the SHA-256 over everything that stands in a dossier."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _course(story: Story, numbers: Mapping[str, int]) -> dict[str, Any]:
    """The money, what happened in order, and why the case was decided as it was."""
    return {
        "sums": [{**_both(one.says), "amount": one.amount, "note": one.note} for one in story.sums],
        "timeline": [
            {
                "at": day(one.at, story.market),
                **_both(one.says),
                "who": _both(one.who),
                "files": sorted({numbers[sha] for sha in one.files if sha in numbers}),
            }
            for one in story.happenings
        ],
        "grounds": [
            {**_both(one.says), "layer": _both(one.layer), "source": one.source, "rule": one.rule}
            for one in story.grounds
        ],
    }


def _end_of_log(story: Story) -> dict[str, Any]:
    over = story.digest
    told = over and {"number": over.number, "at": day(over.at, story.market), "seal": over.seal}
    return {"seq": story.seq, "seal": story.seal, "digest": told}


def _letter(text: str) -> list[list[str]]:
    """Paragraphs, each of its lines."""
    parts = text.replace("\r\n", "\n").strip().split("\n\n")
    return [[line for line in part.split("\n") if line.strip()] for part in parts if part.strip()]


def _parcel(one: Any, market: str) -> dict[str, Any]:
    return {
        "part": _both(one.part),
        "carrier": _both(one.carrier),
        "waybill": one.waybill,
        "state": _both(one.state),
        "signed_by": _both(one.signed_by) if one.signed_by else None,
        "scans": [
            {"at": day(scan.at, market), **_both(scan.kind), "text": mask_words(scan.text)[0]} for scan in one.scans
        ],
    }


def _checked(one: Checked, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        **_both(one.item.says),
        "need": one.item.need,
        "strength": one.item.strength,
        "state": one.state,
        "told": _both(one.told) if one.told else None,
        "files": sorted({numbers[sha] for sha in one.exhibits if sha in numbers}),
    }


def _exhibit(place: int, one: Prepared, kept: Mapping[str, Kept], market: str) -> dict[str, Any]:
    file = one.view.exhibit
    known = kept.get(file.sha256, Kept())
    return {
        "n": place,
        "name": file.name,
        "kind": _named("evidence", file.kind),
        "mime": file.mime,
        "size": file.size,
        "sha": file.sha256,
        "shown": [copy.sha256 for copy in file.copies],
        "by": _named("actor", file.by_kind),
        "who": file.by if file.by_kind == "person" else "",
        "at": day(file.at, market),
        "source": _named("evidence_source", file.source) if file.source else None,
        "purpose": _named("goods_purpose", file.purpose) if file.purpose else None,
        "grams": file.grams,
        "pictures": list(one.pictures),
        "text": one.text[:LONGEST_TEXT],
        "cut": len(one.text) > LONGEST_TEXT,
        "pages": one.pages,
        "seconds": None if one.millis is None else f"{one.millis // 60000}:{one.millis % 60000 // 1000:02}",
        "custody": [{"at": at, **_both(says), "who": who} for at, says, who in known.custody],
        "stamp": known.stamp,
    }


def _named(group: str, code: str) -> dict[str, str]:
    return {"zh": say(group, code, "zh"), "en": say(group, code, "en")}


def _both(says: Says) -> dict[str, str]:
    return {"zh": says.zh, "en": says.en}
