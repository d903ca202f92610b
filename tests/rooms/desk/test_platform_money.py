"""Money that goes by the shop's own platform: once, under the same caps, and only where it is allowed to. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.desk.cases.approve import approve, effect
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.look import look
from amends.desk.money_desk import PayoutView
from amends.desk.pay_out import UnableToPayOut, preview
from amends.facts.payout import StepView
from amends.facts.platforms import ToldRefund
from tests.case_house import MANAGER
from tests.databases import Database, database
from tests.platform_house import CAN, House, connected, house

__all__ = ["database"]


def approved(there: House, **how: bool) -> int:
    number = there.case()
    connected(number, **how)
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    return number


def money(there: House, number: int) -> PayoutView:
    return there.desk().money.look(number, MANAGER)


def step(there: House, number: int) -> StepView:
    box = money(there, number).box
    assert box is not None
    return box.plans[-1].steps[0]


def gone_back(there: House, number: int) -> int:
    box = money(there, number).box
    assert box is not None
    return sum([one.given_back for one in box.payments])


def test_an_approval_pays_by_the_platform_once(database: Database) -> None:
    from amends.store.models import HintRow

    there = house()
    number = approved(there)
    assert there.payer().run_due() == 1
    assert there.payer().run_due() == 0
    assert there.mall.paid(there.key(number)) == [9_000]
    paid = step(there, number)
    assert (paid.state, paid.reference, paid.step.gateway) == ("succeeded", "m1", "shop")
    assert gone_back(there, number) == 9_000
    given = there.mall.cases[there.key(number)]["deeds"][0]["given"]
    assert given["version"] == "1"
    assert given["payment"] == "pi_O-1"
    assert given["lines"] == [["l1", 1, 7_000], ["l2", 1, 2_000]]
    assert HintRow.objects.filter(number=there.key(number)).count() == 1, "it is read back"


def test_a_shop_that_may_not_pay_there_pays_by_hand(database: Database) -> None:
    there = house()
    number = approved(there, may_pay=False)
    assert step(there, number).step.gateway == "manual"
    there.payer().run_due()
    assert there.mall.looks == 0


def test_its_own_routes_come_before_the_platforms(database: Database) -> None:
    from amends.wiring.platform_ways import routes_of
    from amends.wiring.ways import UnableToReadWays, read_ways

    there = house()
    connected(there.case())
    channels = {"mall": there.channel}
    assert routes_of(read_ways(""), channels)("acme")["platform"] == "shop"
    assert routes_of(read_ways(""), channels)("acme")["bank"] == "manual"
    assert routes_of(read_ways(""), channels)("other")["platform"] == "manual"
    own = "routes: {shops: {acme: {platform: manual}, other: {platform: shop}}}"
    assert routes_of(read_ways(own), channels)("acme")["platform"] == "manual"
    assert routes_of(read_ways(own), channels)("other")["platform"] == "shop"
    with pytest.raises(UnableToReadWays, match="shop"):
        read_ways("gateways: {shop: {kind: stripe}}")


def test_whatever_way_was_paid_the_platform_gives_it_back(database: Database) -> None:
    from amends.store.models import ConnectionRow
    from amends.wiring.platform_ways import routes_of
    from amends.wiring.ways import read_ways

    there = house()
    connected(there.case())
    ConnectionRow.objects.update(channel="shopify")
    own = routes_of(read_ways(""), {"shopify": replace(there.channel, name="shopify")})("acme")
    assert {name for name, way in own.items() if way == "shop"} >= {"card", "paypal", "platform"}
    assert (own["bank"], own["balance"]) == ("manual", "store_credit")
    ConnectionRow.objects.update(channel="mall")
    market = routes_of(read_ways(""), {"mall": there.channel})("acme")
    assert {name for name, way in market.items() if way == "shop"} >= {"alipay", "wechat_pay", "balance", "platform"}
    assert market["bank"] == "manual"


@pytest.mark.parametrize("fault", ["before", "after", "broken"])
def test_a_refund_without_an_answer_is_asked_about_and_never_paid_twice(database: Database, fault: str) -> None:
    there = house()
    number = approved(there)
    there.mall.faults = [fault]
    for _ in range(6):
        there.payer().run_due()
        there.later(minutes=10)
    assert there.mall.paid(there.key(number)) == [9_000]
    assert step(there, number).state == "succeeded"
    assert gone_back(there, number) == 9_000


def test_a_platform_that_asks_to_wait_is_waited_for(database: Database) -> None:
    there = house()
    number = approved(there)
    there.mall.faults = ["throttled"]
    there.payer().run_due()
    due = step(there, number).due_at
    assert due is not None
    assert abs((due - there.at).total_seconds() - 30) < 2
    there.later(minutes=1)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == [9_000]


@pytest.mark.parametrize("fault", ["stale", "person", "refused"])
def test_what_the_platform_will_not_pay_frees_the_promise_and_says_where_a_person_goes_on(
    database: Database, fault: str
) -> None:
    there = house()
    number = approved(there)
    there.mall.faults = [fault]
    there.payer().run_due()
    failed = step(there, number)
    assert failed.state == "failed"
    assert gone_back(there, number) == 0
    if fault == "person":
        assert f"https://mall.example/cases/{there.key(number)}" in failed.alarm
    if fault == "stale":
        assert "changed" in failed.alarm
        there.read(number)
    there.later(minutes=1)
    plan = money(there, number).plan
    assert plan is not None, "it can be paid once more, on purpose"
    there.desk().money.pay_out(number, plan.digest, MANAGER)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == [9_000]


def test_a_version_that_was_read_later_goes_with_the_call(database: Database) -> None:
    there = house()
    number = approved(there)
    there.mall.cases[there.key(number)]["version"] = 4
    there.read(number)
    there.payer().run_due()
    assert there.mall.cases[there.key(number)]["deeds"][0]["given"]["version"] == "4"


def test_switched_off_after_the_yes_nothing_is_sent_and_someone_is_told(database: Database) -> None:
    from amends.store.models import ConnectionRow

    there = house()
    number = approved(there)
    ConnectionRow.objects.update(may_pay=False)
    there.payer().run_due()
    held = step(there, number)
    assert (held.state, there.mall.looks) == ("requested", 0)
    assert "not switched on for paying" in held.alarm
    ConnectionRow.objects.update(may_pay=True)
    there.later(minutes=2)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == [9_000]


def test_a_resting_connection_is_not_called(database: Database) -> None:
    from amends.store.models import ConnectionRow

    there = house()
    number = approved(there)
    ConnectionRow.objects.update(again_at=there.at + timedelta(minutes=5))
    assert there.payer().run_due() == 0
    there.later(minutes=6)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == [9_000]


def test_an_amount_that_disagrees_is_not_taken_as_paid(database: Database) -> None:
    there = house()
    number = approved(there)
    key = there.key(number)
    wrong = replace(there.channel)
    object.__setattr__(wrong, "act", _other_amount)
    there.channel = wrong
    there.payer().run_due()
    doubtful = step(there, number)
    assert doubtful.state == "unknown"
    assert "asked for were 9000" in doubtful.alarm
    assert there.mall.paid(key) == []


def _other_amount(access, deed, seal):  # type: ignore[no-untyped-def]
    from amends.facts.deeds import DeedReceipt

    yield from ()
    return DeedReceipt("done", "m9", 1, "EUR")


def tells(there: House, number: int, reference: str) -> None:
    """The reading of the platform finds a refund of the whole amount."""
    from amends.store.database import writing
    from amends.store.models import ConnectionRow
    from amends.store.told_refunds import tell

    state = there.desk().casework.look(number)
    assert state is not None
    refunds = [ToldRefund(reference, 9_000, "EUR", there.at)]
    with writing():
        tell(ConnectionRow.objects.get(), state.case["order"]["id"], there.key(number), refunds, state.case, there.at)


def test_what_the_platform_paid_by_itself_is_not_paid_again(database: Database) -> None:
    there = house()
    number = there.case()
    connected(number)
    tells(there, number, "fast-1")
    with pytest.raises(UnableToWork) as fault:
        approve(there.desk(), number, MANAGER)
    assert fault.value.code == "money"
    there.later(minutes=5)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == []
    assert gone_back(there, number) == 9_000


@pytest.mark.parametrize("reference", ["m1", "quite another"])
def test_our_own_refund_that_the_platform_tells_of_counts_once(database: Database, reference: str) -> None:
    there = house()
    number = approved(there)
    there.payer().run_due()
    tells(there, number, reference)
    tells(there, number, reference)
    assert gone_back(there, number) == 9_000


def fixed(asked: str) -> tuple[House, int]:
    there = house(replace(CAN, amount_fixed=True))
    number = there.case(request={"amount": asked})
    connected(number)
    return there, number


def test_a_platform_that_pays_what_was_asked_takes_no_other_amount(database: Database) -> None:
    there, number = fixed("120.00")
    for press in (approve, effect):
        with pytest.raises(UnableToWork) as fault:
            press(there.desk(), number, MANAGER)
        assert fault.value.code == "money"
        assert "120.00 EUR" in fault.value.says.en
        assert "90.00 EUR" in fault.value.says.zh
    seen = look(there.desk(), number, MANAGER)
    assert seen.approve is None
    assert seen.hindered is not None
    assert seen.hindered.code == "money"
    hindrance = money(there, number).hindrance
    assert hindrance is not None
    desk = there.desk().money
    wanted = preview(desk.house, desk.till, desk.routes("acme"), number, there.at)
    with pytest.raises(UnableToPayOut, match="pays the amount asked"):
        desk.pay_out(number, wanted.digest, MANAGER)
    there.later(minutes=5)
    there.payer().run_due()
    assert there.mall.looks == 0


def test_and_pays_the_amount_that_was_asked(database: Database) -> None:
    there, number = fixed("90.00")
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == [9_000]


def test_a_promise_by_the_platform_can_be_cancelled_before_it_is_sent_and_not_after(database: Database) -> None:
    from amends.desk.cases.undo import undo

    there = house()
    number = there.case()
    connected(number)
    approve(there.desk(), number, MANAGER)
    undo(there.desk(), number, MANAGER)
    there.later(minutes=5)
    there.payer().run_due()
    assert there.mall.paid(there.key(number)) == []
