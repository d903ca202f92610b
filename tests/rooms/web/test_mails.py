"""The pages of mail: a waiting mail is put on a case, put aside and fetched back; a mailbox is kept and its password never shown."""

from __future__ import annotations

from typing import Any

import pytest

from amends.facts.mail import Mailbox, MailboxKeys
from amends.facts.people import Person
from amends.web.front import front
from tests.databases import database
from tests.money_house import case_of, order_of
from tests.rooms.web.test_walls import browser

__all__ = ["database"]
BOSS = Person("boss", "manager")


@pytest.fixture
def box(database: Any) -> Mailbox:
    from amends.web.front import install
    from tests.django_house import plain_front

    install(plain_front())
    from amends.store.members import ensure_merchant

    ensure_merchant("main")
    keys = MailboxKeys("imap.example", 993, True, "service@shop.example", "s3cret-word", "INBOX")
    return front().mail.save(None, "main", keys, BOSS)


def arrives(box: Mailbox, text: str) -> int:
    from amends.store.models import MailRow

    front().mail.mails.take(box, f"From: Anna <anna@example.com>\r\nSubject: about\r\n\r\n{text}".encode())
    return MailRow.objects.latest("pk").pk


def test_a_mail_is_put_on_a_case_and_only_once(box: Mailbox) -> None:
    case, client = case_of(order_of(), key="C77"), browser("agent", "main")
    number = arrives(box, "about C77 <b>x</b>")
    shown = client.get(f"/mails/{number}").content.decode()
    assert "C77" in shown
    assert "<b>x</b>" not in shown
    assert f"/mails/{number}" in client.get("/mails").content.decode()
    done = client.post(f"/mails/{number}/settle", {"do": "assign", "case": str(case)})
    assert (done.status_code, done["Location"]) == (302, f"/cases/{case}")
    assert "about C77" in client.get(f"/cases/{case}").content.decode()
    assert client.post(f"/mails/{number}/settle", {"do": "assign", "case": str(case)}).status_code == 409
    assert f"/mails/{number}" not in client.get("/mails").content.decode()


@pytest.mark.parametrize("typed", ["", "C77", "99999999", "9" * 30, "٣"])
def test_a_case_that_is_none_is_named(box: Mailbox, typed: str) -> None:
    number, client = arrives(box, "hello"), browser("agent", "main")
    told = client.post(f"/mails/{number}/settle", {"do": "assign", "case": typed})
    assert told.status_code == 409
    assert 'aria-invalid="true"' in told.content.decode()


def test_a_mail_is_put_aside_and_fetched_back(box: Mailbox) -> None:
    number, client = arrives(box, "hello"), browser("agent", "main")
    assert client.post(f"/mails/{number}/settle", {"do": "ignore"}).status_code == 302
    assert f"/mails/{number}" not in client.get("/mails").content.decode()
    assert client.post(f"/mails/{number}/settle", {"do": "again"}).status_code == 302
    assert f"/mails/{number}" in client.get("/mails").content.decode()
    raw = client.get(f"/mails/{number}/raw")
    assert raw.content.startswith(b"From: Anna")
    assert "attachment" in raw["Content-Disposition"]


def test_a_mailbox_is_changed_and_its_password_never_shown(box: Mailbox) -> None:
    client, address = browser("manager", "main"), f"/settings/mailboxes/{box.number}"
    typed = {
        "host": "imap.example",
        "port": "993",
        "tls": "yes",
        "user": "new@shop.example",
        "password": "",
        "folder": "INBOX",
    }
    assert client.post(address, typed).status_code == 302
    shown = client.get(address).content.decode() + client.get("/settings/mailboxes").content.decode()
    assert "new@shop.example" in shown
    assert "s3cret-word" not in shown
    wrong = client.post(address, {**typed, "port": "x", "password": "another-word"})
    assert wrong.status_code == 409
    assert "another-word" not in wrong.content.decode()
    assert client.post(f"{address}/change", {"do": "paused"}).status_code == 302
    assert front().mail.get(box.number, BOSS).state == "paused"
    assert client.post(f"{address}/change", {"do": "nothing"}).status_code == 409
    assert client.post(f"{address}/change", {"do": "remove"}).status_code == 302
    assert client.get(address).status_code == 404


def test_a_mailbox_that_cannot_be_opened_says_why(box: Mailbox) -> None:
    client = browser("manager", "main")
    front().mail.save(box.number, "main", MailboxKeys("127.0.0.1", 9, False, "a@b.example", "x", "INBOX"), BOSS)
    told = client.post(f"/settings/mailboxes/{box.number}/change", {"do": "test"})
    assert told.status_code == 409
    assert "cannot be reached" in told.content.decode()
