"""What a buyer can choose from: reasons by where the goods are, kinds by the reason, and what is asked back."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Literal

from amends.facts.codes import DEFECT, NO_REASON
from amends.facts.portal import Stage

_WORN: Final = frozenset({"apparel", "shoes", "bags", "home_textile", "intimate"})
_PLUGGED: Final = frozenset({"electronics", "appliance"})
_REPAIRED: Final = frozenset({"electronics", "appliance", "furniture", "jewellery", "bags", "shoes"})
_SPOILS: Final = frozenset({"food", "fresh", "health_food", "cosmetics", "medical_device"})
_SEALED: Final = frozenset({"sealed_hygiene", "sealed_media"})

_UNSHIPPED: Final = ("changed_mind", "ordered_by_mistake", "wrong_address", "late_shipment", "other")
_UNDER_WAY: Final = ("not_received", "delivery_delayed", "changed_mind", "refused_delivery")
_HERE: Final = (
    "changed_mind",
    "wrong_size",
    "quality",
    "damaged",
    "not_as_described",
    "wrong_item",
    "missing_item",
    "expired",
    "allergy",
    "better_price",
    "false_delivery",
    "other",
)


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked back about the goods. `name`: part and field of a case file."""

    name: str
    answer: Literal["yes_no", "date", "amount"] = "yes_no"


def reasons_for(stage: Stage, categories: AbstractSet[str]) -> tuple[str, ...]:
    """The reasons that make sense for goods that are there, of these categories."""
    found = {"unshipped": _UNSHIPPED, "under_way": _UNDER_WAY, "here": _HERE}[stage]
    left_out = set()
    if not categories & _WORN:
        left_out.add("wrong_size")
    if not categories & _SPOILS:
        left_out |= {"expired", "allergy"}
    return tuple([reason for reason in found if reason not in left_out])


def kinds_for(stage: Stage, reason: str, categories: AbstractSet[str]) -> tuple[str, ...]:
    """The kinds of request that make sense for a reason, the most usual first."""
    if stage == "unshipped":
        return ("cancel",)
    if stage == "under_way":
        return ("refund_only", "resend") if reason not in NO_REASON else ("return_refund",)
    if reason == "better_price":
        return ("price_adjustment", "return_refund")
    if reason == "false_delivery":
        return ("refund_only", "resend")
    if reason == "missing_item":
        return ("resend", "refund_only", "return_refund")
    if reason in DEFECT or reason == "allergy":
        repair = ("repair",) if categories & _REPAIRED and reason in ("quality", "damaged") else ()
        return ("return_refund", "exchange", *repair, "refund_only")
    return ("return_refund", "exchange") if reason != "other" else ("return_refund", "refund_only")


def questions_for(
    stage: Stage, reason: str, categories: AbstractSet[str], traits: AbstractSet[str]
) -> tuple[Question, ...]:
    """What is asked back: answers become facts of the case; what is not answered stays unknown."""
    if stage != "here" or reason == "false_delivery":
        return ()
    if reason == "better_price":
        return (Question("request.amount", "amount"),)
    if reason in DEFECT or reason == "allergy":
        return _about_the_defect(reason)
    asked = ["goods.opened", "goods.used"]
    asked += ["goods.tags_removed", "goods.washed"] if categories & _WORN else []
    asked += ["goods.activated"] if categories & _PLUGGED else []
    asked += ["goods.seal_broken"] if traits & _SEALED else []
    return tuple([Question(name) for name in asked])


def _about_the_defect(reason: str) -> tuple[Question, ...]:
    found = Question("defect.found_at", "date")
    if reason in ("quality", "damaged"):
        return (Question("defect.visible"), found, Question("defect.minor"), Question("goods.used"))
    if reason == "missing_item":
        return (found,)
    return (found, Question("goods.used"))
