"""The words of the pages themselves, from the gettext catalogues in `locale`. A page asks by key; an unknown key is a fault.

One folder a language, one `.po` file an area of the pages. They are read as they are when first asked for: nothing is compiled.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from amends.web.tongues import LOCALES, Tongue

LOCALE: Final = Path(__file__).parent / "locale"
FOLDERS: Final[dict[Tongue, str]] = {"zh": "zh_Hans", "zh_hant": "zh_Hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; `plural` are the keys whose words change with `count`."""

    texts: GNUTranslations
    keys: frozenset[str]
    plural: frozenset[str]


class Entry(NamedTuple):
    """One key with its words; `forms` are more than one where they change with `count`. `note` is the comment above."""

    key: str
    forms: tuple[str, ...]
    plural: bool
    note: str


def areas(language: Tongue, locale: Path = LOCALE) -> dict[str, Path]:
    """Will list the files of a language by area."""
    return {path.stem: path for path in sorted((locale / FOLDERS[language] / "LC_MESSAGES").glob("*.po"))}


@cache
def words_of(language: Tongue) -> Words:
    """Will read all the words of a language. A key that two areas hold is a `ValueError` naming both."""
    whole, where = Catalog(locale=FOLDERS[language]), dict[str, str]()
    entries = [(area, entry) for area, path in areas(language).items() for entry in read(path, language)]
    for area, entry in entries:
        if entry.key in where:
            raise ValueError(
                f"the words {entry.key!r} are in {where[entry.key]}.po and in {area}.po of {FOLDERS[language]}"
            )
        where[entry.key] = area
        whole.add(
            (entry.key, entry.key) if entry.plural else entry.key, entry.forms if entry.plural else entry.forms[0]
        )
    memory = io.BytesIO()
    write_mo(memory, whole)
    memory.seek(0)
    return Words(
        GNUTranslations(memory), frozenset(where), frozenset(entry.key for _, entry in entries if entry.plural)
    )


def read(path: Path, language: Tongue) -> list[Entry]:
    """Will read one file; what is no catalogue is a fault that names the line."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=FOLDERS[language], charset="utf-8", abort_invalid=True)
    return [_entry(message) for message in catalogue if message.id]


def _entry(message: Message) -> Entry:
    key = message.id if isinstance(message.id, str) else message.id[0]
    text = message.string or ""
    plural = not isinstance(message.id, str)
    return Entry(key, (text,) if isinstance(text, str) else tuple(text), plural, "\n".join(message.auto_comments))


def has_words(key: str) -> bool:
    """Whether the pages have words for a key."""
    return key in words_of("zh").keys


def page_words(key: str, language: Tongue, **given: object) -> str:
    """Will give the words of a key in one language with its places filled; a key that is not there is a KeyError.

    Where the words change with the number of things, `count` chooses: 1 case, 2 cases.
    """
    words = words_of(language)
    if key not in words.keys:
        raise KeyError(key)
    count = given.get("count")
    if key in words.plural:
        text = words.texts.ngettext(key, key, count if isinstance(count, int) else 2)
    else:
        text = words.texts.gettext(key)
    if isinstance(count, int):
        given["count"] = format_decimal(count, locale=LOCALES[language])
    return text.format(**given) if given else text
