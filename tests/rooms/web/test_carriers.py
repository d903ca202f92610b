"""The door for pushes of tracking networks, and parcels on the case page and on the buyer's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.facts.traces import Scan
from amends.facts.tracking import ParcelTold
from amends.web.front import front, install
from tests.case_house import case_desk
from tests.django_house import NOW
from tests.money_house import desk_of
from tests.tracking_house import SECRET, Tracking, returning_case, tracking

UPS = "1Z999AA10123456784"


@pytest.fixture
def there(database: Any) -> Iterator[Tracking]:
    """A network with its fake, behind the pages."""
    with tracking("easypost") as found:
        install(replace(front(), tracking=found.desk, desk=case_desk(), money=desk_of()))
        yield found


def push(client: Any, there: Tracking, secret: str = SECRET, wrong: bool = False) -> int:
    fake = there.fakes["easypost"]
    headers, body = fake.dress(fake.courier.held[-1], fake.now(), wrong)
    sent = {name: value for name, value in headers.items() if name != "Content-Type"}
    answer = client.post(f"/hooks/carriers/easypost/{secret}", body, content_type="application/json", headers=sent)
    return int(answer.status_code)


def test_a_push_comes_in_by_its_secret_address_and_its_signature_alone(stranger: Any, there: Tracking) -> None:
    number = returning_case()
    there.round()
    there.fakes["easypost"].advance(UPS, "delivered")
    assert push(stranger, there, "guessed-address-000") == 404
    assert push(stranger, there, wrong=True) == 401
    assert push(stranger, there) == 200
    assert push(stranger, there) == 200
    there.rounds.look()
    state = there.desk.cases.casework.look(number)
    assert state is not None
    assert state.tracks.goods == "arrived"
    assert stranger.get(f"/hooks/carriers/easypost/{SECRET}").status_code == 405
    large = stranger.post(f"/hooks/carriers/easypost/{SECRET}", b"x" * 1_100_000, content_type="application/json")
    assert large.status_code == 413


@pytest.mark.parametrize(("tongue", "says"), [("en", "All 2 scans"), ("zh-hans", "全部轨迹（2 条）")])
def test_the_case_page_shows_both_parcels_newest_scan_first(
    agent: Any, there: Tracking, tongue: str, says: str
) -> None:
    number = returning_case()
    there.round()
    scans = (
        Scan(NOW - timedelta(hours=9), "picked_up", "first <b>scan</b>", "Leipzig"),
        Scan(NOW - timedelta(hours=2), "at_station", "second scan", "Hamburg"),
    )
    there.desk.book.take("easypost", ParcelTold(UPS, scans=scans), NOW, timedelta(days=3), timedelta(0))
    there.rounds.look()
    answer = agent.post(
        f"/cases/{number}/follow",
        {"waybill": "9405500208303109884137", "carrier": "usps", "part": "out", "shipment": "S1"},
    )
    assert answer.status_code == 302
    page = agent.get(f"/cases/{number}", headers={"accept-language": tongue}).content.decode()
    assert says in page
    part = page[page.index('id="parcels"') :]
    assert part.index("second scan") < part.index("first &lt;b&gt;scan")
    assert "9405500208303109884137" in part
    assert "<b>scan" not in part


def test_a_waybill_that_is_none_is_told_at_its_form(agent: Any, there: Tracking) -> None:
    number = returning_case()
    answer = agent.post(f"/cases/{number}/follow", {"waybill": "12"}, headers={"accept-language": "en"})
    assert answer.status_code == 409
    assert "6 to 40 characters" in answer.content.decode()


@pytest.mark.parametrize(
    ("tongue", "before", "after"),
    [("en", "on its way", "delivered to the shop"), ("zh-hans", "运输中", "商家已签收")],
)
def test_the_buyer_is_shown_where_the_return_is_and_none_of_the_carriers_words(
    there: Tracking, tongue: str, before: str, after: str
) -> None:
    from django.test import Client

    from tests.portal_house import tell_orders

    tell_orders(front().orders, merchant="main")
    anna = Client(SERVER_NAME="localhost", headers={"accept-language": tongue})
    assert anna.post("/s/Nordhus", {"number": "NH20001", "contact": "anna.weber@example.com"}).status_code == 302
    form = {"line": "l1", "many-l1": "1", "reason": "quality", "kind": "return_refund"}
    case = str(anna.post("/s/Nordhus/ask", form).headers["Location"]).split("?")[0]
    assert anna.post(f"{case}/sent", {"waybill": UPS}).status_code == 302
    there.round()

    def told(*scans: Scan) -> str:
        there.desk.book.take("easypost", ParcelTold(UPS, scans=scans), NOW, timedelta(days=3), timedelta(0))
        there.rounds.look()
        return str(anna.get(case).content.decode())

    first = Scan(NOW - timedelta(hours=2), "in_transit", "the driver's telephone is 0000", "Hamburg")
    page = told(first)
    assert before in page
    assert "0000" not in page
    assert after in told(first, Scan(NOW - timedelta(hours=1), "delivered", "left"))
