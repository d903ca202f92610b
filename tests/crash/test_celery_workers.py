"""Two Celery workers on a real Redis, PostgreSQL holding the truth: one is killed in the middle, and every refund still ends once."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import Database, fresh
from tests.django_house import empty_tables

FLOWS = 24


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of this test's own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("needs Redis (Debian: apt-get install redis-server)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Database]:
    with fresh("postgresql", tmp_path) as found:
        yield found


def door(url: str, path: str, content: Any = None) -> Any:
    body = None if content is None else json.dumps(content).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/__fake__/{path}", body), timeout=10) as answer:
        return json.loads(answer.read())


def worker(shop: Database, broker: str | None) -> subprocess.Popen[bytes]:
    """`amends worker` in a process group of its own."""
    environment = {**os.environ, "AMENDS_DATA": str(shop.data), "DATABASE_URL": shop.url or ""}
    if broker:
        environment["AMENDS_BROKER_URL"] = broker
    words = [sys.executable, "-m", "amends", "worker", "--lease-seconds", "3", "--hands", "2"]
    return subprocess.Popen(words, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)


def alive_of(group: int, seconds: float = 5) -> list[int]:
    """The processes of a group that are still there after a while."""
    end = time.monotonic() + seconds
    while (found := [pid for pid in running_processes() if group_of(pid) == group]) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def running_processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal()]


def group_of(pid: int) -> int | None:
    try:
        state, _, group = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return None
    return None if state == "Z" else int(group)


def settled(seconds: float) -> list[str]:
    """The states of all steps, once none is open, or after so long."""
    from amends.facts.plan import OPEN
    from amends.store.models import PayStep

    end = time.monotonic() + seconds
    while PayStep.objects.filter(state__in=OPEN).exists() and time.monotonic() < end:
        time.sleep(0.2)
    return list(PayStep.objects.values_list("state", flat=True))


@pytest.mark.parametrize("woken", ["celery", "alone"])
def test_a_killed_workers_steps_are_taken_up_by_another_once(shop: Database, broker: str, woken: str) -> None:
    from amends.desk.pay_out import pay_out
    from amends.facts.people import Person
    from amends.store.models import PayStep
    from amends.wiring.clock import now
    from amends.wiring.demo_money import demo_ways
    from amends.wiring.processes import fakes
    from tests.money_house import ROUTES, case_of, desk_of, order_of

    address = broker if woken == "celery" else None
    with fakes(None) as running:
        stripe = next(fake for fake in running if fake.name == "stripe")
        (shop.data / "gateways.yaml").write_text(demo_ways([stripe], {"card": "stripe"}), encoding="utf-8")
        door(stripe.url, "settings", {"latency_ms": 250})
        numbers = []
        for place in range(FLOWS):
            numbers.append(case_of(order_of(order=f"W{place}"), key=f"W{place}"))
            door(stripe.url, "payments", {"id": f"pi_W{place}", "amount": 9_000, "currency": "EUR"})
        workers = [worker(shop, address) for _ in range(2)]
        try:
            desk = desk_of("stripe")
            for number in numbers:
                pay_out(desk.house, desk.till, {**ROUTES, "card": "stripe"}, number, Person("wu", "manager"), now())
            end = time.monotonic() + 60
            while not PayStep.objects.filter(state="sent").exists() and time.monotonic() < end:
                time.sleep(0.02)
            os.kill(workers[0].pid, signal.SIGKILL)
            workers[0].wait()
            left = alive_of(workers[0].pid)
            states = settled(120)
        finally:
            for one in workers:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(one.pid, signal.SIGKILL)
                one.wait()
        assert states == ["succeeded"] * FLOWS
        assert left == [], "a killed worker leaves nothing behind"
        keys = [refund["key"] for refund in door(stripe.url, "refunds")]
        assert sorted(keys) == sorted(PayStep.objects.values_list("key", flat=True))
        balances = door(stripe.url, "payments")
        assert {balance["refunded"] for balance in balances} == {9_000}


@pytest.mark.parametrize("woken", ["celery", "alone"])
def test_a_worker_goes_on_after_the_database_was_away(shop: Database, broker: str, woken: str) -> None:
    import psycopg

    from tests.databases import cluster

    number = case_with_store_credit("D1")
    one = worker(shop, broker if woken == "celery" else None)
    try:
        pay_back(number)
        assert settled(60) == ["succeeded"]
        name = (shop.url or "").rpartition("/")[2]
        with psycopg.connect(f"{cluster()}/postgres", autocommit=True) as control:
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            assert control.execute(end, [name]).fetchall()
        from django.db import connection

        connection.close()
        pay_back(case_with_store_credit("D2"))
        assert settled(60) == ["succeeded"] * 2
        one.terminate()
        assert one.wait(30) == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGKILL)
        one.wait()


def case_with_store_credit(key: str) -> int:
    """A case that was paid by the shop's own credit, which goes back without any gateway."""
    from tests.money_house import case_of, order_of

    raw = order_of(order=key)
    raw["order"]["payments"][0]["method"] = "balance"
    return case_of(raw, key=key)


def pay_back(number: int) -> None:
    from amends.desk.pay_out import pay_out
    from amends.facts.people import Person
    from amends.wiring.clock import now
    from tests.money_house import ROUTES, desk_of

    desk = desk_of()
    pay_out(desk.house, desk.till, ROUTES, number, Person("wu", "manager"), now())


@pytest.mark.parametrize("address", ["foo", "foo://host", "redis"])
def test_a_broker_that_is_none_is_said_in_one_line(tmp_path: Path, address: str) -> None:
    empty_tables(tmp_path)
    environment = {**os.environ, "AMENDS_DATA": str(tmp_path), "AMENDS_BROKER_URL": address}
    words = [sys.executable, "-m", "amends", "worker"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("amends: AMENDS_BROKER_URL must look like redis://")
    assert len(done.stderr.splitlines()) == 1
