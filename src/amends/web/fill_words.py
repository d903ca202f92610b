"""Fills the Traditional Chinese catalogues from the Simplified ones: `python -m amends.web.fill_words`.

Each Traditional entry carries, as a comment, the Simplified text that it was made from. An entry whose Simplified text
is still that one is left alone, so words that a person wrote stay; a new or changed one is converted and listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import escape

from amends.web.hant import to_hant
from amends.web.words import FOLDERS, LOCALE, Entry, areas, read

HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: zh_Hant\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""


def fill(locale: Path = LOCALE) -> list[str]:
    """Will write every Traditional file anew, in the order of the Simplified one; gives the keys that were converted."""
    converted = []
    for area, source in areas("zh", locale).items():
        target = locale / FOLDERS["zh_hant"] / "LC_MESSAGES" / f"{area}.po"
        there = {entry.key: entry for entry in read(target, "zh_hant")} if target.exists() else {}
        written = [HEADER]
        for entry in read(source, "zh"):
            hans, old = entry.forms[0], there.get(entry.key)
            kept = old.forms[0] if old and old.note == hans else ""
            written.append(_written(entry, kept or to_hant(hans)))
            converted += [] if kept else [entry.key]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(written), encoding="utf-8")
    return converted


def _written(entry: Entry, hant: str) -> str:
    """An entry as the file has it, under the Simplified text that it was made from."""
    key, told = escape(entry.key), escape(hant)
    words = f"msgid_plural {key}\nmsgstr[0] {told}" if entry.plural else f"msgstr {told}"
    return f"#. {entry.forms[0]}\nmsgid {key}\n{words}\n"


def _told(converted: list[str]) -> Iterator[str]:
    yield f"{len(converted)} converted\n"
    yield from (f"  {key}\n" for key in converted)


if __name__ == "__main__":
    sys.stdout.writelines(_told(fill()))
