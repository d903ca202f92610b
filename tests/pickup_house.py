"""Couriers of 快递100 for a test: the same desk as that of labels, its network a fake over real HTTP that knows yuan."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from amends.desk.cases.approve import approve
from amends.desk.freight.labels import buy_label
from amends.desk.freight.pickup_told import PickupRounds, take_pickup_push
from amends.desk.freight.pickup_window import windows_of
from amends.desk.freight.pickups import ask_pickups
from amends.facts.bookings import Booking
from amends.facts.wire import WireAnswer
from tests.booking_house import Booked
from tests.case_house import AGENT, MANAGER
from tests.money_house import case_of, order_of
from tests.tracking_house import SECRET

DOOR: Mapping[str, str] = {
    "name": "李小雨", "phone": "138 0013 8000", "state": "浙江省", "city": "杭州市", "street": "余杭区仓前街道 8 号", "grams": "900",
}  # fmt: skip
TERMS = """
returns:
  services: [yto, jtexpress, yunda]
  most: {CNY: "20.00", EUR: "20.00"}
  cargo: 连衣裙
  warehouse: {name: 暖屿售后, street: 南山区科技南路 2 号, city: 深圳市, state: 广东省, country: CN, phone: "13800000001"}
"""


def china_case(booked: Booked, order: str = "O1") -> int:
    """A return for a defect that was agreed to, in yuan: the merchant pays the way back."""
    case = order_of(order=order, request={"kind": "return_refund", "reason": "quality"})
    case["defect"] = {"confirmed": True}
    case["order"]["currency"] = "CNY"
    number = case_of(case)
    approve(booked.desk.freight.cases, number, MANAGER)
    return number


def choose(booked: Booked, number: int, carrier: str = "yto") -> Booking:
    """Ask for offers, and want a carrier's soonest window."""
    quote = ask_pickups(booked.desk, number, AGENT, DOOR)
    offer = next(one for one in quote.offers if one.carrier == carrier)
    window = windows_of(booked.desk, quote.network, offer)[0]
    return buy_label(booked.desk, number, AGENT, quote.number, offer.id, window.text)


def push(
    booked: Booked, what: str, *, key: str | None = None, wrong: bool = False, **more: object
) -> WireAnswer | None:
    """Something happens to the courier that was booked last; its push, as the web would hand it in."""
    fake = booked.fake
    task = list(fake.couriers.orders)[-1]
    fake.advance_order(task, what, **more)
    told = fake.courier.held[-1]
    asked = dict(parse_qsl(urlsplit(told.url).query))
    _, body = fake.dress(told, fake.now(), wrong)
    return take_pickup_push(booked.desk, "kuaidi100", SECRET, asked["booking"] if key is None else key, body)


def run(booked: Booked, many: int = 1, **much: float) -> None:
    """What the runner does by itself, couriers asked about too."""
    for _ in range(many):
        booked.run(1, **much)
        PickupRounds(booked.desk).talk()
        booked.rounds.look()
