"""Connecting a shop by the pages, to a platform's stand-in over real HTTP; how connections are; the door for pushes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from amends.carry_out.wire import Wire
from amends.desk.settings.first_policy import FIRST_TEXT
from amends.fakes.platform import PlatformFake
from amends.fakes.platforms import PLATFORMS
from amends.fakes.server import serving
from amends.web.front import front, install
from amends.wiring.channel_desk import connect_desk, speech
from tests.contracts.gateway_world import Ear
from tests.django_house import NOW

NAME = "douyin"
SECRET = "amends-fake-app-secret"


@pytest.fixture(autouse=True)
def wire(database: Any) -> Iterator[None]:
    """The desk speaks by a wire that is closed with the test."""
    wire = Wire(())
    install(replace(front(), connect=connect_desk(speech(wire))))
    yield
    wire.close()


@pytest.fixture
def platform() -> Iterator[tuple[PlatformFake, str]]:
    """A platform's stand-in and its address."""
    fake = PLATFORMS[NAME]()
    with serving(fake) as server:
        yield fake, server.url


@pytest.fixture
def manager(stranger: Any, language: str) -> Any:
    """A manager's browser, in each language."""
    return signed_in(stranger, "wu", "manager", language)


@pytest.fixture
def boss(stranger: Any) -> Any:
    """A manager's browser, English."""
    return signed_in(stranger, "wu", "manager", "en")


def signed_in(client: Any, name: str, role: str, language: str) -> Any:
    from django.contrib.auth.models import User

    from amends.store.members import give_role

    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    client.force_login(User.objects.create_user(name))
    give_role(name, role)
    return client


def begin(client: Any, shop: str = "flagship") -> int:
    """A draft; its number."""
    typed = {"shop": shop, "market": "CN", "currency": "cny", "merchant": "main"}
    answer = client.post(f"/settings/shops/connect/{NAME}", typed)
    found = re.fullmatch(r"/settings/connections/(\d+)/keys", answer.headers["Location"])
    assert found
    return int(found[1])


def give_keys(client: Any, number: int, platform: tuple[PlatformFake, str], **other: str) -> Any:
    fake, url = platform
    return client.post(f"/settings/connections/{number}/keys", {**fake.config(), "base_url": url, **other})


def switched_on(client: Any, platform: tuple[PlatformFake, str], **more: str) -> int:
    number = begin(client)
    give_keys(client, number, platform)
    client.post(f"/settings/connections/{number}/choices", {"acts_from": "2026-11-25", **more})
    return number


def row(number: int) -> Any:
    from amends.store.models import ConnectionRow

    return ConnectionRow.objects.get(pk=number)


