"""Whatever can happen on a case is either told to someone outside or kept inside: nobody forgot to say which."""

from __future__ import annotations

import re
from pathlib import Path

from amends.desk.dossiers.shown import INSIDE, SHOWN


def test_every_event_that_has_words_is_in_one_of_the_two_lists(checkout: Path) -> None:
    words = checkout / "src/amends/web/locale/en/LC_MESSAGES"
    told = {
        code.removesuffix("_plain")
        for file in words.glob("*.po")
        for code in re.findall(r'^msgid "log\.([a-z_]+)"$', file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(told) > 100
    assert told == SHOWN | INSIDE
    assert not SHOWN & INSIDE
