"""Money by every platform that pays, against its fake over real HTTP: a refund without an answer is asked about, and never paid twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from amends.carry_out.platform_pay import PlatformPay
from amends.carry_out.talk import talk
from amends.carry_out.talking import said
from amends.facts.connections import Connection, Reached
from amends.facts.deeds import Deed
from amends.facts.wire import Receipt, RefundOrder, RefundPart
from amends.fakes.market import Asked
from amends.wiring.channels import BY_NAME
from tests.contracts.channel_world import NAMES, ChannelWorld, channel_world, now, seal

PAYS = [name for name in NAMES if BY_NAME[name].can.pays and "agree_refund" in BY_NAME[name].can.actions]


@pytest.fixture
def there(request: pytest.FixtureRequest) -> Iterator[ChannelWorld]:
    with channel_world(request.param) as found:
        yield found


def of(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("there", names, indirect=True)


def way(there: ChannelWorld) -> PlatformPay:
    """The way of money by this platform, its connection on and allowed to pay."""
    shop = there.access.shop.name
    values: dict[str, Any] = {"plain": {}, "secrets": frozenset(), "push_name": "p", "account": "", "made_by": "boss"}
    connection = Connection(
        1, shop, "main", there.name, there.access.url, "on", may_act=True, may_pay=True, made_at=now(), **values
    )
    return PlatformPay(
        lambda name: Reached(connection, there.access) if name == shop else None,
        {there.name: there.channel},
        lambda reached, told: there.say(told),
    )


def order_of(there: ChannelWorld, deed: Deed) -> RefundOrder:
    """The order for a step that pays what a deed would."""
    return RefundOrder(
        key=deed.key,
        amount=deed.amount or 0,
        currency=deed.currency,
        digits=deed.digits,
        payment_reference=deed.payment,
        payment_total=deed.amount or 0,
        reason=deed.case,
        attempt=1,
        shop=there.access.shop.name,
        case=deed.case,
        order_number=deed.order,
        kind=deed.kind,
        version=deed.version,
        parts=tuple([RefundPart(one.line, one.amount, one.quantity) for one in deed.lines]),
    )


def ready(there: ChannelWorld) -> tuple[Asked, RefundOrder]:
    case = there.ready("agree_refund") if there.channel.can.cases else there.asked()
    return case, order_of(there, there.deed("agree_refund", case))


def pay(there: ChannelWorld, order: RefundOrder) -> Receipt:
    return said(way(there), order, seal(), pays=True)


def ask(there: ChannelWorld, order: RefundOrder) -> Receipt:
    return said(way(there), order, seal(), pays=False)


@of(PAYS)
def test_it_pays_once_however_often_it_is_sent_and_can_be_asked(there: ChannelWorld) -> None:
    case, order = ready(there)
    assert way(there).against(order) is None
    assert ask(there, order).outcome == "absent"
    paid = pay(there, order)
    assert paid.outcome in ("succeeded", "pending"), paid
    assert paid.reference
    assert paid.amount in (None, order.amount)
    assert ask(there, order).outcome in ("succeeded", "pending")
    again = pay(there, order)
    assert again.outcome in ("succeeded", "pending", "failed")
    assert there.refunded(case) == order.amount


@of(PAYS)
@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "error_after", "error_before", "malformed", "throttle"])
@pytest.mark.parametrize("skip", [0, 1])
def test_without_an_answer_it_is_asked_and_never_paid_twice(there: ChannelWorld, fault: str, skip: int) -> None:
    case, order = ready(there)
    there.fake.faults.set(fault, times=1, skip=skip)
    first = pay(there, order)
    there.fake.faults.clear()
    if first.outcome == "failed":
        assert there.refunded(case) == 0
        return
    told = ask(there, order).outcome
    assert told in ("succeeded", "pending", "absent")
    assert (told == "absent") == (there.refunded(case) == 0)
    if told == "absent":
        assert pay(there, order).outcome in ("succeeded", "pending")
    assert there.refunded(case) == order.amount


@of(PAYS)
def test_a_platform_that_is_not_there_was_surely_not_told(there: ChannelWorld) -> None:
    case, order = ready(there)
    nowhere = replace(way(there), speaks=lambda reached, told: talk(there.wire.toward(()), told))
    assert said(nowhere, order, seal(), pays=True).outcome == "absent"
    assert said(nowhere, order, seal(), pays=False).outcome == "unknown"
    assert there.refunded(case) == 0


@of(PAYS)
def test_another_shops_money_never_goes_by_it(there: ChannelWorld) -> None:
    _, order = ready(there)
    stranger = replace(order, shop="another")
    assert way(there).against(stranger) is not None
    assert pay(there, stranger).outcome in ("failed", "unknown")
