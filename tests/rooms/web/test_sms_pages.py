"""The pages of text messages: a shop's settings, whose secret is never shown, a trial over real HTTP, and a preview that counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amends.fakes.sms import FakeSms
from amends.web.front import front, install
from amends.wiring.sms import sms_desk
from tests.django_house import fresh_database, plain_front
from tests.money_house import case_of, order_of
from tests.rooms.web.test_walls import browser
from tests.sms_house import APPROVED, PHONE, office, reached_at, voice


@pytest.fixture
def server() -> Iterator[FakeSms]:
    found = FakeSms(office("aliyun"))
    yield found
    found.stop()


@pytest.fixture
def case(tmp_path: Path, server: FakeSms) -> int:
    from amends.store.members import ensure_merchant

    fresh_database(tmp_path)
    house = plain_front()
    desk = sms_desk(house.desk, voice(server, house.desk.now))
    install(replace(house, talk=replace(house.talk, sms=desk)))
    ensure_merchant("main")
    found = case_of(order_of(), key="C77")
    reached_at(PHONE)
    return found


def typed(**change: str) -> dict[str, str]:
    return {
        "provider": "aliyun", "account": "AC-try", "secret": "s3cret", "sign": "晴朗", "price": "0.045", "currency": "cny",
        "code_message": "SMS_1", "text_message": APPROVED["SMS_1"],
    } | change  # fmt: skip


def test_a_shop_is_set_tried_and_turned_on_and_an_answer_is_counted_before_it_leaves(
    case: int, server: FakeSms
) -> None:
    from amends.store.models import Shop

    client, address = browser("manager", "main"), f"/settings/sms/{Shop.objects.get(name='acme').pk}"
    wrong = client.post(address, typed(text_message="${nowhere}"))
    assert wrong.status_code == 409
    assert 'name="text_message" rows="2" maxlength="1000" aria-invalid="true"' in wrong.content.decode()
    assert client.post(address, typed(price="much")).status_code == 409
    assert client.post(address, typed()).status_code == 302
    page = client.get(address).content.decode()
    assert "s3cret" not in page
    assert "0.045" in page
    assert client.post(f"{address}/change", {"do": "test", "to": "x"}).status_code == 409
    assert client.post(f"{address}/change", {"do": "test", "to": PHONE}).status_code == 200
    assert len(server.office.taken) == 1
    assert client.post(f"{address}/change", {"do": "on"}).status_code == 302
    shown = client.post(f"/cases/{case}/message/preview", {"text": "您好", "way": "sms"}).content.decode()
    assert "C77" in shown
    assert "0.045 CNY" in shown
    assert PHONE not in shown
    assert PHONE[-2:] in shown
    assert 'name="way"' in client.get(f"/cases/{case}").content.decode()
    assert client.post(f"/cases/{case}/message", {"text": "您好", "way": "sms"}).status_code == 302
    assert front().desk.casework.history(case).messages[-1].way == "sms"
    assert client.post(f"/cases/{case}/message", {"text": "x", "way": "owl"}).status_code == 409
