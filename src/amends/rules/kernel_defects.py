"""What the laws on faulty goods have in common: when it showed, what was tried, which remedies suit what was delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import share
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import Grant
from amends.facts.stage import delivered_at, paid_for_request

MONEY_ASKED: Final = frozenset({"return_refund", "refund_only", "cancel"})
_NOT_ALL_THERE: Final = frozenset({"missing_item", "empty_parcel"})
_ANOTHER_PIECE: Final = frozenset({"exchange", "resend"})
_MENDED: Final = frozenset({"repair", "exchange"})
_GOODS_BACK: Final = frozenset({"return_refund"})
_MONEY: Final = frozenset({"refund_only"})
_PARTS_PER_WHOLE: Final = 1_000_000


def alleges_defect(case: Case) -> bool:
    """Something was delivered, and the buyer says that it is not what was bought."""
    return case.request.reason in DEFECT and delivered_at(case) is not None


def appeared_at(case: Case) -> datetime:
    """When the defect showed; where nobody says, the request is the earliest sign of it."""
    return case.defect.found_at or case.request.requested_at


def is_about_what_was_in_the_parcel(case: Case) -> bool:
    """The complaint is that something was not there, which no presumption about the goods' state settles."""
    return case.request.reason in _NOT_ALL_THERE


def repairs_failed(case: Case) -> int:
    """Failed repairs on record; a repair that nobody recorded did not happen."""
    return case.defect.repairs_failed or 0


def put_right(case: Case) -> frozenset[str]:
    """The remedies that make it what was bought: another piece where something is missing or wrong, else repair or replacement."""
    if case.request.reason in _NOT_ALL_THERE or case.request.reason == "wrong_item":
        return _ANOTHER_PIECE
    return _MENDED


def price_back(case: Case) -> frozenset[str]:
    """Ending the contract: the price against the goods, or the price alone where there are no goods to give back."""
    return _MONEY if case.request.reason in _NOT_ALL_THERE else _GOODS_BACK


def lower_price(case: Case) -> tuple[Grant, ...]:
    """A lower price, the goods kept: as much of what was paid as the affected share, where the share is known."""
    part = case.defect.share
    if part is None:
        return ()
    amount = share(paid_for_request(case), int(part * _PARTS_PER_WHOLE), _PARTS_PER_WHOLE)
    return (Grant("defect", frozenset({"price_adjustment"}), amount=amount),)
