"""`amends demo month`: a whole month through the whole house, on a folder of its own, and what the house found in it."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from amends.cli.tools import RunningFake, UnableToStart
from amends.desk.guards.desk import GuardDesk
from amends.desk.house import House
from amends.desk.vault.listings import tell_listing
from amends.facts.dispute_settings import DisputeSettings
from amends.facts.imported import ShopSetting
from amends.facts.listings import Listing
from amends.facts.month import MonthTold
from amends.fakes.month.causes import DESCRIPTOR, PICTURE, PLANTED
from amends.fakes.month.claims import charges, claims
from amends.fakes.month.orders import SHOP, orders
from amends.wiring.cases import case_desk, order_desk
from amends.wiring.demo_money import demo_ways
from amends.wiring.disputes import dispute_desk
from amends.wiring.guards import guard_desk
from amends.wiring.house import money_desk
from amends.wiring.metrics import metric_sync
from amends.wiring.month.found import SEEN_BY, Looked, judged, rings_of, tasks_of
from amends.wiring.month.play import LEAD, MERCHANT, Clock, Doors, Played, play
from amends.wiring.portal import evidence_desk
from amends.wiring.prevention import prevention_desk
from amends.wiring.processes import build_runner, fakes
from amends.wiring.start import build_house
from amends.wiring.vault import vault_desk
from amends.wiring.ways import read_ways

DAYS: Final = 30
_AFTER: Final = timedelta(days=20)
"""Requests, parcels on their way back and disputes come after the orders."""
_SHOP: Final = ShopSetting(SHOP, "direct", "DE", "EUR", merchant=MERCHANT)


def month(data: Path, seed: int, many: int, tell: Callable[[str], None]) -> MonthTold:
    """Play a month of so many orders into an empty folder. Raises `UnableToStart` where the folder holds something already."""
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise UnableToStart(f"{data} holds something already; name an empty folder, or one that is not there")
    data.mkdir(parents=True, exist_ok=True)
    began, first = time.monotonic(), _first_day()
    clock = Clock(first)
    with ExitStack() as around:
        running = around.enter_context(fakes(None))
        house = replace(build_house(data, None), now=clock)
        house.cases.put(_SHOP, [])
        _let_in(data)
        doors, guards = _doors(house, data, clock, running)
        sold = list(orders(seed, many, first))
        asked, disputed = list(claims(seed, sold)), list(charges(seed, sold))
        told, prevention, facts = Played(), prevention_desk(data, clock), metric_sync(data, clock)
        for at, told in play(doors, sold, asked, disputed, first + timedelta(days=DAYS) + _AFTER):
            facts.run()
            prevention.run()
            tell(f"{at:%Y-%m-%d}  {told.orders:,} orders, {told.cases:,} cases, {told.disputes:,} disputes")
        while doors.runner.run_due(most=500):
            pass
        ring = frozenset(one.number for one in sold if one.ring)
        looked = [*[see(guards) for see in SEEN_BY.values()], tasks_of(prevention), rings_of(guards, ring)]
        return _told(told, looked, time.monotonic() - began)


def _let_in(data: Path) -> None:
    """The demo people see the month, when the folder is served afterwards."""
    from amends.store.members import give_role
    from amends.store.people import ensure_demo_user

    name = ensure_demo_user(data).name
    give_role(name, "manager", MERCHANT)
    give_role(f"{name}-agent", "agent", MERCHANT)


def _first_day() -> datetime:
    """So that all that the month brings lies behind us."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS) - _AFTER


def _doors(house: House, data: Path, clock: Clock, running: list[RunningFake]) -> tuple[Doors, GuardDesk]:
    ways = read_ways(demo_ways(running))
    cases = case_desk(house, money_desk(house, ways))
    evidence = evidence_desk(cases, data)
    disputes = dispute_desk(cases, evidence, ways, DisputeSettings())
    guards = guard_desk(house, clock)
    told = {"name": SHOP, "processor": "stripe", "descriptor": DESCRIPTOR.value}
    guards.tell_shop(LEAD, SHOP, told)
    page = Listing(f"Goods {PICTURE.value}", attributes={"colour": "blue", "material": "cotton"})
    tell_listing(vault_desk(evidence, data, clock), LEAD, SHOP, PICTURE.value, page, None)
    stripe = next(one for one in running if one.name == "stripe")

    def capture(reference: str, amount: str) -> None:
        content = {"id": reference, "amount": int(amount.replace(".", "")), "currency": "EUR"}
        _post(f"{stripe.url}/__fake__/payments", content)

    return Doors(clock, order_desk(clock), cases, disputes, build_runner(ways, 4), capture, _has_plan), guards


def _post(url: str, content: Mapping[str, object]) -> None:
    request = urllib.request.Request(url, json.dumps(content).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


def _has_plan(case: int) -> bool:
    from amends.store.models import PayPlan

    return PayPlan.objects.filter(case_id=case).exists()


def _told(told: Played, looked: Sequence[Looked], seconds: float) -> MonthTold:
    from django.db.models import Sum

    from amends.store.models import PayStep

    paid = PayStep.objects.filter(state="succeeded").aggregate(all=Sum("amount_minor"))["all"] or 0
    found = judged(looked, {one.name: one.value for one in PLANTED})
    return MonthTold(told.orders, told.cases, told.disputes, dict(told.came), int(paid), found, seconds)
