"""Signs of who made a payment, as the shop's system tells them: what Compelling Evidence is compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.disputes.desk import DisputeDesk
from amends.facts.compelling import ELEMENTS, Signs
from amends.facts.people import Person

_CARD_NUMBER: Final = range(12, 20)
"""So many digits and nothing else is a card's number, which is never kept."""


@dataclass(frozen=True, slots=True)
class SignsTold:
    """What is told of a payment. `amount`: a decimal text; `credential`: a fingerprint or a token of the card."""

    order: str
    paid_at: datetime
    amount: str
    currency: str
    credential: str
    last4: str
    goods: str
    signs: Mapping[str, str]


def tell_signs(desk: DisputeDesk, person: Person, shop: str, merchant: str, payment: str, told: SignsTold) -> bool:
    """Keep the signs of a payment of a shop; whether they are new. Raises `UnableToWork`."""
    if not person.may_see(merchant):
        raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}")
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    if unknown := told.signs.keys() - set(ELEMENTS):
        raise bad_value(f"signs.{min(unknown)}", f"one of {', '.join(ELEMENTS)}", f"可填：{'、'.join(ELEMENTS)}")
    if told.credential.isdecimal() and len(told.credential) in _CARD_NUMBER:
        raise bad_value(
            "credential", "a fingerprint or a token, never the card's number", "请提供卡指纹或令牌，不要提供卡号"
        )
    if told.currency not in EXPONENTS:
        raise bad_value("currency", "a currency code such as EUR", "请填写币种代码，例如 EUR")
    if told.paid_at.tzinfo is None:
        raise bad_value("paid_at", "a time with its offset", "请填写带时区的时间")
    try:
        amount = read_minor(told.amount, EXPONENTS[told.currency])
    except UnableToReadAmount as fault:
        raise bad_value("amount", str(fault), "请填写金额，例如 10") from fault
    kept = Signs(payment, told.order, told.paid_at, told.credential, told.signs, goods=told.goods)
    return desk.signs.put(shop, kept, amount, told.currency, told.last4)
