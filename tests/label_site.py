"""Sellers of labels for a site of samples: fakes in the site's own process, and the hands that buy from them."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import replace

import yaml

from amends.carry_out.booking_runner import BookingRunner
from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.desk.freight.booked import BookingRounds
from amends.desk.freight.booking_desk import BookingDesk
from amends.facts.freight_terms import read_freight
from amends.facts.orders import Contact
from amends.fakes.networks import NETWORKS
from amends.fakes.server import Server
from amends.web.front import Front
from amends.wiring.networks import read_networks
from tests.booking_house import RETURNS
from tests.case_house import LEAD
from tests.money_house import case_of, order_of
from tests.tracking_house import networks_yaml, tracking_desk

ORDERS = ("LABEL-1", "LABEL-2")


def with_sellers(front: Front, *names: str) -> Front:
    """The same site, where labels can be bought; somebody buys what is due as long as the process lives."""
    told = {}
    for name in names:
        fake = NETWORKS[name]()
        fake.currency = "EUR"  # type: ignore[attr-defined]
        server = Server(fake)
        told[name] = (server.url, fake.config())
    networks = read_networks(networks_yaml(told, "", routes={"default": names[0]}))
    wire = Wire(networks.hosts, seconds=5)
    parcels = replace(tracking_desk(networks, wire, front.now), cases=front.desk)
    own = read_freight({}, yaml.safe_load(RETURNS))
    freight = replace(
        front.freight, tracking=parcels, cases=front.desk, terms=replace(front.freight.terms, returns=own.returns)
    )
    desk = BookingDesk(
        freight, front.bookings.book, front.evidence.shelf, lambda shop, order: Contact(name="Anna Beyer")
    )
    runner = BookingRunner(
        "site:1", desk.book, networks.joined, lambda one: talk(wire, one), front.now, lambda: secrets.token_hex(8)
    )  # type: ignore[arg-type]
    threading.Thread(target=_buy, args=(runner, BookingRounds(desk)), daemon=True).start()
    return replace(front, freight=freight, bookings=desk)


def _buy(runner: BookingRunner, rounds: BookingRounds) -> None:
    """In the place of a runner."""
    from django.db import close_old_connections

    while True:
        runner.run_due()
        rounds.look()
        rounds.talk()
        close_old_connections()
        time.sleep(0.2)


def agreed() -> None:
    """Returns for a defect that were agreed to: the merchant pays the way back."""
    from amends.desk.cases.approve import approve
    from tests.case_house import case_desk

    for order in ORDERS:
        case = order_of(order=order, request={"kind": "return_refund", "reason": "quality"})
        case["defect"] = {"confirmed": True}
        approve(case_desk(), case_of(case, order), LEAD)
