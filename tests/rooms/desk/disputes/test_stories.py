"""Whole stories: a platform's ruling appealed, a 13.1 won, a 10.4 won by CE 3.0, a 13.6 accepted, alerts refunded once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.disputes import alerts, answer, rule
from amends.desk.disputes.look import look
from amends.facts.compelling import Signs
from amends.facts.dispute_settings import AlertSource, DisputeSettings
from amends.facts.payout import UnableToPromise
from amends.wiring.disputes import alert_desk
from tests.case_house import AGENT, MANAGER
from tests.databases import Database
from tests.dispute_house import DisputeHouse, a_case, dispute_house
from tests.money_house import Bank, case_of, order_of, runner_of

TOKEN = "a-token-that-nobody-guesses"
ALERTS = {
    "ethoca-main": AlertSource("ethoca-main", "ethoca", "main", TOKEN),
    "rdr-main": AlertSource("rdr-main", "rdr", "main", TOKEN, secret="signing-secret"),
}


@pytest.fixture
def house(database: Database) -> Iterator[DisputeHouse]:
    with dispute_house(database.data, "stripe", settings=DisputeSettings(alerts=ALERTS)) as found:
        yield found


def picked(house: DisputeHouse, number: int, case: int, letter: str = "See the exhibits.", **more: Any) -> None:
    choices = {"compelling": False, **more}
    answer.choose(house.desk, number, AGENT, [house.shelve(case)], {"letter": letter}, **choices)


def sent(house: DisputeHouse, number: int) -> None:
    answer.submit(house.desk, number, AGENT, look(house.desk, number, AGENT).digest)
    house.forward(seconds=11)
    house.run()


def test_a_douyin_ruling_lost_and_then_appealed(house: DisputeHouse) -> None:
    from amends.facts.imported import ShopSetting

    shop = ShopSetting("抖店甲", "douyin", "CN", "CNY")
    file = order_of(order="D1", shop={"channel": "douyin", "name": "抖店甲"}, order_={})
    file = {**file, "market": "CN", "order": {**file["order"], "currency": "CNY"}}
    asked = {"dispute_opened_at": "2026-11-24T10:00:00+08:00", "evidence_asked_at": "2026-11-24T11:00:00+08:00"}
    case = case_of({**file, "platform": {**asked, "deadline": "2026-11-26T12:00:00+08:00"}}, key="D-1", shop=shop)
    house.run()
    one = house.only()
    assert (one.sort, one.forum, one.stage, one.case) == ("platform", "douyin", "to_answer", case)
    state = house.desk.cases.casework.look(case)
    assert state is not None
    assert state.tracks.platform == "evidence_due"
    clocks = {(each.source, each.action): each for each in house.desk.cases.casework.history(case).deadlines}
    assert clocks["dispute", "give_evidence"].due == one.due
    picked(house, one.number, case)
    given = list(house.only().exhibits)
    answer.submit(house.desk, one.number, AGENT, look(house.desk, one.number, AGENT).digest)
    assert house.only().stage == "answered"
    rule.rule(house.desk, one.number, AGENT, "lost", "merchant", "", "平台支持买家")
    lost = house.only()
    assert (lost.stage, lost.result) == ("lost", -lost.amount)
    until = look(house.desk, one.number, AGENT).appeal_until
    assert until == house.clock.at + timedelta(days=7)
    answer.choose(house.desk, one.number, AGENT, [*given, house.shelve(case, 44)], {}, compelling=False)
    with pytest.raises(UnableToWork, match="nothing new"):
        answer.appeal(house.desk, one.number, AGENT, "裁决忽略了签收凭证")
    answer.choose(house.desk, one.number, AGENT, given, {}, compelling=False)
    answer.appeal(house.desk, one.number, AGENT, "裁决忽略了签收凭证")
    assert house.only().stage == "appealed"
    rule.rule(house.desk, one.number, AGENT, "won", "buyer", "", "复核成立")
    assert house.only().stage == "appeal_won"
    state = house.desk.cases.casework.look(case)
    assert state is not None
    assert state.tracks.platform == "ruled_for_us"
    house.run()
    assert house.only().stage == "appeal_won"


def test_an_appeal_too_late_is_refused(house: DisputeHouse) -> None:
    case = a_case()
    new = rule.NewDispute("platform", "douyin", "arbitration", "ARB-1", "90", "", house.clock.at, None)
    number = rule.open_by_hand(house.desk, case, AGENT, new)
    rule.rule(house.desk, number, AGENT, "partly", "merchant", "30", "")
    assert house.only().result == -6_000
    house.forward(days=7, minutes=1)
    with pytest.raises(UnableToWork, match="time to appeal"):
        answer.appeal(house.desk, number, AGENT, "why")


def test_a_13_1_is_won_and_the_refund_was_blocked_meanwhile(house: DisputeHouse) -> None:
    from amends.store.models import BookEntryRow, OrderPayment

    case = a_case()
    house.told("stripe", "pi_O1", reason="13.1")
    house.rounds.look()
    one = house.only()
    assert OrderPayment.objects.get(reference="pi_O1").disputed
    money = house.desk.cases.money.look(case, MANAGER)
    assert money.plan is None
    assert money.hindrance is not None
    assert "dispute" in money.hindrance.en
    with pytest.raises(UnableToPromise, match="dispute"):
        _refund(house, case)
    view = look(house.desk, one.number, AGENT)
    assert view.code is not None
    assert view.code.family == "not_received"
    assert view.worth.percent == 25
    picked(house, one.number, case)
    sent(house, one.number)
    house.told("stripe", "pi_O1", "won")
    house.run()
    assert house.only().stage == "won"
    assert not OrderPayment.objects.get(reference="pi_O1").disputed
    state = house.desk.cases.casework.look(case)
    assert state is not None
    assert state.tracks.card == "won"
    kinds = list(BookEntryRow.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds.count("chargeback") == kinds.count("chargeback_reversed") == 1


def _refund(house: DisputeHouse, case: int) -> None:
    """What a refund of the disputed payment would meet at the till, whoever wanted it."""
    from amends.facts.read_case import read_case

    state = house.desk.cases.casework.look(case)
    assert state is not None
    till = house.desk.cases.money.till
    plan = alerts.alert_plan(house.only(), state, read_case(state.case), till.box(case), {"card": "bank"})
    till.promise(case, 0, plan, MANAGER, "", house.clock.at, "extra")


def signs(house: DisputeHouse, order: str, days: int, **more: str) -> None:
    told = Signs(f"pi_{order}", order, house.clock.at - timedelta(days=days), "card-1", more, goods="Lamp")
    house.desk.signs.put("acme", told, 9_000, "EUR", "4242")


def test_a_10_4_is_won_by_compelling_evidence(house: DisputeHouse) -> None:
    case = a_case()
    signs(house, "O1", 10, ip="192.0.2.7", account="anna", device="d-1")
    signs(house, "OLD1", 150, ip="192.0.2.7", account="anna")
    signs(house, "OLD2", 200, ip="192.0.2.7", account="ANNA ")
    signs(house, "NEW", 20, ip="192.0.2.7", account="anna")
    house.told("stripe", "pi_O1", reason="10.4")
    house.rounds.look()
    one = house.only()
    finding = look(house.desk, one.number, AGENT).finding
    assert finding is not None
    assert finding.qualifies
    assert [each.payment.payment for each in finding.pair] == ["pi_OLD1", "pi_OLD2"]
    assert finding.shared == ("ip", "account")
    assert {each.payment.payment: each.against for each in finding.candidates}["pi_NEW"] == ("too_new",)
    picked(house, one.number, case, compelling=True)
    kept = [piece for piece in house.desk.evidence.shelf.of_case(case) if piece.name.startswith("ce3-")]
    assert [piece.sha256 in house.only().exhibits for piece in kept] == [True]
    sent(house, one.number)
    [filed] = list(house.fakes["stripe"]._disputes.all())  # type: ignore[attr-defined]
    assert filed["submissions"] == 1
    root = "enhanced_evidence][visa_compelling_evidence_3][prior_undisputed_transactions][{}][charge"
    assert [filed["evidence"][root.format(number)] for number in (0, 1)] == ["pi_OLD1", "pi_OLD2"]
    house.told("stripe", "pi_O1", "won")
    house.run()
    assert house.only().stage == "won"
    assert look(house.desk, one.number, AGENT).worth.record.cases == 1


def test_a_13_6_is_accepted_because_the_refund_was_due(house: DisputeHouse) -> None:
    from amends.desk.cases.approve import approve

    case = a_case()
    approve(house.desk.cases, case, MANAGER)
    house.desk.cases.money.till.call_off(case, MANAGER, house.clock.at)  # agreed to, and never paid
    house.told("stripe", "pi_O1", reason="13.6")
    house.rounds.look()
    one = house.only()
    view = look(house.desk, one.number, AGENT)
    assert (view.worth.advice, view.worth.why, view.worth.stakes.owed) == ("accept", "owed", "agreed")
    answer.accept(house.desk, one.number, AGENT, "the refund was due and had not been paid")
    house.forward(seconds=11)
    house.run(2)
    assert house.only().stage == "accepted"
    assert house.only().result == -9_000
    assert house.submitted() == 0


def alert(house: DisputeHouse, number: str = "A-1", name: str = "ethoca-main", **more: Any) -> int:
    body = {"alert_id": number, "amount": "90.00", "currency": "EUR", "payment_reference": "pi_O1", **more}
    found = alert_desk(house.desk).take(name, TOKEN, {}, json.dumps(body).encode())
    assert found is not None
    return found.status


def test_an_alert_is_refunded_once_and_told_back(house: DisputeHouse) -> None:
    case = a_case()
    assert [alert(house) for _ in range(3)] == [200, 200, 200]
    house.run()
    one = house.only()
    assert (one.sort, one.stage, one.case) == ("alert", "alert", case)
    for _ in range(3):
        alerts.refund_now(house.desk, one.number, MANAGER)
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    house.run(2)
    assert bank.paid == [9_000]
    assert house.only().stage == "averted"
    assert [(fight.kind, fight.state) for fight in house.desk.book.fights(one.number)] == [("tell", "done")]
    assert house.entries(case).count("dispute_tell_done") == 1
    with pytest.raises(UnableToWork):
        alerts.refund_now(house.desk, one.number, MANAGER)


def test_an_alert_that_is_let_be_is_told_so_and_a_charge_back_ends_it(house: DisputeHouse) -> None:
    a_case()
    alert(house)
    house.run()
    number = house.only().number
    alerts.let_be(house.desk, number, AGENT, "it was delivered")
    house.run()
    house.told("stripe", "pi_O1")
    house.run(2)
    found = house.desk.book.get(number, None)
    assert found is not None
    assert found.stage == "charged_back"
    assert [fight.content["outcome"] for fight in house.desk.book.fights(number)] == ["not_refunded"]


def test_an_alert_about_a_disputed_payment_pays_nothing(house: DisputeHouse) -> None:
    a_case()
    alert(house)
    house.run()
    number = house.only().number
    house.told("stripe", "pi_O1")
    with pytest.raises(UnableToWork, match="moves the same money"):
        alerts.refund_now(house.desk, number, MANAGER)


def test_alerts_prove_where_they_come_from(house: DisputeHouse) -> None:
    from amends.gateways.alerts import sign_alert

    desk = alert_desk(house.desk)
    body = json.dumps({"case_id": "R-1", "amount": "90.00", "currency": "EUR", "rdr_outcome": "ACCEPTED"}).encode()
    assert desk.take("ethoca-main", "guess", {}, body) is None
    assert desk.take("nobody", TOKEN, {}, body) is None
    refused = desk.take("rdr-main", TOKEN, {}, body)
    assert refused is not None
    assert refused.status == 401
    head = {"x-alert-signature": sign_alert("signing-secret", body, int(house.clock.at.timestamp()))}
    taken = desk.take("rdr-main", TOKEN, head, body)
    assert taken is not None
    assert taken.status == 200
    assert house.only().stage == "averted"
    assert alert(house, "A-2", amount="a lot") == 422


def test_a_dispute_without_a_case_waits_until_it_is_matched(house: DisputeHouse) -> None:
    fake = house.fakes["stripe"]
    paid = fake.pay(9_000, "EUR", "pi_LATER")
    fake.dispute(paid.id, reason="13.3")
    house.run()
    assert house.only().case is None
    case = a_case("LATER")
    house.forward(hours=2)
    house.run()
    one = house.only()
    assert (one.case, one.stage, one.reason) == (case, "to_answer", "13.3")
    assert "dispute_matched" in house.entries(case)


def test_a_dispute_on_a_closed_case_opens_it_again(house: DisputeHouse) -> None:
    from amends.desk.cases.close import close

    case = a_case()
    close(house.desk.cases, case, AGENT, "settled")
    house.told("stripe", "pi_O1")
    house.run()
    state = house.desk.cases.casework.look(case)
    assert state is not None
    assert (state.tracks.desk, state.status) == ("open", "evidence_due")


def test_an_alert_that_fits_nothing_is_its_merchants_and_told_so(house: DisputeHouse) -> None:
    from dataclasses import replace

    a_case()
    alert(house, payment_reference="pi_nowhere")
    house.run()
    number = house.only().number
    with pytest.raises(UnableToWork, match="there is no dispute"):
        alerts.let_be(house.desk, number, replace(AGENT, merchants=frozenset({"south"})), "not ours")
    alerts.let_be(house.desk, number, replace(AGENT, merchants=frozenset({"main"})), "no such payment")
    assert [fight.content["outcome"] for fight in house.desk.book.fights(number)] == ["not_found"]


def test_whoever_sees_every_shop_sees_disputes_with_and_without_one(house: DisputeHouse) -> None:
    from dataclasses import replace

    from amends.desk.disputes.look import page
    from amends.facts.dispute_list import DisputeQuery

    a_case()
    house.told("stripe", "pi_O1")
    house.run()
    for merchants, count in ((None, 1), (frozenset({"main"}), 1), (frozenset({"south"}), 0)):
        found = page(house.desk, DisputeQuery(view="all"), replace(AGENT, merchants=merchants))
        assert (found.total, len(found.lines), house.desk.book.waiting(merchants)) == (count, count, count)
