"""Who may change settings, and what stops a change."""

from __future__ import annotations

from collections.abc import Sequence

from amends.facts.people import Person
from amends.facts.rulebook import Says


class UnableToSet(ValueError):
    """A setting cannot be changed so. `says` tells why and what would be right; `field` names what is at fault, where one is."""

    def __init__(self, en: str, zh: str, field: str = "") -> None:
        super().__init__(f"{field}: {en}" if field else en)
        self.says = Says(en, zh)
        self.field = field


def check_may_set(person: Person, merchant: str, known: Sequence[str] | None = None) -> None:
    """Raise `UnableToSet` unless the person keeps the settings of this merchant. `known`: the merchants that there are."""
    there = known is None or merchant in known
    if not (there and person.may("settings") and person.may_see(merchant)):
        raise UnableToSet("Only a manager of this merchant may change its settings.", "只有该商家的店长可以修改设置。")