def shown(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_a_shop_is_connected_step_by_step_and_nothing_is_allowed_unless_ticked(
    manager: Any, platform: tuple[PlatformFake, str]
) -> None:
    assert f'href="/settings/shops/connect/{NAME}"' in shown(manager, "/settings/shops/connect")
    number = begin(manager)
    keys = shown(manager, f"/settings/connections/{number}/keys")
    assert f"/hooks/channels/{row(number).push_name}" in keys
    assert give_keys(manager, number, platform).headers["Location"].endswith("/test")
    assert "setup-good" in shown(manager, f"/settings/connections/{number}/test")
    choices = shown(manager, f"/settings/connections/{number}/choices")
    assert not re.search(r'name="may_(act|pay)"[^>]*checked', choices)
    answer = manager.post(f"/settings/connections/{number}/choices", {"policy": "", "acts_from": "2026-11-20"})
    assert answer.headers["Location"].endswith("/history")
    made = row(number)
    assert (made.state, made.may_act, made.may_pay) == ("on", False, False)
    assert made.acts_from.isoformat() == "2026-11-19T16:00:00+00:00"  # midnight in Shanghai
    assert "history" in shown(manager, f"/settings/connections/{number}/history")
    assert manager.post(f"/settings/connections/{number}/history", {"days": "30"}).headers["Location"].endswith("/done")
    done = shown(manager, f"/settings/connections/{number}/done")
    assert 'href="/?shop=flagship"' in done
    assert f'hx-get="/settings/connections/{number}/backfills"' in done


def test_secrets_are_kept_sealed_and_never_shown_again(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    number = begin(boss)
    give_keys(boss, number, platform)
    keys = shown(boss, f"/settings/connections/{number}/keys")
    assert SECRET not in keys
    assert re.search(r'id="key-app_secret"[^>]*type="password" value=""', keys)
    assert ">kept<" in keys
    assert SECRET not in f"{row(number).plain}{row(number).sealed}"
    assert SECRET not in shown(boss, f"/settings/connections/{number}")
    give_keys(boss, number, platform, app_secret="")
    assert "The keys are good" in shown(boss, f"/settings/connections/{number}/test")


def test_what_cannot_be_is_told_beside_what_was_typed(boss: Any) -> None:
    answer = boss.post(f"/settings/shops/connect/{NAME}", {"shop": "x", "market": "CN", "currency": "yuan"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Currency:" in page
    assert 'value="x"' in page
    number = begin(boss)
    answer = boss.post(f"/settings/connections/{number}/keys", {"app_key": "k", "app_secret": SECRET})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Shop id is needed" in page
    assert 'value="k"' in page
    assert SECRET not in page


@pytest.mark.parametrize(
    ("wrong", "told", "help_with"),
    [
        ({"app_secret": "wrong"}, "the platform refuses our keys", "Check that the keys are whole"),
        ({"base_url": "http://127.0.0.1:9"}, "the platform cannot be reached", "this machine can reach it"),
    ],
)
def test_a_test_call_that_fails_says_what_to_do(
    boss: Any, platform: tuple[PlatformFake, str], wrong: dict[str, str], told: str, help_with: str
) -> None:
    number = begin(boss)
    give_keys(boss, number, platform, **wrong)
    page = shown(boss, f"/settings/connections/{number}/test")
    assert told in page
    assert help_with in page
    assert "setup-good" not in page


def test_a_draft_is_taken_up_again_where_it_was_left(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    number = begin(boss)
    assert f'href="/settings/connections/{number}/keys"' in shown(boss, "/settings/shops/connect")
    assert boss.get(f"/settings/connections/{number}/done").headers["Location"].endswith("/keys")
    assert begin(boss) == number
    give_keys(boss, number, platform)
    assert f'href="/settings/connections/{number}/choices"' in shown(boss, "/settings/shops/connect")
    assert boss.get(f"/settings/connections/{number}/history").headers["Location"].endswith("/choices")


def test_history_can_be_skipped(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    from amends.store.models import BackfillRow

    number = switched_on(boss, platform)
    assert boss.post(f"/settings/connections/{number}/history", {"days": ""}).headers["Location"].endswith("/done")
    assert not BackfillRow.objects.exists()
    answer = boss.post(f"/settings/connections/{number}/history", {"since": "2019-01-01"})
    assert answer.status_code == 409
    assert "last three years" in answer.content.decode()


def test_a_chosen_policy_speaks_for_the_shop_in_a_new_version(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    from amends.store.models import PolicyRow, PolicyVersion

    policy = PolicyRow.objects.create(merchant="main", name="careful")
    text = FIRST_TEXT.format(name="careful").replace("applies: {}", "applies:\n  shops:\n    - elsewhere")
    PolicyVersion.objects.create(
        policy=policy, number=1, text=text, sha256="0" * 64, state="live", made_by="wu", made_at=NOW
    )
    number = begin(boss, 'the "best" shop')
    give_keys(boss, number, platform)
    assert "careful" in shown(boss, f"/settings/connections/{number}/choices")
    answer = boss.post(f"/settings/connections/{number}/choices", {"policy": str(policy.pk)})
    assert answer.status_code == 302, answer.content.decode()
    live = PolicyVersion.objects.get(policy=policy, state="live")
    assert live.number == 2
    assert live.text == text.replace("- elsewhere", '- elsewhere\n    - "the \\"best\\" shop"')
    assert "Speaks for this shop already" in shown(boss, f"/settings/connections/{number}/choices")


def test_paying_without_acting_is_refused_and_nothing_is_switched_on(
    boss: Any, platform: tuple[PlatformFake, str]
) -> None:
    number = begin(boss)
    give_keys(boss, number, platform)
    answer = boss.post(f"/settings/connections/{number}/choices", {"may_pay": "yes"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Paying is acting" in page
    assert re.search(r'name="may_pay" value="yes" +checked', page)
    assert row(number).state == "draft"


def test_a_connection_is_paused_resumed_and_read_by_buttons(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    number = switched_on(boss, platform)
    for what, state in (("pause", "paused"), ("resume", "on"), ("read", "on")):
        answer = boss.post(f"/settings/connections/{number}/do", {"do": what, "from": "list"})
        assert answer.headers["Location"] == f"/settings/connections?done={what}"
        assert row(number).state == state
    answer = boss.post(f"/settings/connections/{number}/do", {"do": "switches", "may_act": "yes", "may_pay": "yes"})
    assert (row(number).may_act, row(number).may_pay) == (True, True)
    assert "acts and refunds" in shown(boss, "/settings/connections")
    boss.post(f"/settings/connections/{number}/do", {"do": "pause"})
    assert boss.post(f"/settings/connections/{number}/do", {"do": "read"}).status_code == 409
    boss.post(f"/settings/connections/{number}/choices", {"may_act": "yes"})
    assert (row(number).state, row(number).may_pay) == ("paused", False)


def test_trouble_is_told_with_what_to_do_and_on_the_work_list(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    from django.test import Client

    from amends.store.models import ConnectionRow

    number = switched_on(boss, platform)
    assert "troubled" not in shown(boss, "/")
    trouble = {
        "faults": 4,
        "fault_why": "down",
        "fault_says": "平台出现故障：503 a / b / the platform has a fault: 503 a / b",
        "again_at": NOW + timedelta(minutes=8),
    }
    ConnectionRow.objects.filter(pk=number).update(**trouble)
    for address in ("/settings/connections", f"/settings/connections/{number}"):
        page = shown(boss, address)
        assert "failing, trying again" in page
        assert "Failed 4 times in a row:" in page
        assert "</b> the platform has a fault: 503 a / b" in page
        assert "The fault is the platform" in page
        assert "2026-11-25 12:08 (UTC+8)" in page
    assert f'<a href="/settings/connections/{number}">Look<span class="unseen"> flagship</span></a>' in shown(boss, "/")
    agent = signed_in(Client(SERVER_NAME="localhost"), "an", "agent", "en")
    page = shown(agent, "/")
    assert "new cases cannot be read for now" in page
    assert "/settings/connections" not in page
    elsewhere = Client(SERVER_NAME="localhost")
    signed_in(elsewhere, "bo", "agent", "en")
    from amends.store.members import give_role
    from amends.store.models import Membership

    Membership.objects.filter(user__username="bo").delete()
    give_role("bo", "agent", "others")
    assert "troubled" not in shown(elsewhere, "/")
    ConnectionRow.objects.filter(pk=number).update(again_at=None, fault_why="keys")
    assert "stopped: needs you" in shown(boss, "/settings/connections")
    assert "Not tried again by itself" in shown(boss, "/settings/connections")


def test_an_alarm_stays_until_it_was_seen(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    from amends.store.models import ChannelAlarmRow

    number = switched_on(boss, platform)
    alarm = ChannelAlarmRow.objects.create(
        connection_id=number, code="status_unknown", number="6901", zh="未知状态 77", en="unknown status 77", count=3,
        first_at=NOW, last_at=NOW,
    )  # fmt: skip
    for address in ("/settings/connections", f"/settings/connections/{number}"):
        page = shown(boss, address)
        assert "unknown status 77" in page
        assert "× 3" in page
    boss.post(f"/settings/connections/{number}/do", {"do": "seen", "alarm": str(alarm.pk)})
    assert "unknown status 77" not in shown(boss, f"/settings/connections/{number}")
    alarm.refresh_from_db()
    assert alarm.seen_by == "wu"


def test_the_progress_of_history_is_asked_for_until_it_is_done(boss: Any, platform: tuple[PlatformFake, str]) -> None:
    from amends.store.models import BackfillRow

    number = switched_on(boss, platform)
    boss.post(f"/settings/connections/{number}/do", {"do": "history", "days": "7"})
    part = shown(boss, f"/settings/connections/{number}/backfills")
    assert 'hx-trigger="every 3s"' in part
    assert "<html" not in part
    BackfillRow.objects.update(state="done", cases=12)
    part = shown(boss, f"/settings/connections/{number}/backfills")
    assert "hx-trigger" not in part
    assert "cases: 12" in part


def test_a_push_is_taken_by_its_own_address_and_signature_alone(
    boss: Any, stranger: Any, platform: tuple[PlatformFake, str]
) -> None:
    from amends.store.models import HintRow, PushRow

    fake, _ = platform
    number = switched_on(boss, platform)
    ear = Ear()
    fake.courier.aim(ear.url)
    try:
        fake.ask(fake.sell().number)
        headers, body = ear.wait(1)[0]
    finally:
        ear.stop()
    address = f"/hooks/channels/{row(number).push_name}"
    given = {name: value for name, value in headers.items() if name.lower() not in ("content-type", "content-length")}
    answer = stranger.post(address, body, content_type="application/json", headers=given)
    assert answer.status_code == 200
    assert PushRow.objects.get().state == "heard"
    assert HintRow.objects.count() == 1
    answer = stranger.post(address, body + b" ", content_type="application/json", headers=given)
    assert answer.status_code == 401
    assert "not trusted" in shown(boss, f"/settings/connections/{number}")
    assert stranger.post("/hooks/channels/guess", body, content_type="application/json").status_code == 404
    assert stranger.get(address).status_code == 405
    assert stranger.post(address, b"x" * 1_100_000, content_type="application/json").status_code == 413


def test_a_shop_that_was_imported_is_connected_where_it_is(boss: Any) -> None:
    from amends.store.models import Shop

    there = Shop.objects.filter(channel=NAME).first()
    assert there is not None
    assert f"connect/{NAME}?shop={quote(there.name)}" in shown(boss, f"/settings/shops/{there.pk}")
    page = shown(boss, f"/settings/shops/connect/{NAME}?shop={there.name}")
    assert f'<input type="hidden" name="shop" value="{there.name}">' in page
    before = Shop.objects.count()
    begin(boss, there.name)
    assert Shop.objects.count() == before


@pytest.mark.parametrize("name", list(PLATFORMS))
def test_every_platform_is_connected_by_its_form(boss: Any, name: str) -> None:
    fake = PLATFORMS[name]()
    market = {"CNY": "CN", "USD": "US"}.get(fake.currency, "DE")
    answer = boss.post(f"/settings/shops/connect/{name}", {"shop": name, "market": market, "currency": fake.currency})
    number = int(answer.headers["Location"].split("/")[3])
    form = shown(boss, f"/settings/connections/{number}/keys")
    field = "base_url" if 'name="base_url"' in form else "url"
    assert f'name="{field}"' in form
    with serving(fake) as server:
        keys = {name: str(value) for name, value in fake.config().items()}
        assert all(f'name="{key}"' in form for key in keys)
        boss.post(f"/settings/connections/{number}/keys", {**keys, field: server.url})
        assert "The keys are good" in shown(boss, f"/settings/connections/{number}/test")


def test_many_that_fail_take_no_more_than_four_lines_of_the_work_list(boss: Any) -> None:
    from amends.store.models import ConnectionRow

    for place in range(6):
        begin(boss, f"shop {place}")
    ConnectionRow.objects.update(state="on", faults=5, fault_why="reach", again_at=NOW)
    page = shown(boss, "/")
    assert page.count('class="troubled"') == 4
    assert "3 more shops cannot be read." in page
