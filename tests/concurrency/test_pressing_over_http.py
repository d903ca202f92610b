"""Many browsers press the same buttons at once over HTTP: one plan a case, and never more than was paid."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import replace

from tests.databases import Database, database
from tests.money_house import case_of, desk_of, order_of

__all__ = ["database"]
BROWSERS = 8


def test_one_order_pressed_by_many_browsers_never_passes_its_cap(database: Database) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.db.models import Sum
    from django.test import Client

    from amends.facts.plan import RESERVING
    from amends.store.members import give_role
    from amends.store.models import PayPlan, PayStep
    from amends.web.front import install
    from tests.case_house import case_desk
    from tests.django_house import plain_front

    install(replace(plain_front(), money=desk_of(), desk=case_desk()))
    user = User.objects.create_user("wu", password="a long enough password")
    give_role("wu", "manager")
    numbers = [case_of(order_of(gift_card=2_000), key=f"H{place}") for place in range(3)]
    digests = {}
    told: Counter[int] = Counter()
    start = threading.Barrier(BROWSERS)

    def browser() -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client

    for number in numbers:
        found = re.search(r'name="digest" value="(\w+)"', browser().get(f"/cases/{number}").content.decode())
        assert found
        digests[number] = found.group(1)
    clients = [browser() for _ in range(BROWSERS)]

    def press(client: Client) -> None:
        start.wait()
        for number in numbers:
            told[client.post(f"/cases/{number}/approve", {"digest": digests[number]}).status_code] += 1
        connection.close()

    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(told) <= {302, 409}, told
    reserved = PayStep.objects.filter(state__in=RESERVING)
    assert reserved.aggregate(total=Sum("amount_minor"))["total"] == 9_000
    assert PayPlan.objects.count() == len({plan.case_id for plan in PayPlan.objects.all()})
