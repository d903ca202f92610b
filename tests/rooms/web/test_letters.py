"""The pages of mail out: settings whose password is never shown, a trial, a preview, and mails in trouble that a person looks after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amends.fakes.smtp import FakeSmtp, PostOffice
from amends.web.front import front, install
from tests.databases import database
from tests.django_house import NOW, plain_front
from tests.money_house import case_of, order_of
from tests.rooms.web.test_walls import browser
from tests.talk_house import ordered_by, rounds_of

__all__ = ["database"]


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    found = FakeSmtp(PostOffice("shop", "s3cret-word"))
    yield found
    found.stop()


@pytest.fixture
def case(database: Any) -> int:
    from amends.store.members import ensure_merchant

    install(plain_front())
    ensure_merchant("main")
    found = case_of(order_of(), key="C77")
    ordered_by("anna@example.com")
    return found


def address_of_shop() -> str:
    from amends.store.models import Shop

    return f"/settings/senders/{Shop.objects.get(name='acme').pk}"


def typed(server: FakeSmtp, **change: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "security": "none",
        "user": "shop",
        "password": "s3cret-word",
        "name": "Acme",
        "address": "service@acme.example",
        "quiet_from": "22",
        "quiet_to": "8",
    } | change


def test_a_sender_is_set_tried_and_switched_on_and_its_password_never_shown(case: int, server: FakeSmtp) -> None:
    client, address = browser("manager", "main"), address_of_shop()
    assert client.post(address, typed(server)).status_code == 302
    shown = client.get(address).content.decode()
    assert "s3cret-word" not in shown
    assert '<option value="22" selected>' in shown
    assert client.post(f"{address}/change", {"do": "test"}).status_code == 200
    assert client.post(f"{address}/change", {"do": "test", "to": "me@acme.example"}).status_code == 200
    assert [to for _, to, _ in server.office.taken] == ["TO:<me@acme.example>"]
    assert client.post(f"{address}/change", {"do": "test", "to": "no address"}).status_code == 409
    assert client.post(address, typed(server, password="")).status_code == 302  # kept
    server.office.password = "another"
    assert client.post(f"{address}/change", {"do": "test"}).status_code == 409
    assert client.post(f"{address}/change", {"do": "on"}).status_code == 302
    assert client.get("/settings/senders").content.decode().count("service@acme.example") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", ""),
        ("port", "0"),
        ("port", "x"),
        ("security", "ssl3"),
        ("address", "nobody"),
        ("quiet_to", ""),
        ("quiet_from", "24"),
    ],
)
def test_a_field_that_is_wrong_is_named(case: int, server: FakeSmtp, field: str, value: str) -> None:
    told = browser("manager", "main").post(address_of_shop(), typed(server, **{field: value}))
    assert told.status_code == 409
    assert 'aria-invalid="true"' in told.content.decode()


def test_unencrypted_is_for_this_machine_only(case: int, server: FakeSmtp) -> None:
    told = browser("manager", "main").post(address_of_shop(), typed(server, host="smtp.example.com"))
    assert told.status_code == 409


def test_an_answer_is_looked_at_sent_and_looked_after(case: int, server: FakeSmtp) -> None:
    from datetime import timedelta

    boss, agent, address = browser("manager", "main"), browser("agent", "main"), address_of_shop()
    shown = agent.post(f"/cases/{case}/message/preview", {"text": "a <b>word</b>"}).content.decode()
    assert "<b>word</b>" not in shown
    boss.post(address, typed(server, quiet_from="", quiet_to=""))
    boss.post(f"{address}/change", {"do": "on"})
    shown = agent.post(f"/cases/{case}/message/preview", {"text": "hello"}).content.decode()
    assert "service@acme.example" in shown
    assert "anna@example.com" not in shown
    assert agent.get("/letters").status_code == 200
    agent.post(f"/cases/{case}/message", {"text": "hello"})
    server.office.troubles = ["refuse:rcpt:550"]
    later = _later(timedelta(minutes=2))
    rounds_of(later).look()
    page = agent.get("/letters?state=failed").content.decode()
    assert "550" in page
    assert "anna@example.com" not in page
    assert "Messages out" in page or "发出的消息" in page
    assert "550" in agent.get("/letters?way=mail&state=failed").content.decode()
    assert "550" not in agent.get("/letters?way=sms&before=x-1").content.decode()
    assert "/letters?state=failed" in agent.get(f"/cases/{case}").content.decode()
    (post,) = front().talk.letters.posts.listed(None, "failed", 0, 9)
    assert agent.post(f"/letters/{post.number}/settle", {"do": "again"}).status_code == 302
    rounds_of(later).look()
    assert len(server.office.taken) == 1
    assert agent.post(f"/letters/{post.number}/settle", {"do": "again"}).status_code == 409
    assert agent.post(f"/letters/{post.number}/settle", {"do": "burn"}).status_code == 409


def _later(much: Any) -> Any:
    from tests.case_house import case_desk

    return case_desk(lambda: NOW + much)


def test_a_chat_of_the_team_is_kept_tried_and_removed(case: int) -> None:
    from amends.fakes.team import Chat, FakeTeam

    client, fake = browser("manager", "main"), FakeTeam(Chat("wecom"))
    typed = {"kind": "wecom", "url": fake.url, "shop": "main\nacme", "language": "zh", "events": ["risk", "dispute"]}
    assert client.post("/settings/team", typed | {"events": []}).status_code == 409
    assert client.post("/settings/team", typed | {"shop": "main\nnobody"}).status_code == 409
    assert client.post("/settings/team", typed | {"shop": "other"}).status_code == 409
    assert client.post("/settings/team", typed | {"secret": "x"}).status_code == 409
    assert client.post("/settings/team", typed).status_code == 302
    (hook,) = front().talk.team.shelf.seen_by(None)
    assert (hook.shop, hook.events) == ("acme", ("risk", "dispute"))
    shown = client.get("/settings/team").content.decode()
    assert fake.url not in shown
    address = f"/settings/team/{hook.number}/change"
    assert client.post(address, {"do": "test"}).status_code == 200
    assert fake.chat.said == ["售后台提醒\n这是一条测试消息。"]
    fake.chat.most = 0
    told = client.post(address, {"do": "test"})
    fake.stop()
    assert told.status_code == 409
    assert "45009" in told.content.decode()
    assert client.post(address, {"do": "off"}).status_code == 302
    assert client.post(address, {"do": "remove"}).status_code == 302
    assert client.post(address, {"do": "test"}).status_code == 404
