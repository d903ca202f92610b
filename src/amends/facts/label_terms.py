"""By what terms a shop buys labels and books collections: who sells them, which services, how dear, where returns go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.labels import Place, Rate

_FIELDS: Final = frozenset({"network", "pickup_network", "services", "most", "parcel", "warehouse", "cargo"})
_PLACE: Final = ("name", "street", "street2", "city", "state", "zip", "country", "phone", "email")
_NEEDED: Final = ("name", "street", "city", "country")
_HEAVIEST: Final = 100_000
_LONGEST: Final = 5_000


class UnableToReadLabels(ValueError):
    """The part `returns` of `freight.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class LabelTerms:
    """`network`, `pickup_network`: names in `carriers.yaml`, "" for whichever there is. `services`: the allowed ones, as carrier or
    carrier:service in our codes and the carrier's own words (none: all). `most`: the highest price, as text by currency. `parcel`: grams,
    then length, width, height in millimetres, where nobody says otherwise. `warehouse`: where returns go. `cargo`: what is in it.
    """

    network: str = ""
    pickup_network: str = ""
    services: tuple[str, ...] = ()
    most: Mapping[str, str] = field(default_factory=dict)
    parcel: tuple[int, int, int, int] = (1000, 300, 200, 100)
    warehouse: Place | None = None
    cargo: str = ""

    def allows(self, rate: Rate) -> bool:
        """Whether an offer is of an allowed service and no dearer than it may be."""
        told = self.most.get(rate.currency)
        if told is not None and rate.amount > read_minor(told, EXPONENTS[rate.currency]):
            return False
        named = rate.carrier or rate.named.lower()
        return not self.services or named in self.services or f"{named}:{rate.service}" in self.services

    def allowed(self, rates: Sequence[Rate]) -> tuple[Rate, ...]:
        """The offers that may be bought, the cheapest first."""
        return tuple(sorted([one for one in rates if self.allows(one)], key=lambda one: (one.amount, one.id)))


@dataclass(frozen=True, slots=True)
class AllLabelTerms:
    """The house's terms, and those of shops that have their own."""

    house: LabelTerms = LabelTerms()
    shops: Mapping[str, LabelTerms] = field(default_factory=dict)

    def of(self, shop: str) -> LabelTerms:
        """The terms of a shop."""
        return self.shops.get(shop, self.house)


def read_label_terms(found: object, path: str = "returns") -> AllLabelTerms:
    """The terms of a file. What a shop does not say for itself goes by the house. Raises `UnableToReadLabels`."""
    told = _mapping(found, path)
    shops = _mapping(told.get("shops"), f"{path}.shops")
    base = {name: value for name, value in told.items() if name != "shops"}
    return AllLabelTerms(
        _terms(base, path),
        {str(name): _terms({**base, **_mapping(own, f"{path}.shops.{name}")}, f"{path}.shops.{name}")
         for name, own in shops.items()},
    )  # fmt: skip


def _terms(told: Mapping[str, Any], path: str) -> LabelTerms:
    if unknown := sorted(set(told) - _FIELDS):
        raise UnableToReadLabels(f"{path}.{unknown[0]}: unknown here; known are shops, {', '.join(sorted(_FIELDS))}")
    services = told.get("services") or []
    if not isinstance(services, list) or any(not isinstance(one, str) or not one for one in services):
        raise UnableToReadLabels(f"{path}.services: a list such as [usps, ups:Ground] is wanted")
    parcel = _mapping(told.get("parcel"), f"{path}.parcel")
    sides = parcel.get("millimetres", [300, 200, 100])
    if not isinstance(sides, list) or len(sides) != 3:
        raise UnableToReadLabels(f"{path}.parcel.millimetres: three whole numbers are wanted")
    length, width, height = [_whole(one, f"{path}.parcel.millimetres", _LONGEST) for one in sides]
    return LabelTerms(
        network=str(told.get("network") or ""),
        pickup_network=str(told.get("pickup_network") or ""),
        services=tuple(services),
        most={
            str(key): _amount(value, str(key), path)
            for key, value in _mapping(told.get("most"), f"{path}.most").items()
        },
        parcel=(_whole(parcel.get("grams", 1000), f"{path}.parcel.grams", _HEAVIEST), length, width, height),
        warehouse=_place(told.get("warehouse"), f"{path}.warehouse"),
        cargo=str(told.get("cargo") or ""),
    )


def _place(found: object, path: str) -> Place | None:
    told = {str(key): str(value) for key, value in _mapping(found, path).items() if value is not None}
    if not told:
        return None
    if unknown := sorted(set(told) - set(_PLACE)):
        raise UnableToReadLabels(f"{path}.{unknown[0]}: unknown here; known are {', '.join(_PLACE)}")
    if missing := [name for name in _NEEDED if not told.get(name)]:
        raise UnableToReadLabels(f"{path}.{missing[0]}: this is needed")
    return Place(**{"zip": "", **told})


def _mapping(given: object, path: str) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise UnableToReadLabels(f"{path}: a mapping is wanted")
    return given


def _whole(given: object, path: str, most: int) -> int:
    if type(given) is not int or not 0 < given <= most:
        raise UnableToReadLabels(f"{path}: a whole number from 1 to {most} is wanted")
    return given


def _amount(given: object, currency: str, path: str) -> str:
    try:
        read_minor(str(Decimal(str(given))), EXPONENTS[currency])
    except (InvalidOperation, UnableToReadAmount, KeyError) as fault:
        raise UnableToReadLabels(f"{path}.most.{currency}: an amount such as 12.00 is wanted") from fault
    return str(given)
