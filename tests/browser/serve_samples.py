"""The sample cases of the browser tests: `python -m tests.browser.serve_samples DATA` makes them, with PORT it serves them.

The people are lin/lin, a manager, and kim/kim, an agent.
"""

from __future__ import annotations

import functools
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from amends.desk.dossiers.build import DossierRounds
from amends.desk.dossiers.desk import DossierDesk
from amends.desk.rehearsal.desk import RehearsalDesk
from amends.web.serve import serve


def build(data: Path) -> Any:
    """The application over the database in `data`; made in the server's own process."""
    from amends.web.front import install
    from amends.web.wsgi import application
    from amends.wiring.pages import Catalogue
    from tests.case_house import Clock
    from tests.django_house import NOW, plain_front, start_django
    from tests.label_site import with_sellers
    from tests.money_house import desk_of
    from tests.remedy_house import remedy_desk

    start_django(data)
    front = plain_front(data)
    past = replace(front.rehearsals, shadows=replace(front.rehearsals.shadows, now=lambda: NOW - timedelta(minutes=1)))
    shown = replace(front, rules=Catalogue(), money=desk_of(), desk=remedy_desk(Clock()), rehearsals=past)
    install(with_sellers(shown, "easypost"))
    threading.Thread(target=keep_building, args=(front.dossiers, past), daemon=True).start()
    return application()


def keep_building(desk: DossierDesk, past: RehearsalDesk) -> None:
    """In the place of a runner: builds the dossiers and does the rehearsals that are asked for, and looks at shadows."""
    from django.db import close_old_connections

    rounds = DossierRounds(desk)
    while True:
        rounds.look()
        past.look()
        past.shadows.look()
        close_old_connections()
        time.sleep(0.3)


def prepare(data: Path) -> None:
    """A database with many sample cases and one person."""
    from tests.django_house import NOW, fresh_database

    fresh_database(data)
    from django.contrib.auth.models import User
    from django.db import connection

    from amends.store.members import give_role
    from amends.store.models import CaseRow
    from tests.rooms.web.samples import DIRECT, DOUYIN, TAOBAO, fill, kettle, knitted, put, shrimps

    User.objects.create_user("lin", password="lin")
    give_role("lin", "manager")
    User.objects.create_user("kim", password="kim")
    give_role("kim", "agent")
    fill()
    for index in range(20):
        more = (
            (DOUYIN, knitted(f"70200000{index:05}", 6.4 + 3.1 * index)),
            (TAOBAO, shrimps(f"TK9900{index:04}", 9.5 + 2.3 * index)),
            (DIRECT, kettle(f"HP-3{index:03}", 30.0 + 7 * index)),
        )
        put(list(more))
    colleagues()
    pay_outs()
    station()
    buyers()
    closed_cases()
    contested()
    remedies()
    CaseRow.objects.update(decided_at=NOW - timedelta(hours=1))
    connection.close()


