"""The box "what the buyer's words say" of the case page: the text with its words marked, and the reason that they suggest."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from amends.basics.masking import mask_text
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.reasons import Suggestion, choose_reason, suggested
from amends.facts.people import Person
from amends.facts.reading import Piece, pieces
from amends.facts.work import CaseHistory, CaseState
from amends.web.front import front


@dataclass(frozen=True, slots=True)
class ReadingBox:
    """A suggestion as the page shows it: `pieces` is the text, masked where the buyer's data is not to be seen."""

    suggestion: Suggestion
    pieces: tuple[Piece, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The other reasons that the words point to, and the given one, each for one press."""
        found = self.suggestion
        named = [code for code, _ in found.reading.candidates]
        return tuple([code for code in dict.fromkeys([*named, found.given]) if code and code != found.reading.reason])


def reading_of(state: CaseState, history: CaseHistory, *, shown: bool) -> ReadingBox | None:
    """Will give the box of a case; None where the buyer's words say nothing."""
    read = front().reading.reader(state.merchant)
    found = suggested(state, history, read)
    if found is None:
        return None
    text = found.text if shown else mask_text(found.text)
    return ReadingBox(found, pieces(text, read(text).marks))


def do_reason(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take the suggested reason, keep the given one, or set another."""
    state = desk.casework.look(number)
    read = front().reading.reader(state.merchant if state else "")
    choose_reason(desk, number, me, given.get("reason", "")[:40], read)
