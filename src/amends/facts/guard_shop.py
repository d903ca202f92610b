"""What a shop tells for its guards: who trades, what stands on statements, where the networks count it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from amends.facts.descriptors import FORMS, Descriptor
from amends.facts.programmes import REGIONS, Region

_LONGEST: Final = {"address": 300, "return_address": 300}
_PLAIN: Final = 120


class UnableToReadGuardShop(ValueError):
    """What a shop told cannot be kept; `field` names it, the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True, slots=True)
class GuardShop:
    """`name`: what buyers know the shop as, in Latin letters. `trader`: who sells, as the law wants it named. Empty: not told."""

    name: str = ""
    processor: str = "other"
    descriptor: str = ""
    suffix: str = ""
    region: Region = "us"
    trader: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    return_address: str = ""

    @property
    def on_statements(self) -> Descriptor:
        """What stands on a buyer's statement."""
        return Descriptor(self.processor, self.descriptor, self.suffix)

    def told(self) -> dict[str, str]:
        """Will give what was told, as people write it."""
        return asdict(self)


def read_guard_shop(told: Mapping[str, Any], before: GuardShop | None = None) -> GuardShop:
    """Will read what a person wrote; what a form does not hold stays as it was before. Raises `UnableToReadGuardShop`."""
    found = before.told() if before else {}
    for one in fields(GuardShop):
        if one.name in told:
            found[one.name] = _text(one.name, str(told[one.name]))
    if found.get("processor", "other") not in {form.name for form in FORMS}:
        raise UnableToReadGuardShop("processor", f"one of {', '.join(form.name for form in FORMS)} is needed")
    if found.get("region", "us") not in REGIONS:
        raise UnableToReadGuardShop("region", f"one of {', '.join(REGIONS)} is needed")
    if found.get("email") and "@" not in found["email"]:
        raise UnableToReadGuardShop("email", "an address with an @ is needed")
    return GuardShop(**found)  # type: ignore[arg-type]


def _text(name: str, text: str) -> str:
    clean = " ".join(text.split())
    most = _LONGEST.get(name, _PLAIN)
    if len(clean) > most:
        raise UnableToReadGuardShop(name, f"{most} characters have room, these are {len(clean)}")
    return clean
