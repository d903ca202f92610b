"""What the runner does for follow-up: asks each buyer once whether they are content, some hours after their case was closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.ports import HeldCase
from amends.desk.follow.ports import FollowBook
from amends.facts.follow_up import NOT_ASKED_AFTER, FollowTerms
from amends.facts.log import Actor, Entry, SealedEntry
from amends.facts.work import CaseState, Change, Message

MOST: Final = 50
EVERY: Final = timedelta(minutes=1)
_HOUSE: Final = Actor("system", "amends")


class FollowRounds:
    """One round, at most once a minute. `link` gives where a case's buyer answers; "" where they have no page of ours."""

    def __init__(self, book: FollowBook, cases: CaseDesk, link: Callable[[CaseState], str]) -> None:
        self.book, self.cases, self.link = book, cases, link
        self._next: datetime | None = None

    def look(self) -> int:
        """Will ask, or settle that nothing is asked; how many cases that were. The message leaves as all letters of the house do."""
        now = self.cases.now()
        if self._next is not None and now < self._next:
            return 0
        done = sum([self._one(case) for case in self.book.to_ask(now, MOST)])
        self._next = now if done == MOST else now + EVERY
        return done

    def _one(self, case: int) -> int:
        with self.cases.casework.holding(case) as held:
            if held is None or held.state.tracks.desk != "closed":
                return 0
            now, terms = self.cases.now(), self.book.terms_of(held.state.shop)
            last = ended(self.cases.casework.history(case).entries)
            if last is not None and last.at + timedelta(hours=terms.delay_hours) > now:
                return 0
            link = self.link(held.state) if _is_asked(last, terms) else ""
            if not self.book.settle(case, now, asked=bool(link)):
                return 0
            if link:
                self._ask(held, link, now)
            return 1

    def _ask(self, held: HeldCase, link: str, now: datetime) -> None:
        subject, text = self.cases.letters("survey", held.state, {"link": link})
        message = Message("shop", _HOUSE.name, text, "survey", subject, send_at=now)
        held.write(Entry("survey_asked", _HOUSE, now), Change(messages=[message]))


def ended(entries: tuple[SealedEntry, ...]) -> Entry | None:
    """Will give the entry that closed a case last; None where nobody saw it closed."""
    return next((one.entry for one in reversed(entries) if ("desk", "close") in one.entry.moves), None)


def _is_asked(ended: Entry | None, terms: FollowTerms) -> bool:
    """Whether a close is one to ask about: seen since the shop asks, by an answer of ours and not for order's sake."""
    if ended is None or not terms.asks or terms.since is None or ended.at < terms.since:
        return False
    return ended.what == "closed" and ended.data.get("reason") not in NOT_ASKED_AFTER
