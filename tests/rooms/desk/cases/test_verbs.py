"""The verbs of the desk on cases, on both databases: what each changes, and what stands against it."""

from __future__ import annotations

import pytest

from amends.desk.cases.approve import approve, effect, second_no, second_yes
from amends.desk.cases.ask import ask, give_evidence
from amends.desk.cases.close import close, reopen, withdraw
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.cases.parcels import inspect, receive, send_back, settle
from amends.desk.cases.refuse import refusal, refuse
from amends.desk.cases.split_merge import merge, split
from amends.desk.cases.take import assign, escalate, note, release, take
from amends.desk.cases.undo import undo
from amends.facts.log import fold
from amends.facts.work import CaseState
from tests.case_house import AGENT, BUYER, FINANCE, LEAD, MANAGER, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import Bank, case_of, order_of, runner_of

__all__ = ["database"]

RETURN = {"request": {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"}}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> CaseDesk:
    return case_desk(clock)


def log_is_whole(desk: CaseDesk, state: CaseState) -> list[str]:
    """What the log tells, after seeing that its chain holds and leads to where the case stands."""
    history = desk.casework.history(state.number)
    assert history.whole
    assert fold([one.entry for one in history.entries]) == state.tracks
    return [one.entry.what for one in history.entries]


def refused_with(code: str) -> object:
    return pytest.raises(UnableToWork, check=lambda fault: fault.code == code)


def test_a_yes_within_the_limit_promises_the_money_and_is_told_in_the_log(desk: CaseDesk) -> None:
    number = case_of(order_of())
    seen = effect(desk, number, LEAD)
    assert (seen.kind, seen.total, seen.needs_role, seen.alone) == ("pay", 9_000, "lead", True)
    state = approve(desk, number, LEAD, digest=seen.digest)
    assert state.tracks.decision == "approved"
    assert state.status == "to_settle"
    plan = desk.money.till.current(number)
    assert plan is not None
    assert plan.total == 9_000
    assert seen.plan is not None
    assert [one.step for one in plan.steps] == list(seen.plan.steps)
    assert log_is_whole(desk, state)[:3] == ["imported", "decided", "approved"]


def test_above_the_limit_a_second_person_says_yes(desk: CaseDesk) -> None:
    number = case_of(order_of())
    assert approve(desk, number, AGENT).to_approve
    assert desk.money.till.current(number) is None
    waiting = desk.casework.approvals(None)
    assert [(one.case, one.needs_role, one.total) for one in waiting] == [(number, "lead", 9_000)]
    assert desk.casework.approvals(frozenset({"another"})) == []
    with refused_with("not_allowed"):
        second_yes(desk, number, AGENT)
    state = second_yes(desk, number, LEAD)
    assert state.tracks.decision == "approved"
    assert not state.to_approve
    assert desk.money.till.current(number) is not None


def test_whoever_asked_does_not_say_yes_to_it_and_a_no_gives_it_back(desk: CaseDesk) -> None:
    number = case_of(order_of())
    approve(desk, number, AGENT)
    state = second_no(desk, number, LEAD, "not yet")
    assert not state.to_approve
    assert state.tracks.decision == "new"
    assert desk.casework.approvals(None) == []


def test_nobody_sees_another_merchants_case(desk: CaseDesk) -> None:
    number = case_of(order_of())
    for verb in (
        lambda: take(desk, number, STRANGER),
        lambda: effect(desk, number, STRANGER),
        lambda: refusal(desk, number, STRANGER),
    ):
        with refused_with("not_found"):
            verb()


def test_the_warehouse_does_not_decide(desk: CaseDesk) -> None:
    number = case_of(order_of())
    with refused_with("not_allowed"):
        approve(desk, number, WAREHOUSE)


def test_a_case_that_changed_meanwhile_is_looked_at_again(desk: CaseDesk) -> None:
    number = case_of(order_of())
    state = take(desk, number, AGENT)
    with refused_with("stale"):
        approve(desk, number, LEAD, version=state.version - 1)
    with refused_with("stale"):
        approve(desk, number, LEAD, digest="another")


def test_taking_a_case_someone_has_is_no_accident(desk: CaseDesk) -> None:
    number = case_of(order_of())
    take(desk, number, AGENT)
    with refused_with("not_possible"):
        take(desk, number, LEAD)
    assert take(desk, number, LEAD, over=True).assignee == "mei"
    with refused_with("not_allowed"):
        assign(desk, number, AGENT, "lin")
    assert assign(desk, number, LEAD, "lin").assignee == "lin"
    assert release(desk, number, AGENT).assignee == ""
    assert escalate(desk, number, AGENT, "finance", "a large sum").escalated_to == "finance"
    note(desk, number, AGENT, "called the buyer")


def test_a_refusal_that_the_law_forbids_names_the_rule(desk: CaseDesk) -> None:
    number = case_of(order_of())
    seen = refusal(desk, number, AGENT)
    assert not seen.allowed
    assert seen.rules
    with pytest.raises(UnableToWork) as told:
        refuse(desk, number, AGENT, "too_late", "Sorry")
    assert told.value.code == "entitled"
    assert told.value.rules
    with refused_with("entitled"):
        refuse(desk, number, MANAGER, "too_late", "Sorry", override="short")
    state = refuse(desk, number, MANAGER, "too_late", "Sorry", override="the buyer told us he has it already")
    assert state.tracks.decision == "refused"
    assert log_is_whole(desk, state)[2] == "refused_over_rule"


def test_a_reason_that_needs_proof_is_not_taken_without(desk: CaseDesk) -> None:
    number = case_of(order_of())
    with pytest.raises(UnableToWork) as told:
        refuse(desk, number, MANAGER, "not_ours", "", override="long enough a reason")
    assert told.value.field == "proof"


def test_a_return_is_paid_after_the_inspection_on_the_yes_that_was_given(desk: CaseDesk) -> None:
    number = case_of(order_of(**RETURN))
    state = approve(desk, number, LEAD)
    assert state.status == "goods_awaited"
    assert desk.money.till.current(number) is None
    assert send_back(desk, number, BUYER, AGENT, "SF1234567890").status == "goods_on_the_way"
    assert receive(desk, number, WAREHOUSE).status == "to_inspect"
    state = inspect(desk, number, WAREHOUSE, "A")
    assert state.tracks.goods == "inspected"
    plan = desk.money.till.current(number)
    assert plan is not None
    assert (plan.state, plan.total) == ("approved", 9_000)
    what = log_is_whole(desk, state)
    assert [one for one in what if one != "decided"] == [
        "imported",
        "approved",
        "goods_sent",
        "goods_received",
        "inspected",
        "settled",
    ]


def test_goods_are_inspected_while_a_dispute_holds_the_money(desk: CaseDesk) -> None:
    from amends.facts.read_case import read_case
    from amends.store.models import OrderPayment

    number = case_of(order_of(**RETURN))
    approve(desk, number, LEAD)
    state = send_back(desk, number, BUYER, AGENT, "SF1234567890")
    desk.money.till.open_order(state.shop, read_case(state.case), desk.now())
    assert OrderPayment.objects.update(disputed=True) == 1
    state = inspect(desk, number, WAREHOUSE, "A")
    assert (state.tracks.goods, state.exception) == ("inspected", "refund_held")
    assert desk.money.till.current(number) is None
    assert "refund_held" in log_is_whole(desk, state)
    OrderPayment.objects.update(disputed=False)
    state = settle(desk, number, LEAD)
    assert state.exception == ""
    plan = desk.money.till.current(number)
    assert plan is not None
    assert plan.total == 9_000


def test_money_that_arrived_closes_the_case(desk: CaseDesk, clock: Clock) -> None:
    from amends.desk.cases.run import CaseRounds

    number = case_of(order_of())
    approve(desk, number, LEAD)
    bank, rounds = Bank(), CaseRounds(desk)
    runner_of(bank, minutes=0).run_due()
    assert bank.paid == []
    runner_of(bank, minutes=1).run_due()
    assert bank.paid == [9_000]
    rounds.look()
    state = desk.casework.look(number)
    assert state is not None
    assert state.status == "closed"
    assert log_is_whole(desk, state)[-2:] == ["refund_paid", "closed"]
    assert rounds.look() == 0


def test_an_offer_that_the_buyer_takes_is_paid_as_agreed(desk: CaseDesk) -> None:
    number = case_of(order_of(**RETURN))
    with refused_with("not_allowed"):
        offer(desk, number, AGENT, "partial_refund", "60.00")
    state = offer(desk, number, AGENT, "partial_refund", "20.00", "keep it")
    assert state.status == "offered"
    state = answer_offer(desk, number, BUYER, 1, accepts=True)
    assert state.tracks.decision == "approved"
    assert state.agreed is not None
    plan = desk.money.till.current(number)
    assert plan is not None
    assert plan.total == 2_000
    with refused_with("not_possible"):
        answer_offer(desk, number, BUYER, 1, accepts=True)
    log_is_whole(desk, state)


def test_an_offer_that_the_buyer_declines_comes_back(desk: CaseDesk) -> None:
    number = case_of(order_of(**RETURN))
    offer(desk, number, AGENT, "coupon", coupon="TEN")
    assert answer_offer(desk, number, BUYER, 1, accepts=False, why="no").status == "to_decide"


@pytest.mark.parametrize(
    "kind", ["exchange", "resend", "repair", "full_refund", "return_refund", "store_credit", "coupon"]
)
def test_every_kind_of_offer_can_be_carried_out(desk: CaseDesk, kind: str) -> None:
    number = case_of(order_of(**RETURN))
    amount = "30.00" if kind == "store_credit" else ""
    offer(desk, number, FINANCE, kind, amount, coupon="X" if kind == "coupon" else "")
    state = answer_offer(desk, number, BUYER, 1, accepts=True)
    assert state.tracks.decision == "approved"
    expected = {"full_refund": 9_000, "store_credit": 3_000}.get(kind)
    plan = desk.money.till.current(number)
    assert (plan.total if plan else None) == expected
    log_is_whole(desk, state)


def test_an_offer_nobody_answers_ends(desk: CaseDesk, clock: Clock) -> None:
    from amends.desk.cases.run import CaseRounds

    number = case_of(order_of(**RETURN))
    offer(desk, number, AGENT, "coupon", coupon="TEN", days=1)
    clock.forward(days=1, minutes=1)
    CaseRounds(desk).look()
    state = desk.casework.look(number)
    assert state is not None
    assert state.tracks.decision == "new"
    assert "offer_expired" in log_is_whole(desk, state)


def test_proof_that_was_asked_for_brings_the_case_back(desk: CaseDesk) -> None:
    number = case_of(order_of(**RETURN))
    assert ask(desk, number, AGENT, ["evidence.photo"], "A picture please").status == "awaiting_evidence"
    state = give_evidence(desk, number, BUYER, None, [{"kind": "photo", "by": "buyer"}])
    assert state.status == "to_decide"
    assert state.case["evidence"]


def test_undo_takes_back_what_did_not_leave_the_house(desk: CaseDesk, clock: Clock) -> None:
    number = case_of(order_of())
    approve(desk, number, LEAD)
    with refused_with("not_allowed"):
        undo(desk, number, MANAGER)
    state = undo(desk, number, LEAD)
    assert state.tracks.decision == "new"
    bank = Bank()
    runner_of(bank, minutes=10).run_due()
    assert bank.paid == []
    log_is_whole(desk, state)
    approve(desk, number, LEAD)
    runner_of(bank, minutes=10).run_due()
    assert bank.paid == [9_000]
    clock.forward(seconds=11)
    with refused_with("not_possible"):
        undo(desk, number, LEAD)


def test_what_the_buyer_withdraws_is_not_paid(desk: CaseDesk) -> None:
    number = case_of(order_of())
    approve(desk, number, LEAD)
    state = withdraw(desk, number, BUYER, AGENT)
    assert state.status == "closed"
    bank = Bank()
    runner_of(bank, minutes=10).run_due()
    assert bank.paid == []
    assert reopen(desk, number, AGENT, "changed their mind").status == "to_decide"


def test_money_that_went_cannot_be_withdrawn(desk: CaseDesk) -> None:
    number = case_of(order_of())
    approve(desk, number, LEAD)
    runner_of(Bank(), minutes=10).run_due()
    with refused_with("money"):
        withdraw(desk, number, BUYER, AGENT)


def test_a_case_whose_money_is_on_its_way_is_not_closed(desk: CaseDesk) -> None:
    number = case_of(order_of())
    approve(desk, number, LEAD)
    with refused_with("money"):
        close(desk, number, AGENT, "settled")


def test_split_and_merge(desk: CaseDesk) -> None:
    number = case_of(order_of())
    one, other = split(desk, number, AGENT, ["l2"])
    assert [line["id"] for line in one.case["request"]["lines"]] == ["l1"]
    assert [line["id"] for line in other.case["request"]["lines"]] == ["l2"]
    assert other.decision is not None
    assert other.decision["refund"]["total"] == "20.00"
    state = merge(desk, other.number, AGENT, number)
    assert {line["id"] for line in state.case["request"]["lines"]} == {"l1", "l2"}
    gone = desk.casework.look(other.number)
    assert gone is not None
    assert gone.status == "closed"
    log_is_whole(desk, state)


def test_settling_needs_the_goods(desk: CaseDesk) -> None:
    number = case_of(order_of(**RETURN))
    approve(desk, number, LEAD)
    with refused_with("not_possible"):
        settle(desk, number, LEAD)
