"""Mail that leaves, over a test's database and a server on this machine."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

from amends.carry_out.smtp import SmtpPost
from amends.desk.cases.desk import CaseDesk
from amends.desk.talk.letters import LetterDesk
from amends.desk.talk.rounds import LetterRounds
from amends.desk.talk.senders import SenderDesk
from amends.facts.orders import Contact
from amends.facts.outgoing import Sender, SenderKeys
from amends.facts.people import Person
from amends.fakes.smtp import FakeSmtp
from amends.wiring.sms import sms_look
from amends.wiring.talk import MailWay
from tests.case_house import MANAGER

NOON = 12


def letter_desk(cases: CaseDesk) -> LetterDesk:
    from amends.store.platform_posts import DatabasePlatformPosts
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    return LetterDesk(DatabasePosts(), DatabasePlatformPosts(), DatabaseSenders(), cases, cases.now, sms_look(cases))


def sender_desk(now: Callable[[], datetime]) -> SenderDesk:
    from amends.store.senders import DatabaseSenders

    return SenderDesk(DatabaseSenders(), MailWay(SmtpPost(seconds=1)), lambda: "abc", now)


def rounds_of(
    cases: CaseDesk, hour: Callable[[str, datetime], int] = lambda shop, at: NOON
) -> LetterRounds[Sender, SenderKeys]:
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    return LetterRounds(DatabaseSenders(), DatabasePosts(), cases, MailWay(SmtpPost(seconds=0.4)), hour)


def writes_by(server: FakeSmtp, now: Callable[[], datetime], person: Person = MANAGER, **change: object) -> Sender:
    """Have the shop acme write by this server from now on."""
    from amends.store.models import Shop

    number, desk = Shop.objects.get(name="acme").pk, sender_desk(now)
    typed = Sender(
        "acme",
        number,
        "",
        "127.0.0.1",
        server.port,
        "none",
        server.office.user,
        name="Acme Store",
        address="service@acme.example",
    )
    desk.save(replace(typed, **change), server.office.password, person)  # type: ignore[arg-type]
    desk.turn(number, person, on=True)
    found = desk.senders.of_shop(number)
    assert found
    return found


def ordered_by(address: str, number: str = "O1") -> None:
    """The order of this number was placed with a mail address."""
    from amends.store.shop_orders import DatabaseOrders
    from tests.django_house import NOW

    DatabaseOrders().put("acme", number, {"order": {"id": number}}, Contact(email=address), NOW)


def mails(server: FakeSmtp) -> list[EmailMessage]:
    """What the server took in, read."""
    found = [email.message_from_bytes(content, policy=email.policy.default) for _, _, content in server.office.taken]
    return [one for one in found if isinstance(one, EmailMessage)]


def text_of(mail: EmailMessage) -> str:
    """What a mail says."""
    return str(mail.get_content()).replace("\r\n", "\n").strip()


def states(case: int) -> list[tuple[str, str]]:
    """The mails out of a case: state and code."""
    from amends.store.models import PostRow

    return list(PostRow.objects.filter(case=case).order_by("pk").values_list("state", "code"))
