"""A case that is not there for whoever asks."""

from __future__ import annotations

from amends.facts.rulebook import Says


class UnableToFindCase(LookupError):
    """There is no such case, or it belongs to a merchant whose data this person may not see: the two look the same from outside."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no case {number}")
        self.says = Says(f"there is no case {number}", f"没有售后单 {number}")
