"""Mail that leaves the house, over the database that Django was made ready for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.carry_out.post import OutsidePost
from amends.carry_out.smtp import SmtpPost
from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.desk import TalkDesk
from amends.desk.talk.letters import LetterDesk
from amends.desk.talk.rounds import LetterRounds
from amends.desk.talk.senders import SenderDesk
from amends.desk.talk.team import TeamDesk, TeamRounds, TeamVoice
from amends.facts.outgoing import Letter, Outcome, Sender, SenderKeys, plain_address
from amends.messengers.mail import as_bytes
from amends.messengers.team import answer_of, request_of
from amends.wiring.api import LOOPBACK
from amends.wiring.letters import hour_of
from amends.wiring.sms import sms_desk, sms_inbox, sms_look


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


def talk_desk(cases: CaseDesk, private: Collection[str] = LOOPBACK) -> TalkDesk:
    """The verbs on what is said to buyers."""
    from amends.store.members import merchant_names
    from amends.store.platform_posts import DatabasePlatformPosts
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders
    from amends.store.team_book import DatabaseTeam

    senders, look = DatabaseSenders(), sms_look(cases)
    return TalkDesk(
        LetterDesk(DatabasePosts(), DatabasePlatformPosts(), senders, cases, cases.now, look),
        SenderDesk(senders, MailWay(SmtpPost()), lambda: secrets.token_hex(8), cases.now),
        TeamDesk(DatabaseTeam(), voice(private), private, cases.now, merchant_names),
        sms_desk(cases),
        look,
        sms_inbox(cases),
    )


def letter_rounds(cases: CaseDesk) -> LetterRounds[Sender, SenderKeys]:
    """One round of mail that leaves."""
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    return LetterRounds(DatabaseSenders(), DatabasePosts(), cases, MailWay(SmtpPost()), hour_of)


def voice(private: Collection[str] = LOOPBACK) -> TeamVoice:
    """Says texts in the team's chats."""
    return TeamVoice(OutsidePost(private), request_of, answer_of)


def team_rounds(cases: CaseDesk, private: Collection[str] = LOOPBACK) -> TeamRounds:
    """One round of what the team is told."""
    from amends.store.team_book import DatabaseTeam

    return TeamRounds(DatabaseTeam(), voice(private), clock_of, cases.now)


def clock_of(shop: str, at: datetime) -> str:
    """An instant on the wall clock of a shop's calendar."""
    from amends.store.calendars import DatabaseCalendars

    zone = DatabaseCalendars().calendar_for(shop).week.zone
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
