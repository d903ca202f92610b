"""A courier on the case page and on the buyer's: offered with times, booked, told of by a push, and the buyer knows when."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amends.web.front import front, install
from amends.web.portal.token import token_of
from tests.booking_house import booking
from tests.pickup_house import DOOR, TERMS, china_case, run
from tests.tracking_house import SECRET


def test_a_courier_is_booked_on_the_page_and_the_buyer_sees_when(agent: Any, tmp_path: Path) -> None:
    from amends.store.models import Shop

    Shop.objects.get_or_create(name="acme", defaults={"channel": "direct", "market": "DE", "currency": "EUR"})
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        cases = booked.desk.freight.cases
        install(
            replace(front(), bookings=booked.desk, freight=booked.desk.freight, desk=cases, tracking=booked.there.desk)
        )
        number = china_case(booked)

        def part() -> str:
            answer = agent.get(f"/cases/{number}", headers={"accept-language": "en"})
            assert answer.status_code == 200
            return str(answer.content.decode()).split('id="label"')[1].split("</section>")[0]

        def press(verb: str, **given: str) -> None:
            version = str(cases.casework.look(number).version)  # type: ignore[union-attr]
            assert agent.post(f"/cases/{number}/{verb}", {"version": version, **given}).status_code == 302

        assert "Have it collected" in part()
        press("pickup-rates", **DOOR)
        shown = part()
        offer, row = "yto:标准快递", re.search(r'name="row" value="(\d+)"', shown)
        assert row is not None
        window = re.search(rf'name="window-{offer}".*?<option value="([^"]+)"', shown, re.DOTALL)
        assert window is not None
        assert "paid by" in shown
        press("label-buy", row=row[1], offer=offer, **{f"window-{offer}": window[1]})
        run(booked)
        task = next(iter(booked.fake.couriers.orders))
        booked.fake.advance_order(task, "accepted", courier="张师傅")
        told = booked.fake.courier.held[-1]
        headers, body = booked.fake.dress(told, booked.fake.now(), False)
        door = f"/hooks/carriers/kuaidi100/{SECRET}?{urlsplit(told.url).query}"
        for _ in range(2):
            assert agent.post(door, body, content_type=headers["Content-Type"]).json()["result"] is True
        assert agent.post(door, body[:-4], content_type=headers["Content-Type"]).status_code == 401
        live = part()
        assert "张师傅" in live
        assert "a courier has it" in live
        assert window[1] in live
        assert "Have it collected" not in live
        buyers = agent.get(
            f"/s/acme/case/{token_of('case', number)}", headers={"accept-language": "en"}
        ).content.decode()
        assert window[1] in buyers
        assert 'name="waybill"' not in buyers  # a courier takes it: there is no number to type
