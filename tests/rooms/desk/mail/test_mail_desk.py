"""Mail through the desk, read over real IMAP, on both databases: on its case once, or waiting for a person; no mailbox stops another."""

from __future__ import annotations

import email.message
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest

from amends.carry_out.imap import opened
from amends.desk.cases.faults import UnableToWork
from amends.desk.evidence import EvidenceDesk
from amends.desk.mail.boxes import MailboxDesk
from amends.desk.mail.desk import MailDesk
from amends.desk.settings.gate import UnableToSet
from amends.facts.mail import Mailbox, MailboxKeys, UnableToOpenMailbox
from amends.facts.orders import Contact
from amends.fakes.imap import FakeImap, Letterbox
from amends.intake.pictures import preview_of
from tests.case_house import AGENT, MANAGER, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of
from tests.portal_house import picture

__all__ = ["database"]


@pytest.fixture
def server() -> Iterator[FakeImap]:
    found = FakeImap()
    yield found
    found.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock, tmp_path: Path) -> MailboxDesk:
    from amends.store.evidence_shelf import DatabaseEvidence
    from amends.store.mail_shelf import DatabaseMails
    from amends.store.mailboxes import DatabaseMailboxes
    from amends.store.members import ensure_merchant, merchant_names
    from amends.store.post_book import DatabasePosts

    ensure_merchant("main")
    cases = case_desk(clock)
    evidence = EvidenceDesk(DatabaseEvidence(tmp_path / "evidence", preview_of), cases)
    return MailboxDesk(
        DatabaseMailboxes(),
        MailDesk(DatabaseMails(), cases, evidence, clock, DatabasePosts()),
        opened,
        clock,
        merchant_names,
    )


def keys(server: FakeImap, **change: object) -> MailboxKeys:
    given = {
        "host": "127.0.0.1",
        "port": server.port,
        "tls": False,
        "user": server.box.user,
        "password": server.box.password,
        "folder": "INBOX",
    }
    return MailboxKeys(**{**given, **change})  # type: ignore[arg-type]


def connected(desk: MailboxDesk, server: FakeImap, clock: Clock) -> Mailbox:
    box = desk.save(None, "main", keys(server), MANAGER)
    desk.look()
    clock.forward(minutes=2)
    return box


def arrives(
    server: FakeImap,
    text: str,
    sender: str = "Anna <anna@example.com>",
    name: str = "<m1@x>",
    files: tuple[bytes, ...] = (),
    **heads: str,
) -> None:
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Message-ID"], made["To"] = sender, name, "service@shop.example"
    for head, value in heads.items():
        made[head] = value
    made.set_content(text)
    for place, content in enumerate(files):
        made.add_attachment(content, maintype="image", subtype="jpeg", filename=f"{place}.jpg")
    server.box.put(made.as_bytes())


def ordered(number: str = "O1", address: str = "anna@example.com") -> None:
    from amends.store.shop_orders import DatabaseOrders
    from tests.django_house import NOW

    DatabaseOrders().put("acme", number, {"order": {"id": number}}, Contact(email=address), NOW)


def messages(case: int) -> list[tuple[str, str]]:
    from amends.store.models import MessageRow

    return list(MessageRow.objects.filter(case=case).order_by("pk").values_list("by", "text"))


def states() -> dict[str, str]:
    from amends.store.models import MailRow

    return dict(MailRow.objects.order_by("pk").values_list("name", "state"))


