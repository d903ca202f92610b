"""What is known of the pieces that were sold: their serial numbers, lots and weights, from the order and from the packing evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_IN_NAME: Final = re.compile(r"(?:^|_)(?:SN|IMEI|LOT)-([0-9A-Za-z-]{3,40})", re.IGNORECASE)
_KIND: Final = re.compile(r"(?:^|_)(SN|IMEI|LOT)-", re.IGNORECASE)
_NOISE: Final = re.compile(r"[\s:/.-]+")


def plain_number(text: str) -> str:
    """A serial or lot number as it is compared: capitals, without spaces and strokes."""
    return _NOISE.sub("", text).upper()


def lines_of(case: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The order's lines in a case file, by id."""
    lines = (case.get("order") or {}).get("lines") or ()
    return {str(one["id"]): one for one in lines if isinstance(one, Mapping) and one.get("id")}


def numbers_of(line: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """The serials or lots that an order line names."""
    told = line.get(field)
    return tuple([str(one).strip() for one in told if str(one).strip()]) if isinstance(told, list) else ()


def packed_numbers(names: Iterable[str], field: str) -> tuple[str, ...]:
    """The serials or lots that names of packing files tell: `A-1001_SN-356938035643809.jpg`, `A-1001_LOT-2406B.jpg`."""
    found: list[str] = []
    for name in names:
        stem = name.rsplit(".", 1)[0]
        kinds, numbers = _KIND.findall(stem), _IN_NAME.findall(stem)
        for kind, number in zip(kinds, numbers, strict=False):
            if (kind.upper() == "LOT") == (field == "lots"):
                found.append(number)
    return tuple(dict.fromkeys(found))


def strangers(found: Iterable[str], sold: Iterable[str]) -> tuple[str, ...]:
    """The numbers that were found and not sold; none where nobody wrote down what was sold."""
    known = {plain_number(one) for one in sold}
    return tuple([one for one in found if plain_number(one) not in known]) if known else ()


def expected_grams(case: Mapping[str, Any], asked: Mapping[str, int], packed: int | None) -> int | None:
    """What the parcel back should weigh: what the whole order weighed when it was packed, where all of it comes back; else the pieces'
    own weights. None: not known."""
    lines = lines_of(case)
    whole = all(asked.get(key) == int(one.get("quantity") or 1) for key, one in lines.items())
    if packed and whole:
        return packed
    grams = [(lines.get(key, {}).get("grams"), many) for key, many in asked.items()]
    if not grams or any(type(one) is not int or one <= 0 for one, _ in grams):
        return None
    return sum([int(one) * many for one, many in grams if one])
