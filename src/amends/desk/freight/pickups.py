"""Collections at the buyer's door: what a courier would cost. Chosen, called off and told of they are as labels are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.labels import key_of, whole
from amends.desk.freight.quoting import ask_network, check_may_book, keep_quote
from amends.desk.tracking.ports import JoinedNetwork
from amends.facts.bookings import Booking, pickup_json
from amends.facts.label_terms import LabelTerms
from amends.facts.labels import Place
from amends.facts.people import Person
from amends.facts.pickups import PickupWanted
from amends.facts.work import CaseState

HEAVIEST: Final = 60_000
CARGO: Final = "退货商品"
"""What the courier is told is in the parcel, where the shop's terms do not say."""
_LONGEST_PUSH: Final = 200
_PHONE: Final = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")


def ask_pickups(desk: BookingDesk, number: int, person: Person, given: Mapping[str, str]) -> Booking:
    """Ask what a courier to the buyer's door would cost, by carrier; nothing is booked. Raises `UnableToWork`.

    `given`: name, phone, state (province), city, street; grams.
    """
    with desk.freight.cases.hold(number, person, "work") as held:
        payer, state = check_may_book(desk, held.state), held.state
    network = desk.pickup_network(state.shop)
    joined = desk.joined(network)
    if joined is None or joined.network.collector is None:
        raise nobody_comes()
    check_reachable(joined)
    wanted = _wanted(desk, joined, state, given)
    seal = desk.freight.tracking.seal()
    offers = ask_network(desk, joined, state, joined.network.collector.offers(joined.access, wanted, seal))
    quote = Booking(
        0, number, "pickup", network, wanted.key, "quoted", payer, person.name, person.role, desk.now(),
        wanted=pickup_json(wanted), offers=offers,
    )  # fmt: skip
    return keep_quote(desk, person, quote, "pickup_rates")


def nobody_comes() -> UnableToWork:
    """No network that sends couriers is set up."""
    return UnableToWork(
        "not_possible",
        "nobody collects parcels here yet: name 快递100 in carriers.yaml",
        "尚未配置上门取件服务；请在 carriers.yaml 中配置快递100",
    )


def check_reachable(joined: JoinedNetwork) -> None:
    """Raise `UnableToWork` where the network could not tell us what becomes of a courier: it takes no booking without an address."""
    if not joined.access.values.get("secret"):
        raise UnableToWork(
            "not_possible", "carriers.yaml: secret is needed for collections", "carriers.yaml 缺少 secret，无法预约取件"
        )
    if not joined.access.push_url or len(joined.access.push_url) + 50 > _LONGEST_PUSH:
        raise UnableToWork(
            "not_possible",
            "carriers.yaml: collections need reached_at and push_secret, together at most 130 characters",
            "carriers.yaml：预约取件须填写 reached_at 与 push_secret（合计不超过 130 个字符）",
        )


def _wanted(desk: BookingDesk, joined: JoinedNetwork, state: CaseState, given: Mapping[str, str]) -> PickupWanted:
    terms = desk.terms(state.shop)
    here = terms.warehouse
    if here is None or here.country != "CN" or not here.phone:
        raise UnableToWork(
            "not_possible",
            "returns.warehouse in freight.yaml must lie in China (country: CN) and have a phone",
            "freight.yaml 的 returns.warehouse 须为中国地址（country: CN）并填写电话",
        )
    buyer, grams = read_door(given), whole(given, "grams", terms.parcel[0], HEAVIEST)
    carriers = _carriers(terms, joined)
    key = key_of(state, "pickup", desk.book.count(state.number))
    return PickupWanted(key, here, buyer, grams, terms.cargo or CARGO, carriers)


def _carriers(terms: LabelTerms, joined: JoinedNetwork) -> tuple[str, ...]:
    """The carriers that are worth asking: those that the shop's terms allow."""
    collector = joined.network.collector
    known = tuple(collector.carriers()) if collector else ()
    named = {one.partition(":")[0] for one in terms.services}
    found = tuple([one for one in known if not named or one in named])
    if not found:
        raise UnableToWork(
            "not_possible",
            f"returns.services in freight.yaml names none of {', '.join(known)}",
            f"freight.yaml 的 returns.services 中没有支持上门取件的快递（{'、'.join(known)}）",
        )
    return found


def read_door(given: Mapping[str, str]) -> Place:
    """The buyer's door as it was typed. Raises `UnableToWork`, naming the field."""
    told = {name: " ".join(given.get(name, "").split())[:120] for name in ("name", "phone", "state", "city", "street")}
    for name, en, zh in (
        ("name", "the buyer's name", "请填写寄件人姓名"),
        ("state", "the province", "请填写省、自治区或直辖市"),
        ("city", "the city", "请填写城市"),
        ("street", "district, street and house number", "请填写区县、街道与门牌号"),
    ):
        if not told[name]:
            raise bad_value(name, en, zh)
    plain = told["phone"].replace(" ", "").removeprefix("+86")
    if not _PHONE.fullmatch(plain):
        raise bad_value(
            "phone", "a Chinese mobile number, or a landline with area code", "请填写 11 位手机号或带区号的座机"
        )
    return Place(told["name"], told["street"], told["city"], "", "CN", state=told["state"], phone=plain)
