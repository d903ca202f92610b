"""What the runner does for mail that leaves, round after round. What may have reached a server is never sent again by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic

from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.ports import LetterBox, Posts
from amends.desk.talk.sending import MOST, K, ReadySenders, S, Sending
from amends.facts.log import Actor, Entry
from amends.facts.outgoing import Claim, Letter, Outcome, PostView
from amends.facts.work import Change

TROUBLE: Final = "letter_trouble"
"""The exception of a case with a mail that did not arrive, or may not have."""
_HOUSE: Final = Actor("system", "amends")


@dataclass(frozen=True, slots=True)
class LetterRounds(Generic[S, K]):
    """One round gathers what waits, sends what is due and tells cases of trouble. `hour`: of a shop's day at an instant.

    `bad`: what an address is called that cannot be written to.
    """

    senders: ReadySenders[S, K]
    posts: LetterBox[S]
    cases: CaseDesk
    hand: Callable[[K, Letter, Callable[[], bool]], Outcome]
    hour: Callable[[str, datetime], int]
    bad: str = "bad_address"

    def look(self) -> int:
        """Do what is due; how much there was."""
        now = self.cases.now()
        done = self.posts.lost(now, MOST)
        still: list[str] = []
        for sender in self.senders.ready(now):
            quiet = sender.is_quiet(self.hour(sender.shop, now))
            still += [sender.shop] if quiet else []
            done += self.posts.gather(sender, now, quiet=quiet, most=MOST)
        sent = Sending(self.senders, Still(self.posts, still), self.hand, self.cases.now, self.bad).send()
        return done + sent + self._tell()

    def _tell(self) -> int:
        return sum([tell_case(self.cases, self.posts, one) for one in self.posts.untold(MOST)])


@dataclass(frozen=True, slots=True)
class Still:
    """An outbox of which some shops' house keeps still: what was put off before the quiet hours waits until they are over as well."""

    posts: Posts
    shops: Collection[str]

    def claim(self, shops: Sequence[str], now: datetime, until: datetime) -> Claim | None:
        """Take the next that may leave now."""
        return self.posts.claim(shops, now, until, self.shops)

    def point(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Note that its text goes out now."""
        return self.posts.point(claim, now, until)

    def settle(self, claim: Claim, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> bool:
        """Write how the try ended."""
        return self.posts.settle(claim, state, code, told, now, next_at)


def tell_case(cases: CaseDesk, posts: Posts, post: PostView) -> int:
    """Write on its case that a mail is in trouble, once."""
    with cases.casework.holding(post.case) as held:
        if held is None or not posts.mark_told(post.number):
            return 0
        what = "letter_unsure" if post.state == "unsure" else "letter_failed"
        entry = Entry(what, _HOUSE, cases.now(), data={"letter": post.number, "code": post.code})
        held.write(entry, Change(exception=None if held.state.exception else TROUBLE))
    return 1
