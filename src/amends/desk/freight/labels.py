"""Labels for the way back: what they would cost, bought once, given back unused, and a person's word where nobody else can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.freight.booking_desk import BookingDesk, nobody_sells
from amends.desk.freight.pickup_window import window_for
from amends.desk.freight.quoting import ask_network, check_may_book, keep_quote, priced
from amends.facts.bookings import SAYS, Booking, wanted_json
from amends.facts.labels import LabelWanted, Place
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.work import CaseState

QUOTE_HOLDS: Final = timedelta(hours=24)
"""How long offers may be chosen from; afterwards they and the address in them are forgotten."""
_HEAVIEST: Final = 100_000
_LONGEST: Final = 5_000
_MOVED: Final = frozenset({"picked_up", "in_transit", "out_for_delivery", "at_station", "delivered"})


def ask_rates(desk: BookingDesk, number: int, person: Person, given: Mapping[str, str]) -> Booking:
    """Ask the seller what a label would cost, from the buyer's address to the warehouse; nothing is bought. Raises `UnableToWork`.

    `given`: name, street, street2, city, state, zip, country, phone; grams, length, width, height (millimetres).
    """
    with desk.freight.cases.hold(number, person, "work") as held:
        payer, state = check_may_book(desk, held.state), held.state
    network = desk.label_network(state.shop)
    joined = desk.joined(network)
    if joined is None:
        raise nobody_sells()
    key = key_of(state, "label", desk.book.count(number))
    wanted = _wanted(desk, state, key, given)
    offers = ask_network(desk, joined, state, joined.network.rates(joined.access, wanted, desk.freight.tracking.seal()))
    quote = Booking(
        0, number, "label", network, key, "quoted", payer, person.name, person.role, desk.now(),
        wanted=wanted_json(wanted), offers=offers,
    )  # fmt: skip
    return keep_quote(desk, person, quote, "label_rates")


def buy_label(desk: BookingDesk, number: int, person: Person, which: int, offer: str, window: str = "") -> Booking:
    """Write down that one of the offers is to be bought, or booked for a `window`; the runner does it, once. Raises `UnableToWork`."""
    with desk.freight.cases.hold(number, person, "work") as held:
        payer, now = check_may_book(desk, held.state), desk.now()
        quote = _of_case(desk, number, which)
        chosen = next((one for one in quote.offers if one.id == offer), None)
        if quote.state != "quoted" or now - quote.at > QUOTE_HOLDS:
            raise UnableToWork("stale", "these offers are over; ask for rates again", "报价已失效，请重新查询")
        if chosen is None:
            raise bad_value("offer", "one of the offers", "请选择一个报价")
        if not desk.terms(held.state.shop).allows(chosen):
            raise bad_value("offer", "this service or price is not allowed any more", "该服务或价格已不在允许范围")
        wish = replace(
            quote,
            key=key_of(held.state, quote.kind, desk.book.count(number)),
            payer=payer,
            by=person.name,
            by_role=person.role,
            currency=chosen.currency,
            offer=chosen,
            more=window_for(desk, quote, chosen, window),
        )
        if not desk.book.choose(wish, now):
            raise UnableToWork("stale", "a label is being bought already", "已有面单正在购买")
        data = {"network": quote.network, "payer": payer, **priced(chosen), **wish.more}
        held.write(Entry(f"{quote.kind}_wanted", actor(person), now, data=data))
        return desk.book.get(which) or wish


def drop_label(desk: BookingDesk, number: int, person: Person, which: int) -> Booking:
    """Let offers, or a wish that has not left the house, be. Raises `UnableToWork`."""
    with desk.freight.cases.hold(number, person, "work") as held:
        one, now = _of_case(desk, number, which), desk.now()
        left = one.state not in ("quoted", "wanted") or one.sends > 0
        if left or not desk.book.move(which, one.state, "dropped", now, told="dropped"):
            raise UnableToWork("stale", "it is being bought already; give it back then", "已在购买中；请在成功后取消")
        held.write(Entry(f"{one.kind}_dropped", actor(person), now, data={"network": one.network}))
        return desk.book.get(which) or one


def void_label(desk: BookingDesk, number: int, person: Person, which: int) -> Booking:
    """Have an unused label given back, or a collection called off; the runner does it. Raises `UnableToWork`."""
    with desk.freight.cases.hold(number, person, "work") as held:
        one, now = _of_case(desk, number, which), desk.now()
        if one.state != "booked":
            raise UnableToWork("stale", "it is not there to be given back", "当前没有可取消的面单或取件")
        if is_used(desk, one):
            raise UnableToWork("not_possible", "the carrier has the parcel already", "快递已揽收，无法取消")
        if not desk.book.move(which, "booked", "void_wanted", now, told="void_wanted", asks=0, code="", message=""):
            raise UnableToWork("stale", "somebody else was faster", "已被他人处理")
        data = {"network": one.network, "waybill": one.waybill}
        held.write(Entry(f"{one.kind}_void_asked", actor(person), now, data=data))
        return desk.book.get(which) or one


def say_label(
    desk: BookingDesk, number: int, person: Person, which: int, said: str, waybill: str = "", note: str = ""
) -> Booking:
    """What a person found on the seller's own console, where nobody else could tell. Raises `UnableToWork`."""
    if said not in SAYS:
        raise bad_value("said", f"one of {', '.join(SAYS)}", "请选择核实结果")
    with desk.freight.cases.hold(number, person, "work") as held:
        one, now = _of_case(desk, number, which), desk.now()
        plain = "".join(waybill.split()).upper()[:60]
        if said == "bought" and not 6 <= len(plain) <= 40:
            raise bad_value("waybill", "the label's tracking number, 6 to 40 characters", "请填写面单号（6–40 位）")
        values: dict[str, Any] = {"alarm": ""}
        if said == "bought":
            offer = one.offer
            values |= {
                "waybill": plain,
                "carrier": offer.carrier if offer else "",
                "cost": offer.amount if offer else None,
            }
        state = "booked" if said == "bought" else "failed"
        if one.state != "person" or not desk.book.move(which, "person", state, now, **values):
            raise UnableToWork("stale", "nothing is to be said of it now", "该面单当前无需核实")
        data = {"network": one.network, "said": said, "waybill": plain}
        held.write(Entry(f"{one.kind}_said", actor(person), now, note.strip()[:200], data=data))
        return desk.book.get(which) or one


