"""What every seller of labels needs: the rate that is wanted among those offered, and measures in other units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.facts.labels import LabelWanted, Place, Rate

_MILLIMETRES_AN_INCH: Final = Decimal("25.4")
_GRAMS_AN_OUNCE: Final = Decimal("28.349523125")
_TENTH: Final = Decimal("0.1")


def amount_of(told: str, currency: str) -> Minor | None:
    """An amount in minor units; None where it cannot be read."""
    try:
        return read_minor(told, EXPONENTS[currency])
    except (KeyError, UnableToReadAmount):
        return None


def cheapest(rates: Sequence[Rate], wanted: LabelWanted) -> Rate | None:
    """The cheapest that fits what is wanted, within what it may cost, in its currency; None where there is none."""
    fits = [
        rate
        for rate in rates
        if rate.currency == wanted.currency
        and (not wanted.carrier or rate.carrier == wanted.carrier)
        and (not wanted.service or rate.service == wanted.service)
        and (wanted.most is None or rate.amount <= wanted.most)
    ]
    return min(fits, key=lambda rate: (rate.amount, rate.id), default=None)


def inches(millimetres: int) -> str:
    """Inches, rounded up to a tenth: a parcel that is told too small is charged again."""
    return str((Decimal(millimetres) / _MILLIMETRES_AN_INCH).quantize(_TENTH, ROUND_CEILING))


def ounces(grams: int) -> str:
    """Ounces, rounded up to a tenth."""
    return str((Decimal(grams) / _GRAMS_AN_OUNCE).quantize(_TENTH, ROUND_CEILING))


def address(place: Place) -> dict[str, str]:
    """An address as these networks write it, parts that are empty left out."""
    parts = {
        "name": place.name,
        "street1": place.street,
        "street2": place.street2,
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
        "country": place.country,
        "phone": place.phone,
        "email": place.email,
    }
    return {name: value for name, value in parts.items() if value}
