"""What the house knows of carriers and of freight: until when a claim must be made, what they owe, whom to call, where returns go.

Numbers lie in `freight.yaml`, each with its source and how sure it is; a shop's contract with its carrier goes before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from amends.facts.label_terms import AllLabelTerms, UnableToReadLabels, read_label_terms

_KNOWN: Final = frozenset(
    {"warehouse_cities", "intercept_hours", "ceilings", "insurance", "carriers", "warn_days", "returns"}
)
_CARRIER: Final = frozenset({"phone", "console", "claims", "ceiling", "source", "confidence", "proof"})


class UnableToReadFreight(ValueError):
    """`freight.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class CarrierTerms:
    """Days from dispatch, by kind of claim (None: nobody knows); the most that is owed where nothing was declared, as text by currency."""

    phone: str = ""
    console: str = ""
    days: Mapping[str, int] = field(default_factory=dict)
    ceiling: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    confidence: str = "L"


@dataclass(frozen=True, slots=True)
class FreightTerms:
    """`cities`: parts of the names of places where returns are signed for (none: places are not looked at). `ceilings`: the most of a
    buyer's own freight that is given back, as text by currency. `insurance`: the most that insurance pays, as text by channel.
    `returns`: by what terms labels are bought and collections booked.
    """

    cities: tuple[str, ...] = ()
    intercept_hours: int = 24
    warn_days: int = 3
    ceilings: Mapping[str, str] = field(default_factory=dict)
    insurance: Mapping[str, str] = field(default_factory=dict)
    carriers: Mapping[str, CarrierTerms] = field(default_factory=dict)
    returns: AllLabelTerms = field(default_factory=AllLabelTerms)

    def of(self, carrier: str) -> CarrierTerms:
        """What is known of a carrier, by our code; the entry `other` for one that nobody named."""
        return self.carriers.get(carrier) or self.carriers.get("other") or CarrierTerms()


def read_freight(found: object, over: object = None) -> FreightTerms:
    """The terms of a file, with those of the shop's own file over them. Raises `UnableToReadFreight`."""
    base, own = _mapping(found, ""), _mapping(over, "")
    for one in (base, own):
        if unknown := sorted(set(one) - _KNOWN):
            raise UnableToReadFreight(f"{unknown[0]}: unknown here; known are {', '.join(sorted(_KNOWN))}")
    joined = {**base, **own}
    for name in ("ceilings", "insurance", "carriers"):
        joined[name] = {**_mapping(base.get(name), name), **_mapping(own.get(name), name)}
    cities = joined.get("warehouse_cities") or []
    if not isinstance(cities, list) or any(not isinstance(one, str) or not one for one in cities):
        raise UnableToReadFreight("warehouse_cities: a list of names is wanted")
    return FreightTerms(
        cities=tuple(cities),
        intercept_hours=_whole(joined.get("intercept_hours", 24), "intercept_hours"),
        warn_days=_whole(joined.get("warn_days", 3), "warn_days"),
        ceilings={str(key): _amount(value, f"ceilings.{key}") for key, value in joined["ceilings"].items()},
        insurance={str(key): _amount(value, f"insurance.{key}") for key, value in joined["insurance"].items()},
        carriers={str(key): _carrier(value, f"carriers.{key}") for key, value in joined["carriers"].items()},
        returns=_returns(joined.get("returns")),
    )


def _returns(found: object) -> AllLabelTerms:
    try:
        return read_label_terms(found)
    except UnableToReadLabels as fault:
        raise UnableToReadFreight(str(fault)) from fault


def _carrier(given: object, path: str) -> CarrierTerms:
    told = _mapping(given, path)
    if unknown := sorted(set(told) - _CARRIER):
        raise UnableToReadFreight(f"{path}.{unknown[0]}: unknown here; known are {', '.join(sorted(_CARRIER))}")
    days = _mapping(told.get("claims"), f"{path}.claims")
    ceiling = _mapping(told.get("ceiling"), f"{path}.ceiling")
    if wrong := sorted(set(days) - {"loss", "damage", "delay"}):
        raise UnableToReadFreight(f"{path}.claims.{wrong[0]}: loss, damage or delay is wanted")
    confidence = str(told.get("confidence", "L"))
    if confidence not in ("H", "M", "L"):
        raise UnableToReadFreight(f"{path}.confidence: H, M or L is wanted")
    return CarrierTerms(
        phone=str(told.get("phone") or ""),
        console=str(told.get("console") or ""),
        days={str(kind): _whole(many, f"{path}.claims.{kind}") for kind, many in days.items()},
        ceiling={str(key): _amount(value, f"{path}.ceiling.{key}") for key, value in ceiling.items()},
        source=str(told.get("source") or ""),
        confidence=confidence,
    )


def _mapping(given: object, path: str) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise UnableToReadFreight(f"{path or 'the file'}: a mapping is wanted")
    return given


def _whole(given: object, path: str) -> int:
    if type(given) is not int or not 0 < given < 4000:
        raise UnableToReadFreight(f"{path}: a whole number above zero is wanted")
    return given


def _amount(given: object, path: str) -> str:
    try:
        good = Decimal(str(given)) >= 0
    except InvalidOperation:
        good = False
    if not good:
        raise UnableToReadFreight(f"{path}: an amount such as 25.00 is wanted")
    return str(given)
