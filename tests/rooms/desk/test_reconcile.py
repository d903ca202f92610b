"""Statements beside the book: each difference once, money moved elsewhere counts once, and what agrees later settles itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from amends.desk.reconcile import DailyRun, ReconcileDesk, UnableToSettle
from amends.facts.people import SYSTEM, Person
from amends.facts.rulebook import Says
from amends.facts.statements import BrokenRow, Statement, StatementLine, Taken
from amends.facts.wire import Receipt
from amends.prove.truths import check_truths
from tests.databases import Database, database
from tests.money_house import NOW, Bank, case_of, desk_of, order_of, runner_of

__all__ = ["database"]

WU = Person("wu", "finance")
DAY = (NOW - timedelta(days=1), NOW + timedelta(days=1))


@pytest.fixture
def desk(database: Database) -> ReconcileDesk:
    return desk_at(NOW)


def desk_at(at: datetime) -> ReconcileDesk:
    from amends.store.statement_book import DatabaseStatements

    return ReconcileDesk(DatabaseStatements(), lambda: at)


def paid(bank: Bank | None = None, order: str = "O1", **change: Any) -> Any:
    """The step of an order of 90 EUR that was paid out by the bank."""
    from amends.store.models import PayStep

    number = case_of(order_of(order=order, **change))
    plan = desk_of().look(number, SYSTEM).plan
    assert plan is not None
    desk_of().pay_out(number, plan.digest, WU)
    runner_of(bank or Bank()).run_due()
    return PayStep.objects.get(plan__case_id=number)


def line_of(step: Any, **change: Any) -> StatementLine:
    line = StatementLine(
        2,
        "refund",
        step.reference,
        step.key,
        (step.payment.reference,),
        step.amount_minor,
        "EUR",
        step.settled_at or NOW,
    )
    return replace(line, **change)


def take(desk: ReconcileDesk, *lines: StatementLine, file: str = "a.csv", broken: tuple[BrokenRow, ...] = ()) -> Taken:
    statement = Statement(tuple(lines), broken, (), *DAY)
    return desk.take("bank", "stripe", file, file.ljust(64, "0"), statement, WU)


def kinds(desk: ReconcileDesk) -> list[str]:
    return [one.kind for one in desk.open(SYSTEM)]


def given_back(step: Any) -> int:
    box = desk_of().till.box(step.plan.case_id)
    assert box is not None
    return box.payments[0].given_back


def test_what_agrees_leaves_nothing_open(desk: ReconcileDesk) -> None:
    step = paid()
    assert take(desk, line_of(step)).new == 1
    assert kinds(desk) == []
    assert take(desk, line_of(step, key=""), file="b.csv").new == 1
    assert kinds(desk) == []


def test_a_file_and_a_line_are_taken_once(desk: ReconcileDesk) -> None:
    step = paid()
    other = line_of(step, reference="re_x", key="", amount=100)
    assert take(desk, line_of(step), other) == Taken(2, 0, 0, False, {})
    assert take(desk, line_of(step), other).known
    again = take(desk, other, line_of(step, reference="re_y", key="", amount=50), file="b.csv")
    assert (again.new, again.again) == (1, 1)
    assert given_back(step) == step.amount_minor + 150


def test_two_equal_lines_of_one_file_are_two(desk: ReconcileDesk) -> None:
    step = paid()
    same = line_of(step, reference="7 2026", key="", payments=("nobody's",))
    assert take(desk, line_of(step), same, same).new == 3
    assert kinds(desk) == ["unknown_payment", "unknown_payment"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"amount": 8_999}, "amount"),
        ({"currency": "USD"}, "amount"),
        ({"state": "failed"}, "state"),
    ],
)
def test_a_line_that_disagrees_is_told_and_books_nothing(
    desk: ReconcileDesk, change: dict[str, Any], kind: str
) -> None:
    step = paid()
    take(desk, line_of(step, **change))
    assert kind in kinds(desk)
    assert given_back(step) == step.amount_minor


def test_money_that_left_for_a_step_that_failed_is_told_and_counts_so_that_a_repeat_cannot_pay_it_again(
    desk: ReconcileDesk,
) -> None:
    step = paid(Bank({"card": Receipt("failed", "re_1")}))
    for file in ("a.csv", "b.csv"):
        take(desk, line_of(step), file=file)
        assert kinds(desk) == ["state"]
        assert given_back(step) == step.amount_minor


def test_a_refund_that_the_same_statement_says_came_back_has_not_left(desk: ReconcileDesk) -> None:
    step = paid(Bank({"card": Receipt("failed", "re_1")}))
    gone, back = line_of(step), line_of(step, state="failed", number=3)
    elsewhere = line_of(step, reference="re_out", key="", amount=500, number=4)
    take(desk, gone, back, elsewhere, replace(elsewhere, state="failed", number=5))
    assert kinds(desk) == []
    assert given_back(step) == 0


def test_what_a_person_paid_at_the_gateways_console_is_known_by_its_proof(desk: ReconcileDesk) -> None:
    from amends.store.models import PayStep

    hand = desk_of("manual")
    number = case_of(order_of())
    plan = hand.look(number, SYSTEM).plan
    assert plan is not None
    hand.pay_out(number, plan.digest, WU)
    step = PayStep.objects.get()
    hand.till.prove(step.pk, "re_console", True, WU, NOW)
    take(desk, line_of(step, reference="re_console", key=""))
    assert kinds(desk) == []
    assert given_back(step) == step.amount_minor
    take(desk, line_of(step, reference="re_other", key="", amount=1), file="b.csv")
    assert kinds(desk) == ["outside"]


def test_a_success_that_no_statement_shows_is_late_then_missing_then_settled_once_it_comes(desk: ReconcileDesk) -> None:
    step = paid()
    take(desk)
    assert kinds(desk) == ["late"]
    later = desk_at(NOW + timedelta(days=4))
    assert later.run() == 1
    assert kinds(later) == ["missing"]
    assert later.run() == 0
    take(later, line_of(step), file="b.csv")
    assert kinds(later) == []


def test_of_times_that_no_statement_covers_nothing_is_missed(desk: ReconcileDesk) -> None:
    from amends.store.models import PayStep

    step = paid()
    PayStep.objects.filter(pk=step.pk).update(settled_at=NOW + timedelta(days=2))
    take(desk)
    assert kinds(desk_at(NOW + timedelta(days=9))) == []


def test_a_refund_made_elsewhere_counts_once_towards_what_may_go_back(desk: ReconcileDesk) -> None:
    step = paid(Bank({"card": Receipt("failed", "re_1")}))
    outside = line_of(step, reference="re_out", key="", amount=500)
    take(desk, outside)
    take(desk, outside, line_of(step, reference="re_2", key="", payments=("x",)), file="b.csv")
    desk.run()
    assert sorted(kinds(desk)) == ["outside", "unknown_payment"]
    assert given_back(step) == 500
    from amends.store.truth_reader import DatabaseLedger

    assert [truth.name for truth in check_truths(DatabaseLedger(), NOW) if not truth.holds] == []


def test_a_sum_that_the_platform_told_and_its_refunds_on_a_statement_are_one_money(desk: ReconcileDesk) -> None:
    step = paid(refunded="20.00")
    assert given_back(step) == step.amount_minor + 2_000
    take(desk, line_of(step), line_of(step, reference="re_a", key="", amount=1_500))
    assert given_back(step) == step.amount_minor + 2_000
    take(desk, line_of(step, reference="re_b", key="", amount=700), file="b.csv")
    assert given_back(step) == step.amount_minor + 2_200


def test_a_total_that_is_higher_than_the_book_is_taken_in_and_its_refunds_do_not_count_again(
    desk: ReconcileDesk,
) -> None:
    step = paid(Bank({"card": Receipt("failed", "re_1")}))
    total = line_of(step, kind="refunded_total", reference="ch_1", key="", amount=600)
    take(desk, total)
    assert given_back(step) == 600
    take(desk, line_of(step, reference="re_a", key="", amount=600), file="b.csv")
    take(desk, replace(total, amount=600, number=9), file="c.csv")
    assert given_back(step) == 600
    take(desk, replace(total, amount=900), file="d.csv")
    assert given_back(step) == 900


def test_an_outcome_that_we_do_not_know_yet_is_not_counted_twice(desk: ReconcileDesk) -> None:
    step = paid(Bank({"card": Receipt("unknown")}))
    take(desk, line_of(step, key="", reference="re_1"))
    assert kinds(desk) == ["unsettled"]
    assert given_back(step) == 0


def test_a_dispute_that_no_notice_told_of_is_taken_in_once(desk: ReconcileDesk) -> None:
    step = paid(Bank({"card": Receipt("failed", "re_1")}))
    dispute = line_of(step, kind="dispute", reference="dp_1", key="", amount=9_000)
    take(desk, dispute)
    desk.run()
    assert kinds(desk) == ["dispute"]
    assert given_back(step) == 9_000
    for file in ("b.csv", "c.csv"):
        take(desk, replace(dispute, kind="dispute_back", number=3), file=file)
        assert kinds(desk) == ["dispute", "dispute"]
        assert given_back(step) == 0


def test_a_row_that_cannot_be_read_is_kept_for_a_person(desk: ReconcileDesk) -> None:
    from amends.store.models import StatementLineRow

    broken = BrokenRow(7, ("re_1", "five"), Says("column gross: 'five' is no amount", "「gross」的「five」不是金额"))
    assert take(desk, broken=(broken,)).broken == 1
    [one] = desk.open(SYSTEM)
    assert one.kind == "broken_row"
    assert "a.csv, line 7: column gross" in one.says.en
    assert "第" not in one.says.en
    assert StatementLineRow.objects.get(kind="broken").cells[:2] == ["re_1", "five"]
    desk.run()
    assert kinds(desk) == ["broken_row"]


def test_a_person_settles_with_a_note_and_it_stays_settled(desk: ReconcileDesk) -> None:
    step = paid()
    take(desk, line_of(step, amount=8_999))
    [one] = desk.open(SYSTEM)
    for number, note in ((one.number, " "), (one.number + 99, "seen")):
        with pytest.raises(UnableToSettle):
            desk.settle(number, WU, note)
    desk.settle(one.number, Person("system", "manager"), "the bank kept a cent; agreed by mail")
    assert desk.run() == 0
    assert kinds(desk) == []


def test_the_daily_run_looks_once_a_day(desk: ReconcileDesk) -> None:
    paid()
    take(desk)
    clock = [NOW + timedelta(days=4)]
    daily = DailyRun(ReconcileDesk(desk.book, lambda: clock[0]))
    assert [daily.look(), daily.look()] == [1, 0]
    clock[0] += timedelta(days=1)
    assert daily.look() == 0
