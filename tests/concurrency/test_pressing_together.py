"""Many people and processes at once: the sum promised and paid never passes what was paid in, and nothing is sent twice."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from amends.facts.claims import Pace
from tests.databases import Database, database
from tests.money_house import NOW, Bank, case_of, order_of, runner_of

__all__ = ["database"]
PRESSERS, THREADS = 3, 4


def pressed(database: Database, numbers: list[int], checkout: Path) -> dict[str, int]:
    """What all pressers together were told."""
    from django.db import connection

    connection.close()
    words = [str(database.data), database.url or "", str(THREADS), *map(str, numbers)]
    command = [sys.executable, "-m", "tests.concurrency.press", *words]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, cwd=checkout, **pipes) for _ in range(PRESSERS)]  # type: ignore[call-overload]
    for one in running:
        assert one.stdout.readline() == "ready\n"
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    told: dict[str, int] = {}
    for one in running:
        out, _ = one.communicate(timeout=120)
        assert one.returncode == 0
        for word, count in json.loads(out).items():
            told[word] = told.get(word, 0) + count
    return told


def test_one_case_pressed_by_all_makes_one_plan(database: Database, checkout: Path) -> None:
    from amends.store.models import PayPlan, PayStep

    number = case_of(order_of())
    told = pressed(database, [number], checkout)
    assert len(told) == 1, told
    assert sum(told.values()) == PRESSERS * THREADS
    assert PayPlan.objects.count() == 1
    assert PayStep.objects.count() == 1


def test_cases_of_one_order_pressed_by_all_never_promise_more_than_was_paid(database: Database, checkout: Path) -> None:
    from django.db.models import Sum

    from amends.facts.plan import RESERVING
    from amends.store.models import PayStep

    numbers = [case_of(order_of(gift_card=2_000), key=f"S{place}") for place in range(4)]
    pressed(database, numbers, checkout)
    reserved = PayStep.objects.filter(state__in=RESERVING)
    assert reserved.aggregate(total=Sum("amount_minor"))["total"] == 9_000
    for payment, most in (("p1", 7_000), ("p2", 2_000)):
        of_payment = reserved.filter(payment__name=payment).aggregate(total=Sum("amount_minor"))["total"]
        assert of_payment == most
    bank = Bank()
    while runner_of(bank).run_due():
        pass
    assert sorted(bank.paid) == [2_000, 7_000]


def test_many_orders_pressed_by_all_are_each_promised_once(database: Database, checkout: Path) -> None:
    from amends.store.models import PayStep

    numbers = [case_of(order_of(order=f"M{place}"), key=f"M{place}") for place in range(8)]
    pressed(database, numbers, checkout)
    assert PayStep.objects.count() == 8
    assert len(set(PayStep.objects.values_list("key", flat=True))) == 8


def test_runners_together_send_every_step_once(database: Database) -> None:
    from django.db import connection

    for place in range(30):
        number = case_of(order_of(order=f"R{place}"), key=f"R{place}")
        promise(number)
    bank, start = Bank(), threading.Barrier(4)

    def work(owner: str) -> None:
        start.wait()
        runner = runner_of(bank, owner=owner)
        while runner.run_due(5):
            pass
        connection.close()

    workers = [threading.Thread(target=work, args=(f"w{place}",)) for place in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(bank.keys) == len(set(bank.keys)) == 30
    assert bank.paid == [9_000] * 30


@pytest.mark.parametrize(("pace", "most"), [(Pace(None, 3, 0), 3), (Pace(4, None, 0), 4), (Pace(None, None, 0), 10)])
def test_a_gateways_pace_holds_over_all_workers(database: Database, pace: Pace, most: int) -> None:
    from amends.store.money_payouts import DatabasePayouts

    for place in range(10):
        promise(case_of(order_of(order=f"P{place}"), key=f"P{place}"))
    payouts, held = DatabasePayouts(), []
    for owner in ("w1", "w2", "w3"):
        for claim in payouts.claim(owner, NOW, 60, 5, {"bank": pace}):
            if pace.calls_per_second is not None:
                payouts.sending(claim, NOW)
            held.append(claim)
    assert len(held) == most
    assert len({claim.number for claim in held}) == most


@pytest.mark.parametrize(("pace", "most"), [(Pace(None, 3, 0), 3), (Pace(4, None, 0), 4)])
def test_workers_that_claim_at_once_keep_the_pace_together(database: Database, pace: Pace, most: int) -> None:
    from django.db import connection

    from amends.store.money_payouts import DatabasePayouts

    for place in range(24):
        promise(case_of(order_of(order=f"Q{place}"), key=f"Q{place}"))
    held, start = [], threading.Barrier(4)

    def work(owner: str) -> None:
        start.wait()
        for _ in range(3):
            held.extend(DatabasePayouts().claim(owner, NOW, 60, 5, {"bank": pace}))
        connection.close()

    together([threading.Thread(target=work, args=(f"w{place}",)) for place in range(4)])
    assert len(held) == most


def test_a_payment_that_two_workers_want_rests_between_its_refunds(database: Database) -> None:
    from django.db import connection

    from amends.store.money_payouts import DatabasePayouts

    numbers = [case_of(part_of_one_order(line), key=f"T{line}") for line in ("l1", "l2")]
    for number in numbers:
        promise(number)
    held, start = [], threading.Barrier(4)

    def work(owner: str) -> None:
        start.wait()
        held.extend(DatabasePayouts().claim(owner, NOW, 60, 1, {"bank": Pace(None, None, 60)}))
        connection.close()

    together([threading.Thread(target=work, args=(f"w{place}",)) for place in range(4)])
    assert len(held) == 1


def test_a_gateway_that_may_not_be_called_now_holds_up_no_other(database: Database) -> None:
    from amends.store.models import AgendaRow
    from amends.store.money_payouts import DatabasePayouts

    for place in range(12):
        promise(case_of(order_of(order=f"V{place}"), key=f"V{place}"))
    last = AgendaRow.objects.order_by("-pk")[0]
    AgendaRow.objects.filter(pk=last.pk).update(gateway="other")
    paces = {"bank": Pace(None, 1, 0)}
    claimed = [claim.number for _ in range(2) for claim in DatabasePayouts().claim("w1", NOW, 60, 1, paces)]
    assert len(claimed) == 2
    assert last.step_id in claimed


def together(threads: list[threading.Thread]) -> None:
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def part_of_one_order(line: str) -> dict[str, Any]:
    """A case about one line of an order that another case is about as well."""
    raw = order_of(order="T")
    raw["request"]["lines"] = [{"id": line, "quantity": 1}]
    return raw


def promise(number: int) -> None:
    from amends.desk.pay_out import pay_out
    from amends.facts.people import Person
    from tests.money_house import ROUTES, desk_of

    desk = desk_of()
    pay_out(desk.house, desk.till, ROUTES, number, Person("wu", "manager"), NOW)


def test_an_answer_and_a_notice_about_one_step_never_wait_for_each_other(database: Database) -> None:
    from django.db import DatabaseError, connection

    from amends.facts.wire import Notice, Receipt
    from amends.store.inbox_book import DatabaseInbox
    from amends.store.models import PayStep
    from amends.store.money_payouts import DatabasePayouts

    for place in range(40):
        promise(case_of(order_of(order=f"D{place}"), key=f"D{place}"))
    payouts, inbox, faults = DatabasePayouts(), DatabaseInbox(), []
    claims = payouts.claim("w1", NOW, 60, 40, {})
    assert len(claims) == 40
    assert all(payouts.sending(claim, NOW) for claim in claims)
    notes = [
        Notice(f"n{c.number}", "refund", c.step.key, f"R{c.number}", None, Receipt("succeeded", f"R{c.number}"), None)
        for c in claims
    ]
    kept = [inbox.put("bank", note.id, "refund", {}, b"{}", NOW).number for note in notes]
    meet = threading.Barrier(2)

    def answer() -> None:
        for claim in claims:
            meet.wait()
            try:
                payouts.receive(claim, Receipt("succeeded", f"R{claim.number}"), NOW, None)
            except DatabaseError as fault:
                faults.append(fault)
        connection.close()

    def notice() -> None:
        for number, note in zip(kept, notes, strict=True):
            meet.wait()
            try:
                inbox.apply(number, note, NOW)
            except DatabaseError as fault:
                faults.append(fault)
        connection.close()

    threads = [threading.Thread(target=work) for work in (answer, notice)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert set(PayStep.objects.values_list("state", flat=True)) == {"succeeded"}
