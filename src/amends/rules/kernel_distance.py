"""What the laws on distance selling have in common: is this going back on the purchase, where are the goods, what was done to them.

Numbers and grounds are handed in by each pack; nothing here is the law of one country.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.money import Minor
from amends.basics.periods import days_of_law, months_of_law
from amends.facts.case import Case, Line
from amends.facts.codes import DEFECT, NO_REASON
from amends.facts.rulebook import FREIGHT_BUYER, FREIGHT_MERCHANT, Freight
from amends.facts.stage import bought_at, delivered_at, is_unshipped, order_delivered_at, paid_for_request, parcels

BACK: Final = frozenset({"return_refund"})
MONEY: Final = frozenset({"refund_only"})
MONEY_KINDS: Final = frozenset({"return_refund", "refund_only", "cancel"})
NOT_WITH_BUYER: Final = frozenset({"lost", "returned_to_sender", "refused"})
_ABOUT_THE_PAYMENT: Final = frozenset({"duplicate_charge", "unrecognised_charge", "invoice"})
_IMMATERIAL: Final = frozenset({"service", "digital"})
_HANDLED: Final = ("used", "washed", "damaged")
_SEALED: Final = ("sealed_hygiene", "sealed_media")


def goes_back(case: Case) -> bool:
    """The request can be read as going back on the purchase: it asks for the money back, whatever the reason, or for another piece
    without alleging a defect. A complaint about the payment itself is neither."""
    request = case.request
    if request.kind in MONEY_KINDS:
        return request.reason not in _ABOUT_THE_PAYMENT
    return request.kind == "exchange" and request.reason in NO_REASON


def window_end(case: Case, days: int, months_more: int = 0) -> datetime | None:
    """When a withdrawal period of `days` (and `months_more` after them) is over, in UTC; None: it has not begun to run.

    Goods: from delivery of the last item of the order. Services and digital content: from the contract.
    """
    start = bought_at(case) if is_immaterial(case) else order_delivered_at(case)
    if start is None:
        return None
    if months_more:
        return months_of_law(start, months_more, case.market, plus_days=days)
    return days_of_law(start, days, case.market)


def is_immaterial(case: Case) -> bool:
    """Nothing that the request is about is a thing that can be handed over."""
    for item in case.request.lines:  # noqa: SIM110 - asked often; a loop is twice as fast as all()
        if item.line.category not in _IMMATERIAL:
            return False
    return True


def ways_back(case: Case) -> frozenset[str]:
    """How a purchase is undone as things stand: money alone where the buyer has nothing to send back, else against the goods."""
    if is_unshipped(case):
        return MONEY
    if delivered_at(case) is None and any(parcel.trace in NOT_WITH_BUYER for parcel in parcels(case)):
        return MONEY | BACK
    return BACK


def buyer_has_goods(case: Case) -> bool:
    """The goods are with the buyer or on the way there, so that they have to come back."""
    return "refund_only" not in ways_back(case)


def return_cost(case: Case, informed: bool) -> Freight:
    """Who pays the way back of goods withdrawn from: the buyer, but the trader who did not inform of the right, or whose goods are
    said to be faulty and were not found sound."""
    if not informed or (case.request.reason in DEFECT and case.defect.confirmed is not False):
        return FREIGHT_MERCHANT
    return FREIGHT_BUYER


def left_out(case: Case, grounds: frozenset[str]) -> dict[str, str]:
    """The requested lines that one of `grounds` takes out of the right, each with its ground. A seal counts once it is known broken."""
    found = {}
    for item in case.request.lines:
        ground = _ground(item.line, case.goods.seal_broken)
        if ground and ground in grounds:
            found[item.line.id] = ground
    return found


def seals_in_doubt(case: Case, grounds: frozenset[str]) -> list[str]:
    """The sealed lines, of kinds among `grounds`, that were delivered and of whose seal nothing is known."""
    grade = case.inspection.grade if case.inspection else None
    if case.goods.seal_broken is not None or case.goods.opened is False or grade == "A" or delivered_at(case) is None:
        return []
    return [
        item.line.id for item in case.request.lines if not item.line.traits.isdisjoint(grounds.intersection(_SEALED))
    ]


def _ground(line: Line, seal_broken: bool | None) -> str | None:
    traits = line.traits
    if "custom_made" in traits:
        return "custom_made"
    if "perishable" in traits or line.category == "fresh":
        return "perishable"
    if "digital_started" in traits:
        return "digital_started"
    if line.category == "periodical":
        return "periodical"
    return next((trait for trait in _SEALED if seal_broken and trait in traits), None)


def handled_states(case: Case) -> list[str]:
    """What shows that the goods were handled beyond looking and trying; the inspector's grade C or D where no state says more."""
    found = [state for state in _HANDLED if getattr(case.goods, state)]
    grade = case.inspection.grade if case.inspection else None
    if not found and grade in ("C", "D"):
        found.append(f"grade_{grade.lower()}")
    return found


def loss_found(case: Case) -> Minor:
    """The value that the inspection says was lost by handling: never more than was paid for what comes back; 0 where it says none."""
    found = case.inspection.loss if case.inspection else None
    return min(found or 0, max(0, paid_for_request(case) - never_came_back(case)))


def never_came_back(case: Case) -> Minor:
    """The price of the pieces that the inspection did not find, never more than was paid; 0 where the buyer says they never had them."""
    found = case.inspection.not_returned if case.inspection else None
    if not found or case.request.reason in DEFECT or not buyer_has_goods(case):
        return 0
    return min(found, paid_for_request(case))


def is_known_unhandled(case: Case) -> bool:
    """It is known that the goods were not handled beyond looking and trying."""
    grade = case.inspection.grade if case.inspection else None
    return grade in ("A", "B") or all(getattr(case.goods, state) is False for state in _HANDLED)