def is_used(desk: BookingDesk, one: Booking) -> bool:
    """Whether the carrier has the parcel of a label or a collection."""
    if one.more.get("stage") == "picked_up":
        return True
    links = desk.freight.tracking.book.of_case(one.case) if one.waybill else ()
    found = [link for link in links if link.parcel.waybill.number == one.waybill]
    scans = [scan for link in found for scan in desk.freight.tracking.book.scans(link.parcel.number)]
    return any(scan.kind in _MOVED for scan in scans)


def key_of(state: CaseState, kind: str, before: int) -> str:
    """The key of a purchase, made of facts: the shop, the case, what it is, and how many came to nothing before it."""
    told = "\n".join([state.shop, state.key, kind, str(before)])
    return f"am-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _of_case(desk: BookingDesk, number: int, which: int) -> Booking:
    found = desk.book.get(which)
    if found is None or found.case != number:
        raise UnableToWork("not_possible", "this case has no such label", "该售后单没有此面单或取件")
    return found


def _wanted(desk: BookingDesk, state: CaseState, key: str, given: Mapping[str, str]) -> LabelWanted:
    terms = desk.terms(state.shop)
    if terms.warehouse is None:
        raise UnableToWork(
            "not_possible",
            "where returns go is not written down: returns.warehouse in freight.yaml",
            "尚未配置退货仓地址：freight.yaml 的 returns.warehouse",
        )
    grams, *sides = terms.parcel
    length, width, height = [
        whole(given, name, most, _LONGEST) for name, most in zip(("length", "width", "height"), sides, strict=True)
    ]
    weight = whole(given, "grams", grams, _HEAVIEST)
    buyer = read_place(given)
    return LabelWanted(key, terms.warehouse, buyer, weight, (length, width, height), currency=state.currency)


def read_place(given: Mapping[str, str]) -> Place:
    """The buyer's address as it was typed. Raises `UnableToWork`, naming the field."""
    told = {name: " ".join(given.get(name, "").split())[:120] for name in Place.__slots__}
    for name, en, zh in (
        ("name", "the buyer's name", "请填写寄件人姓名"),
        ("street", "street and house number", "请填写街道与门牌号"),
        ("city", "the city", "请填写城市"),
        ("zip", "the postal code", "请填写邮编"),
    ):
        if not told[name]:
            raise bad_value(name, en, zh)
    told["country"] = told["country"].upper()
    if not (len(told["country"]) == 2 and told["country"].isascii() and told["country"].isalpha()):
        raise bad_value("country", "the country's two letters, such as US", "请填写两位国家代码，例如 US")
    return Place(**told)


def whole(given: Mapping[str, str], name: str, otherwise: int, most: int) -> int:
    """A whole number as it was typed, `otherwise` where nothing was. Raises `UnableToWork`, naming the field."""
    text = given.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 0 < int(text) <= most):
        raise bad_value(name, f"a whole number from 1 to {most}", f"请填写 1 到 {most} 的整数")
    return int(text)
