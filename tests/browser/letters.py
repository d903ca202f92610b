"""What a mail server and the runner do beside a browser test: `python -m tests.browser.letters DATA arrives|leave`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from amends.facts.mail import MailboxKeys
from amends.web.front import front, install
from tests.case_house import MANAGER, case_desk
from tests.django_house import NOW, plain_front, start_django
from tests.talk_house import ordered_by, rounds_of

MAIL = "From: Anna <anna@example.com>\r\nMessage-ID: <m1@buyer.example>\r\nSubject: kettle\r\n\r\nWhere is my money? I will call my bank."


def arrives(data: Path) -> None:
    """Anna, who ordered ASK-1, writes a mail to the shop."""
    install(plain_front(data))
    ordered_by("anna@example.com", "ASK-1")
    desk = front().mail
    box = desk.save(None, "main", MailboxKeys("imap.example", 993, True, "service@acme.example", "x", "INBOX"), MANAGER)
    desk.mails.take(box, MAIL.encode())


def leave() -> None:
    """The runner looks a minute later."""
    rounds_of(case_desk(lambda: NOW + timedelta(minutes=1))).look()


if __name__ == "__main__":
    start_django(Path(sys.argv[1]))
    arrives(Path(sys.argv[1])) if sys.argv[2] == "arrives" else leave()
