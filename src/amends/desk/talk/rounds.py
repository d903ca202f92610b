"""What the runner does for mail that leaves, round after round. What may have reached a server is never sent again by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.ports import Hand, Posts, Senders
from amends.facts.log import Actor, Entry
from amends.facts.outgoing import Claim, Outcome, PostView, Sender, retry_at
from amends.facts.work import Change

LEASE: Final = timedelta(minutes=10)
MOST: Final = 40
TROUBLE: Final = "letter_trouble"
"""The exception of a case with a mail that did not arrive, or may not have."""
_HOUSE: Final = Actor("system", "amends")
_LONGEST: Final = timedelta(minutes=30)
_ENDS: Final = {
    "sent": ("sent", ""),
    "refused": ("failed", "refused"),
    "unsure": ("unsure", "lost"),
    "bad": ("failed", "bad_address"),
}


@dataclass(frozen=True, slots=True)
class LetterRounds:
    """One round gathers what waits, sends what is due and tells cases of trouble. `hour`: of a shop's day at an instant."""

    senders: Senders
    posts: Posts
    cases: CaseDesk
    hand: Hand
    hour: Callable[[str, datetime], int]

    def look(self) -> int:
        """Do what is due; how much there was."""
        now = self.cases.now()
        done = self.posts.lost(now, MOST)
        for sender in self.senders.ready(now):
            quiet = sender.is_quiet(self.hour(sender.shop, now))
            done += self.posts.gather(sender, now, quiet=quiet, most=MOST)
        return done + self._send() + self._tell()

    def _send(self) -> int:
        for sent in range(MOST):
            now = self.cases.now()
            ready = {one.shop: one for one in self.senders.ready(now)}
            claim = self.posts.claim(sorted(ready), now, now + LEASE) if ready else None
            if claim is None:
                return sent
            self._try(ready[claim.shop], claim)
        return MOST

    def _try(self, sender: Sender, claim: Claim) -> None:
        keys = self.senders.keys(sender.shop)
        assert keys is not None
        self._settle(sender, claim, self.hand(keys, claim.letter, lambda: self._point(claim)))

    def _point(self, claim: Claim) -> bool:
        now = self.cases.now()
        return self.posts.point(claim, now, now + LEASE)

    def _settle(self, sender: Sender, claim: Claim, outcome: Outcome) -> None:
        now = self.cases.now()
        if outcome.server:
            wait = min(_LONGEST, timedelta(minutes=1) * 2 ** min(sender.faults, 8))
            self.senders.rested(sender.shop, now + wait, outcome.told)
        elif sender.fault:
            self.senders.rested(sender.shop, None, "")
        if outcome.end == "later":
            again = retry_at(claim.made_at, claim.tries, now)
            state, code = ("ready", "") if again else ("failed", "gave_up")
            self.posts.settle(claim, state, code, outcome.told, now, again)
            return
        state, code = _ENDS[outcome.end]
        self.posts.settle(claim, state, code, outcome.told, now, None)

    def _tell(self) -> int:
        return sum([tell_case(self.cases, self.posts, one) for one in self.posts.untold(MOST)])


def tell_case(cases: CaseDesk, posts: Posts, post: PostView) -> int:
    """Write on its case that a mail is in trouble, once."""
    with cases.casework.holding(post.case) as held:
        if held is None or not posts.mark_told(post.number):
            return 0
        what = "letter_unsure" if post.state == "unsure" else "letter_failed"
        entry = Entry(what, _HOUSE, cases.now(), data={"letter": post.number, "code": post.code})
        held.write(entry, Change(exception=None if held.state.exception else TROUBLE))
    return 1
