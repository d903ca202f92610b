"""Mail that leaves the house, over the database that Django was made ready for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.carry_out.smtp import SmtpPost
from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.desk import TalkDesk
from amends.desk.talk.letters import LetterDesk
from amends.desk.talk.rounds import LetterRounds
from amends.desk.talk.senders import SenderDesk
from amends.facts.outgoing import Letter, Outcome, SenderKeys, plain_address
from amends.messengers.mail import as_bytes


class MailWay:
    """Writes letters as mails and hands them to their server."""

    def __init__(self, post: SmtpPost) -> None:
        self._post = post

    def __call__(self, keys: SenderKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        """How handing it over ended; `bad` where it cannot be written to that address."""
        try:
            content, sender, to = as_bytes(letter), plain_address(letter.sender), plain_address(letter.to)
        except ValueError as fault:
            return Outcome("bad", str(fault)[:200])
        return self._post(keys, sender, to, content, point)

    def try_keys(self, keys: SenderKeys) -> Outcome:
        """Sign in and go."""
        return self._post.try_keys(keys)


def talk_desk(cases: CaseDesk) -> TalkDesk:
    """The verbs on what is said to buyers."""
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    senders = DatabaseSenders()
    return TalkDesk(
        LetterDesk(DatabasePosts(), senders, cases, cases.now),
        SenderDesk(senders, MailWay(SmtpPost()), lambda: secrets.token_hex(8), cases.now),
    )


def letter_rounds(cases: CaseDesk) -> LetterRounds:
    """One round of mail that leaves."""
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    return LetterRounds(DatabaseSenders(), DatabasePosts(), cases, MailWay(SmtpPost()), hour_of)


def hour_of(shop: str, at: datetime) -> int:
    """The hour of a shop's day at an instant, by the calendar that it keeps."""
    from amends.store.calendars import DatabaseCalendars

    return at.astimezone(ZoneInfo(DatabaseCalendars().calendar_for(shop).week.zone)).hour