def test_what_lay_there_before_is_not_answered(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    arrives(server, "an old letter")
    connected(desk, server, clock)
    assert desk.look() == 0
    assert states() == {}


def test_the_senders_only_open_case_gets_the_mail_once(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    case = case_of(order_of())
    ordered()
    connected(desk, server, clock)
    arrives(server, "It is broken.", files=(picture(),))
    assert desk.look() == 1
    assert messages(case) == [("Anna", "It is broken.")]
    assert len(desk.mails.evidence.shelf.of_case(case)) == 1
    arrives(server, "It is broken.")  # the same Message-ID, delivered twice
    clock.forward(minutes=2)
    desk.look()
    assert len(messages(case)) == 1
    assert states() == {"<m1@x>": "taken"}


def test_a_tag_of_ours_finds_the_case_whoever_writes(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    from amends.store.mail_tags import tag_of

    case, other = case_of(order_of()), case_of(order_of(order="O2"))
    connected(desk, server, clock)
    arrives(server, "From my office", "Weber <office@example.org>", References=f"<{tag_of(case)}.7@shop.example>")
    arrives(server, "Forged", "Eve <eve@example.org>", "<m2@x>", Subject=f"[c{other}-0123456789abcdef]")
    desk.look()
    assert messages(case) == [("Weber", "From my office")]
    assert messages(other) == []
    assert states() == {"<m1@x>": "taken", "<m2@x>": "waiting"}


def test_a_number_alone_is_a_suggestion_and_a_person_decides(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    case = case_of(order_of(), key="C77")
    connected(desk, server, clock)
    arrives(server, "about C77", "Stranger <s@example.org>")
    desk.look()
    waiting = desk.mails.waiting(AGENT)
    assert [one.text for one in waiting] == ["about C77"]
    assert desk.mails.waiting(STRANGER) == []
    assert desk.mails.waiting(WAREHOUSE) == []
    kept, place = desk.mails.look(waiting[0].number, AGENT)
    assert [(one.number, one.why) for one in place.suggested] == [(case, "number")]
    with pytest.raises(UnableToWork):
        desk.mails.assign(kept.number, case, STRANGER)
    desk.mails.assign(kept.number, case, AGENT)
    assert messages(case) == [("Stranger", "about C77")]
    with pytest.raises(UnableToWork) as told:
        desk.mails.assign(kept.number, case, AGENT)
    assert told.value.code == "stale"
    assert len(messages(case)) == 1


def test_of_two_open_cases_the_one_that_is_named_gets_it(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    first, second = case_of(order_of()), case_of(order_of(order="O2002"))
    ordered("O1")
    ordered("O2002")
    connected(desk, server, clock)
    arrives(server, "which one?")
    arrives(server, "about O2002", name="<m2@x>")
    desk.look()
    assert messages(first) == []
    assert [text for _, text in messages(second)] == ["about O2002"]
    _, place = desk.mails.look(desk.mails.waiting(AGENT)[0].number, AGENT)
    assert {one.number for one in place.suggested} == {first, second}


def test_an_order_without_a_case_is_suggested(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    case_of(order_of())
    ordered("O9001")
    connected(desk, server, clock)
    arrives(server, "please cancel O9001")
    desk.look()
    _, place = desk.mails.look(desk.mails.waiting(AGENT)[0].number, AGENT)
    assert [one.order for one in place.orders] == ["O9001"]


def test_a_machines_mail_is_put_aside_and_can_be_fetched_back(
    desk: MailboxDesk, server: FakeImap, clock: Clock
) -> None:
    connected(desk, server, clock)
    arrives(server, "I am out of office", **{"Auto-Submitted": "auto-replied"})
    desk.look()
    assert states() == {"<m1@x>": "ignored"}
    desk.mails.wait_again(1, AGENT)
    assert len(desk.mails.waiting(AGENT)) == 1
    desk.mails.ignore(1, AGENT)
    assert desk.mails.waiting(AGENT) == []


def test_files_that_are_no_proof_are_left_out_and_the_mail_is_kept(
    desk: MailboxDesk, server: FakeImap, clock: Clock
) -> None:
    case = case_of(order_of())
    ordered()
    connected(desk, server, clock)
    arrives(server, "see", files=(picture(), b"MZ this is a program"))
    desk.look()
    assert len(desk.mails.evidence.shelf.of_case(case)) == 1
    kept = desk.mails.shelf.get(1)
    assert kept is not None
    assert "1.jpg" in kept.reason
    assert b"this is a program" in desk.mails.raw(1, AGENT) or b"TVogdGhpcyB" in desk.mails.raw(1, AGENT)


def test_a_connection_that_breaks_loses_nothing_and_doubles_nothing(
    desk: MailboxDesk, server: FakeImap, clock: Clock
) -> None:
    case = case_of(order_of())
    ordered()
    connected(desk, server, clock)
    for place in range(5):
        arrives(server, f"letter {place}", name=f"<m{place}@x>")
    server.box.hang_up_at = server.box.fetches + 3
    desk.look()
    assert len(messages(case)) == 2
    assert "reach" in desk.mailboxes(MANAGER)[0].fault
    clock.forward(hours=1)
    desk.look()
    assert [text for _, text in messages(case)] == [f"letter {place}" for place in range(5)]
    assert desk.mailboxes(MANAGER)[0].fault == ""


def test_a_mailbox_that_was_made_anew_is_read_anew_without_doubling(
    desk: MailboxDesk, server: FakeImap, clock: Clock
) -> None:
    case = case_of(order_of())
    ordered()
    connected(desk, server, clock)
    arrives(server, "first")
    desk.look()
    server.box.validity, server.box.mails = 8, {1: server.box.mails[1]}
    arrives(server, "second", name="<m2@x>")
    clock.forward(minutes=2)
    desk.look()
    assert [text for _, text in messages(case)] == ["first", "second"]


def test_one_mailbox_that_fails_stops_no_other(desk: MailboxDesk, server: FakeImap, clock: Clock) -> None:
    case = case_of(order_of())
    ordered()
    other = FakeImap(Letterbox(user="gone@shop.example"))
    desk.save(None, "main", keys(other), MANAGER)
    other.stop()
    connected(desk, server, clock)
    arrives(server, "hello")
    desk.look()
    assert len(messages(case)) == 1
    faults = {one.user: one.fault for one in desk.mailboxes(MANAGER)}
    assert faults["gone@shop.example"].startswith("reach")
    assert faults[server.box.user] == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": " "}, "host"),
        ({"port": 0}, "port"),
        ({"user": "a\nb"}, "user"),
        ({"password": ""}, "password"),
        ({"host": "imap.example.com"}, "tls"),
    ],
)
def test_what_cannot_be_a_mailbox_is_named(
    desk: MailboxDesk, server: FakeImap, change: dict[str, object], field: str
) -> None:
    with pytest.raises(UnableToSet) as told:
        desk.save(None, "main", keys(server, **change), MANAGER)
    assert told.value.field == field
    assert desk.mailboxes(MANAGER) == []


def test_keys_are_tried_and_kept_out_of_sight(desk: MailboxDesk, server: FakeImap) -> None:
    box = desk.save(None, "main", keys(server), MANAGER)
    assert desk.test(box.number, MANAGER) == 0
    desk.save(box.number, "main", keys(server, password=""), MANAGER)
    assert desk.test(box.number, MANAGER) == 0
    assert server.box.password not in repr(desk.boxes.keys(box.number))
    desk.save(box.number, "main", keys(server, password="wrong"), MANAGER)
    with pytest.raises(UnableToOpenMailbox) as told:
        desk.test(box.number, MANAGER)
    assert told.value.why == "keys"
    desk.save(box.number, "main", keys(server, folder="Nowhere"), MANAGER)
    with pytest.raises(UnableToOpenMailbox) as told:
        desk.test(box.number, MANAGER)
    assert told.value.why == "folder"
    with pytest.raises(UnableToSet):
        desk.get(box.number, STRANGER)
    with pytest.raises(UnableToSet):
        desk.mailboxes(AGENT)