def colleagues() -> None:
    """An agent and a lead, and cases that they work on: two above the agent's limit, one to be taken back, a return that is due."""
    from django.contrib.auth.models import User

    from amends.store.members import give_role
    from tests.freight_house import refund_case
    from tests.label_site import agreed
    from tests.money_house import case_of, order_of

    for name, role in (("an", "agent"), ("mei", "lead")):
        User.objects.create_user(name, password=name)
        give_role(name, role)
    for order in ("ASK-1", "ASK-2", "UNDO-1"):
        case_of(order_of(order=order))
    asked = {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"}
    case_of(order_of(order="BACK-1", request=asked))
    for order, waybill in (("STOP-1", "YT9693083639701"), ("STOP-2", "YT9693083639702")):
        refund_case(waybill, order)
    agreed()


def station() -> None:
    """Goods on their way back, and two people who inspect them: a dress, a phone with its serial, a parcel that weighs nothing."""
    from django.contrib.auth.models import User

    from amends.desk.cases.parcels import send_back
    from amends.store.members import give_role
    from amends.web.front import front
    from tests.case_house import BUYER, MANAGER
    from tests.station_house import line, returned

    for name in ("wu", "li"):
        User.objects.create_user(name, password=name)
        give_role(name, "warehouse")
    phone = line("p", paid="300.00", category="electronics", serials=["SN111222"], grams=600) | {"title": "Phone"}
    for order, lines in (
        ("DRESS-1", [line("d", 2, "160.00")]),
        ("DRESS-2", [line("d", 1, "80.00")]),
        ("PHONE-1", [phone]),
        ("EMPTY-1", [line("e", 1, "120.00", grams=800)]),
        ("LOST-1280", [line("x", 1, "60.00", "books", grams=450)]),
        ("LOST-360", [line("x", 1, "60.00", "books", grams=450)]),
    ):
        number = returned(*lines, order=order, buyer={"name": f"Zoe {order}"} if order.startswith("LOST") else {})
        if not order.startswith("LOST"):
            send_back(front().desk, number, BUYER, MANAGER, f"WB-{order}")


def buyers() -> None:
    """Orders that buyers can find: one with an offer to answer, one whose goods are to be sent back."""
    from amends.desk.cases.approve import approve
    from amends.desk.cases.offer import offer
    from amends.desk.portal import asking
    from amends.web.front import front
    from tests.case_house import MANAGER
    from tests.portal_house import order_of, shop_of, tell_orders

    tell_orders(front().orders, merchant="main")
    desk = front().portal
    for number, line, reason in (
        ("NH20005", "l1", "quality"),
        ("NH20001", "l2", "quality"),
        ("NH20006", "l2", "changed_mind"),
    ):
        wish = asking.wish_of([(line, 1)], "return_refund", reason, {})
        case = asking.send(desk, shop_of(desk), order_of(desk, number), wish).state.number
        if number == "NH20005":
            offer(desk.cases, case, MANAGER, "partial_refund", "40.00", "A scratch: keep it for less?")
        else:
            approve(desk.cases, case, MANAGER)


def closed_cases() -> None:
    """Two cases that are closed, and whose buyers were asked whether they were content."""
    from amends.desk.cases.close import close
    from amends.desk.cases.open_case import Wish, case_file, open_case
    from amends.desk.follow.rounds import FollowRounds
    from amends.web.front import front
    from tests.case_house import BUYER, MANAGER, Clock, case_desk
    from tests.portal_house import order_of

    desk, clock = front().follow, Clock()
    shop = next(one.number for one in desk.shops(MANAGER) if one.name == "Nordhus")
    desk.set_terms(MANAGER, shop, {"asks": "yes", "delay_hours": "1", "contact_hours": "8", "goodwill": "50.00"})
    for number in ("NH20004", "NH20007"):
        order, key = order_of(front().portal, number), f"R-{number}-1"
        line = str(order.file["order"]["lines"][0]["id"])
        file = case_file(order.file, key, Wish("refund_only", "quality", ((line, 1),)), clock().isoformat())
        case = open_case(desk.cases, "Nordhus", file, key, "buyer", BUYER).state.number
        close(desk.cases, case, MANAGER, "settled")
    clock.forward(hours=1)
    assert FollowRounds(desk.book, case_desk(clock), lambda state: "here").look() == 2


def remedies() -> None:
    """Cases of every remedy, agreed to: exchanges, a repair that is back at the shop, a missing piece, a lower price."""
    from amends.desk.cases.approve import approve
    from amends.desk.cases.open_case import Wish, case_file, open_case
    from amends.web.front import front
    from tests.case_house import BUYER, MANAGER, Clock
    from tests.money_house import case_of
    from tests.portal_house import order_of, shop_of
    from tests.remedy_house import delivered, remedy_desk

    desk = remedy_desk(Clock())
    for name, kind, reason in (
        ("SWAP-1", "exchange", "quality"),
        ("SWAP-2", "exchange", "quality"),
        ("MEND-1", "repair", "quality"),
        ("PART-1", "resend", "missing_item"),
    ):
        number = case_of(delivered(kind, reason, order=name), name)
        approve(desk, number, MANAGER)
    case_of(delivered("price_adjustment", "better_price", order="PRICE-1"), "PRICE-1")
    portal = front().portal
    order = order_of(portal, "NH20002")
    line = str(order.file["order"]["lines"][0]["id"])
    wish = Wish("exchange", "quality", ((line, 1),), defect={"confirmed": True})
    file = case_file(order.file, "R-NH20002-1", wish, portal.cases.now().isoformat())
    made = open_case(portal.cases, shop_of(portal).name, file, "R-NH20002-1", "buyer", BUYER)
    approve(desk, made.state.number, MANAGER)


def pay_outs() -> None:
    """One case for each way that a pay-out can stand: to be paid, proposed, under way, unknown, paid, by hand, and a lost notice."""
    from amends.facts.people import Person
    from amends.facts.wire import Notice, Receipt
    from amends.store.inbox_book import DatabaseInbox
    from tests.django_house import NOW
    from tests.money_house import Bank, case_of, desk_of, order_of, runner_of

    boss, agent = Person("wu", "manager"), Person("an", "agent")
    unknown = Bank(answers={"card": Receipt("unknown", code="no_answer", alarm="nobody answered")})
    failed = Bank(answers={"card": Receipt("failed", code="card_closed", message="the card is closed")})
    case_of(order_of(order="PAY-0"))
    for at, (person, bank) in enumerate(
        ((agent, None), (boss, unknown), (boss, failed), (boss, Bank()), (boss, None)), 1
    ):
        number = case_of(order_of(order=f"PAY-{at}"))
        plan = desk_of().look(number, person).plan
        assert plan is not None
        desk_of().pay_out(number, plan.digest, person)
        if bank is not None:
            runner_of(bank).run_due()
    inbox = DatabaseInbox()
    lost = Notice("e1", "refund", None, "re_9", "pi_none", Receipt("succeeded", "re_9", 5), None)
    inbox.apply(inbox.put("stripe", "e1", "refund", {}, b"{}", NOW).number, lost, NOW)


def contested() -> None:
    """Disputes of each sort: a 10.4 with earlier payments, a 13.1, one that is owed, an intervention, an alert, one without a case."""
    from datetime import timedelta

    from amends.desk.cases.approve import approve
    from amends.facts.compelling import Signs
    from amends.facts.disputes import DisputeTold
    from amends.web.front import front
    from amends.wiring.disputes import dispute_rounds
    from tests.case_house import MANAGER
    from tests.django_house import NOW
    from tests.money_house import case_of, order_of

    desk = front().disputes
    for order in ("CE-1", "WAY-1", "WAY-2", "OWED-1", "ALERT-1", "STEP-1"):
        number = case_of(order_of(order=order))
        if order == "OWED-1":
            approve(desk.cases, number, MANAGER)
            desk.cases.money.till.call_off(number, MANAGER, NOW)
    for order, days in (("CE-1", 10), ("CE-0", 150), ("CE-00", 210), ("CE-000", 20)):
        signs = {"ip": "192.0.2.7", "account": "anna", "device": "d-77"}
        told = Signs(f"pi_{order}", order, NOW - timedelta(days=days), "card-1", signs, goods="Lamp")
        desk.signs.put("acme", told, 9_000, "EUR", "4242")
    soon = {
        "CE-1": ("visa", "10.4", 30),
        "WAY-1": ("visa", "13.1", 60),
        "WAY-2": ("visa", "13.1", 65),
        "OWED-1": ("mastercard", "4860", 200),
        "NONE": ("visa", "13.3", 90),
    }
    for order, (forum, reason, hours) in soon.items():
        due = NOW + timedelta(hours=hours)
        told_now = DisputeTold(
            "hand:main",
            f"dp_{order}",
            "card",
            forum,
            "to_answer",
            reason,
            9_000,
            "EUR",
            f"pi_{order}",
            "",
            due,
            NOW,
            NOW,
        )
        desk.book.take(told_now, NOW)
    alert = DisputeTold(
        "ethoca-main",
        "A-77",
        "alert",
        "visa",
        "alert",
        "10.4",
        9_000,
        "EUR",
        "pi_ALERT-1",
        "",
        NOW + timedelta(hours=20),
        NOW,
        NOW,
    )
    desk.book.take(alert, NOW)
    step = DisputeTold(
        "hand:acme",
        "ARB-1",
        "platform",
        "douyin",
        "to_answer",
        "arbitration",
        9_000,
        "EUR",
        "",
        "STEP-1",
        NOW + timedelta(hours=9),
        NOW,
        NOW,
    )
    desk.book.take(step, NOW, "acme")
    rounds = dispute_rounds(desk)
    rounds.look()
    rounds.look()


def count_metrics(data: Path) -> None:
    """The facts that the dashboard is drawn from."""
    from amends.wiring.metrics import metric_sync
    from tests.django_house import NOW

    metric_sync(data, lambda: NOW).run()


if __name__ == "__main__":
    folder, *port = sys.argv[1:]
    if port:
        serve(functools.partial(build, Path(folder)), "127.0.0.1", int(port[0]))
    else:
        prepare(Path(folder))
        count_metrics(Path(folder))
