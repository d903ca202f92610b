"""What counts as intact, by category (QRT arts 8 and 9; TL art 19)."""

from __future__ import annotations

from typing import Final

from amends.facts.case import Case

_ALWAYS: Final = ("damaged", "incomplete", "swapped", "used", "washed")
_SEALED: Final = ("seal_broken",)
_ACTIVATED: Final = ("activated",)
_TAGGED: Final = ("tags_removed",)
_BY_CATEGORY: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("food", "health_food", "cosmetics", "medical_device", "intimate"), _SEALED),
    **dict.fromkeys(("electronics", "appliance"), _ACTIVATED),
    **dict.fromkeys(("apparel", "shoes", "bags", "toys", "home_textile", "furniture"), _TAGGED),
}


def states_looked_at(case: Case) -> list[str]:
    """The states of goods that decide for the categories of this request. `washed` counts for textiles only when known."""
    own = {state for item in case.request.lines for state in _BY_CATEGORY.get(item.line.category, ())}
    return [state for state in _ALWAYS if state != "washed"] + sorted(own)


def spoiled_states(case: Case) -> list[str]:
    """The states that make the goods not intact; the inspector's grade C or D counts where no state says more."""
    states = ["washed", *states_looked_at(case)]
    found = [state for state in states if getattr(case.goods, state)]
    grade = case.inspection.grade if case.inspection else None
    if not found and grade in ("C", "D"):
        found.append(f"grade_{grade.lower()}")
    return found
