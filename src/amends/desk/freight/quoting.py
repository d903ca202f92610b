"""Prices of labels and couriers: who may ask, the network asked, and the offers kept for a while."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.desk.cases.desk import actor, decided
from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.way_back import payer_of
from amends.desk.tracking.ports import JoinedNetwork, NoAnswer
from amends.facts.bookings import LIVE_BOOKINGS, Booking
from amends.facts.channels import UnableToTalk
from amends.facts.labels import Rate
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.wire import WireAnswer, WireRequest
from amends.facts.work import CaseState

_HERE: Final = ("none", "awaited")


def check_may_book(desk: BookingDesk, state: CaseState) -> str:
    """Who pays the way back of a case for which something may be bought now. Raises `UnableToWork` where nothing may."""
    if state.tracks.desk == "closed" or state.tracks.decision != "approved":
        raise UnableToWork("not_possible", "agree to the return first", "请先同意退货，再购买面单或预约取件")
    if state.tracks.goods not in _HERE:
        raise UnableToWork("not_possible", "the goods are on their way or here already", "商品已寄出或已到仓")
    if any(one.state in LIVE_BOOKINGS for one in desk.book.of_case(state.number)):
        raise UnableToWork(
            "not_possible",
            "there is a label or a collection for this return already; give it back first",
            "该退货已有面单或取件；请先取消",
        )
    _, decision = decided(desk.freight.cases, state)
    payer = payer_of(decision)
    if not payer:
        raise UnableToWork("not_possible", "nothing comes back by this decision", "当前处理方案无需退货")
    return payer


def ask_network(
    desk: BookingDesk,
    joined: JoinedNetwork,
    state: CaseState,
    asking: Generator[WireRequest, WireAnswer, tuple[Rate, ...]],
) -> tuple[Rate, ...]:
    """The offers of a network that the shop's terms allow. Raises `UnableToWork` where it does not answer, refuses, or none is allowed."""
    try:
        offered = desk.freight.tracking.talk(asking)
    except (NoAnswer, UnableToTalk) as fault:
        raise UnableToWork(
            "not_possible", f"{joined.network.title.en}: {fault}", f"{joined.network.title.zh} 返回：{fault}"
        ) from fault
    offers = desk.terms(state.shop).allowed(offered)
    if not offers:
        raise UnableToWork(
            "not_possible",
            f"none of {len(offered)} offers is of an allowed service and cheap enough (freight.yaml, returns)",
            f"共 {len(offered)} 个报价，均不在允许的服务或价格范围内（freight.yaml 的 returns）",
        )
    return offers


def keep_quote(desk: BookingDesk, person: Person, quote: Booking, what: str) -> Booking:
    """Keep the offers and log that they were asked for (`what`), if something may still be booked. Raises `UnableToWork`."""
    with desk.freight.cases.hold(quote.case, person, "work") as held:
        check_may_book(desk, held.state)
        made = desk.book.put_quote(quote)
        data = {"network": quote.network, "offers": len(quote.offers), **priced(quote.offers[0])}
        held.write(Entry(what, actor(person), desk.now(), data=data))
        return made


def priced(rate: Rate) -> dict[str, Any]:
    """An offer as the log tells it."""
    amount = write_minor(rate.amount, EXPONENTS[rate.currency])
    return {
        "service": f"{rate.named or rate.carrier} {rate.service}".strip(),
        "amount": amount,
        "currency": rate.currency,
    }
