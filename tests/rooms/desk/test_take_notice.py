"""Notices from fakes over real signatures: kept first, applied once, whatever their order; what does not fit waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.cli.tools import RunningFake
from amends.desk.take_notice import NoticeDesk, UnableToReplay
from amends.facts.people import SYSTEM, Person
from amends.fakes.__main__ import FAKES
from amends.fakes.fake import Fake
from amends.wiring.demo_money import demo_ways
from amends.wiring.ways import read_ways
from tests.databases import Database, database
from tests.money_house import NOW, Bank, case_of, desk_of, order_of, runner_of

__all__ = ["database"]


@pytest.fixture
def stripe() -> Iterator[Fake]:
    fake = FAKES["stripe"]()
    yield fake
    fake.end()


@pytest.fixture
def notices(database: Database, stripe: Fake) -> NoticeDesk:
    from amends.store.inbox_book import DatabaseInbox

    ways = read_ways(demo_ways([RunningFake("stripe", "http://127.0.0.1:1", stripe.config())], {"card": "stripe"}))
    return NoticeDesk(DatabaseInbox(), ways.telling, lambda: datetime.now(UTC))


def promised() -> Any:
    """A step that was sent to Stripe and has no outcome yet."""
    from amends.store.models import PayStep

    desk = desk_of("stripe")
    number = case_of(order_of())
    plan = desk.look(number, SYSTEM).plan
    assert plan is not None
    desk.pay_out(number, plan.digest, Person("wu", "manager"))
    from amends.facts.wire import Receipt

    runner_of(Bank({"card": Receipt("pending", "re_1")}), card="stripe").run_due()
    return PayStep.objects.get()


def told(fake: Fake, kind: str, step: Any, name: str = "evt_1", **change: Any) -> tuple[dict[str, str], bytes]:
    """A webhook about a step, signed as Stripe signs."""
    from amends.fakes.calls import Told

    thing = {
        "id": "re_1",
        "status": "failed" if kind == "refund.failed" else "succeeded",
        "amount": step.amount_minor if step else 100,
        "currency": "eur",
        "payment_intent": "pi_O1",
        "metadata": {"amends_key": step.key} if step else {},
        **change,
    }
    headers, body = fake.dress(Told(name, kind, {"created": fake.now(), "object": thing}), fake.now(), False)
    return {key.lower(): value for key, value in headers.items()}, body


def state(step: Any) -> str:
    step.refresh_from_db()
    return str(step.state)


def test_a_notice_settles_its_step_once_however_often_it_comes(notices: NoticeDesk, stripe: Fake) -> None:
    from amends.store.models import BookEntryRow, NoticeRow

    step = promised()
    for _ in range(3):
        answer = notices.take("stripe", *told(stripe, "refund.updated", step))
        assert answer is not None
        assert answer.status == 200
    assert state(step) == "succeeded"
    assert BookEntryRow.objects.filter(kind="refund").count() == 1
    row = NoticeRow.objects.get()
    assert (row.state, row.times) == ("done", 3)
    assert runner_of(Bank(), minutes=600).run_due() == 0


def test_success_and_its_reversal_in_either_order_end_the_same(notices: NoticeDesk, stripe: Fake) -> None:
    step = promised()
    notices.take("stripe", *told(stripe, "refund.updated", step, "evt_1"))
    notices.take("stripe", *told(stripe, "refund.failed", step, "evt_2"))
    assert state(step) == "reversed"
    box = desk_of().till.box(step.plan.case_id)
    assert box is not None
    assert box.payments[0].given_back == 0


def test_a_success_that_is_told_late_does_not_undo_its_reversal(notices: NoticeDesk, stripe: Fake) -> None:
    step = promised()
    late = told(stripe, "refund.updated", step, "evt_0")
    notices.take("stripe", *told(stripe, "refund.updated", step, "evt_1"))
    notices.take("stripe", *told(stripe, "refund.failed", step, "evt_2"))
    notices.take("stripe", *late)
    assert state(step) == "reversed"
    assert notices.exceptions(SYSTEM) == []


def test_failure_first_and_a_late_success_calls_a_person(notices: NoticeDesk, stripe: Fake) -> None:
    step = promised()
    notices.take("stripe", *told(stripe, "refund.failed", step, "evt_1"))
    notices.take("stripe", *told(stripe, "refund.updated", step, "evt_2"))
    assert state(step) == "failed"
    [kept] = notices.exceptions(SYSTEM)
    assert "success" in kept.reason


@pytest.mark.parametrize("change", [{"amount": 1}, {"currency": "usd"}])
def test_an_amount_or_currency_that_disagrees_books_nothing_and_calls_a_person(
    notices: NoticeDesk, stripe: Fake, change: dict[str, Any]
) -> None:
    step = promised()
    notices.take("stripe", *told(stripe, "refund.updated", step, **change))
    assert state(step) == "sent"
    assert step.alarm
    [kept] = notices.exceptions(SYSTEM)
    assert kept.state == "exception"


def test_a_refund_that_nobody_knows_waits_for_a_person(notices: NoticeDesk, stripe: Fake) -> None:
    headers, body = told(stripe, "refund.updated", None, payment_intent="pi_other")
    answer = notices.take("stripe", headers, body)
    assert answer is not None
    assert answer.status == 200
    [kept] = notices.exceptions(SYSTEM)
    assert "no step and no payment" in kept.reason
    assert kept.body == body


def test_a_refund_from_the_gateways_own_console_counts_towards_the_cap(notices: NoticeDesk, stripe: Fake) -> None:
    step = promised()
    for _ in range(2):
        notices.take("stripe", *told(stripe, "refund.updated", None, "evt_9", id="re_out", amount=500))
    box = desk_of().till.box(step.plan.case_id)
    assert box is not None
    assert box.payments[0].given_back == 500


def test_a_dispute_stops_refunds_and_takes_the_money_into_the_book(notices: NoticeDesk, stripe: Fake) -> None:
    from amends.store.models import BookEntryRow, OrderPayment

    promised()
    dispute = {"id": "dp_1", "amount": 9_000, "status": "needs_response"}
    notices.take("stripe", *told(stripe, "charge.dispute.created", None, "evt_a", **dispute))
    notices.take("stripe", *told(stripe, "charge.dispute.funds_withdrawn", None, "evt_b", **dispute))
    assert OrderPayment.objects.get().disputed
    assert BookEntryRow.objects.filter(kind="chargeback").count() == 1
    won = dispute | {"status": "won"}
    notices.take("stripe", *told(stripe, "charge.dispute.closed", None, "evt_c", **won))
    notices.take("stripe", *told(stripe, "charge.dispute.funds_reinstated", None, "evt_d", **won))
    assert not OrderPayment.objects.get().disputed
    assert BookEntryRow.objects.filter(kind="chargeback_reversed").count() == 1


def test_what_proves_nothing_is_kept_and_never_applied(notices: NoticeDesk, stripe: Fake) -> None:
    step = promised()
    headers, body = told(stripe, "refund.updated", step)
    for bad in ({}, headers | {"stripe-signature": "t=1,v1=00"}):
        answer = notices.take("stripe", bad, body)
        assert answer is not None
        assert answer.status == 401
    assert state(step) == "sent"
    [kept] = notices.exceptions(SYSTEM)
    assert kept.state == "refused"
    with pytest.raises(UnableToReplay, match="never trusted"):
        notices.replay(kept.number, SYSTEM)
    assert notices.take("nobody", headers, body) is None


def test_a_notice_that_could_not_be_applied_is_caught_up_with(
    notices: NoticeDesk, stripe: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from amends.store.inbox_book import DatabaseInbox

    step = promised()
    apply = DatabaseInbox.apply

    def broken(*_: Any) -> Any:
        raise OperationalError("the database is away")

    monkeypatch.setattr(DatabaseInbox, "apply", broken)
    answer = notices.take("stripe", *told(stripe, "refund.updated", step))
    assert answer is not None
    assert answer.status == 200
    assert state(step) == "sent"
    monkeypatch.setattr(DatabaseInbox, "apply", apply)
    assert notices.catch_up() == 1
    assert state(step) == "succeeded"
    assert notices.catch_up() == 0


def test_only_headers_that_a_signature_needs_are_kept(notices: NoticeDesk, stripe: Fake) -> None:
    from amends.store.models import NoticeRow

    headers, body = told(stripe, "refund.updated", promised())
    notices.take("stripe", headers | {"authorization": "secret", "cookie": "secret"}, body)
    assert set(NoticeRow.objects.get().headers) == {"stripe-signature", "content-type"}
    assert NOW
