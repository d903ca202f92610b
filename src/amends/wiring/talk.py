"""Mail that leaves the house, over the database that Django was made ready for."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.carry_out.smtp import SmtpPost
from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.desk import TalkDesk
from amends.desk.talk.letters import LetterDesk
from amends.desk.talk.rounds import LetterRounds
from amends.desk.talk.senders import SenderDesk


def talk_desk(cases: CaseDesk) -> TalkDesk:
    """The verbs on what is said to buyers."""
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    senders = DatabaseSenders()
    return TalkDesk(
        LetterDesk(DatabasePosts(), senders, cases, cases.now),
        SenderDesk(senders, SmtpPost(), lambda: secrets.token_hex(8), cases.now),
    )


def letter_rounds(cases: CaseDesk) -> LetterRounds:
    """One round of mail that leaves."""
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    return LetterRounds(DatabaseSenders(), DatabasePosts(), cases, SmtpPost(), hour_of)


def hour_of(shop: str, at: datetime) -> int:
    """The hour of a shop's day at an instant, by the calendar that it keeps."""
    from amends.store.calendars import DatabaseCalendars

    return at.astimezone(ZoneInfo(DatabaseCalendars().calendar_for(shop).week.zone)).hour
