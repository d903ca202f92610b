"""Which carriers a waybill may be of, by the forms that carriers publish. Candidates with their grounds, never a guess as a fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Sure = Literal["certain", "likely", "possible"]
"""`certain`: a form that nobody else uses, or one whose check digit holds. `likely`: a form of its own without a check digit.
`possible`: several carriers number so."""
_RANK: Final[dict[Sure, int]] = {"certain": 0, "likely": 1, "possible": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A carrier (our code) that a waybill may be of. `checked`: its check digit was computed and holds."""

    carrier: str
    sure: Sure
    checked: bool = False


def plain_waybill(text: str) -> str:
    """A waybill as carriers write it: without spaces, in capitals."""
    return "".join(text.split()).upper()


def ups_digit(number: str) -> bool:
    """``1Z``: letters count as their place after ``?`` modulo ten; every second figure counts twice."""
    total = 0
    for place, sign in enumerate(number[2:-1]):
        figure = int(sign) if sign.isdecimal() else (ord(sign) - 63) % 10
        total += figure * (2 if place % 2 else 1)
    return str(-total % 10) == number[-1]


def mod10_digit(number: str) -> bool:
    """From the right, figures count three times and once in turn (USPS, GS1, FedEx Ground)."""
    figures = [int(sign) for sign in reversed(number[:-1])]
    return -sum([figure * (1 if place % 2 else 3) for place, figure in enumerate(figures)]) % 10 == int(number[-1])


def usps_long_digit(number: str) -> bool:
    """The postal code that may stand before the number (``420`` and five or nine figures) is not covered by its check digit."""
    if number.startswith("420"):
        return any(len(number) - cut >= 20 and mod10_digit(number[cut:]) for cut in (8, 12))
    return mod10_digit(number)


def s10_digit(number: str) -> bool:
    """The Universal Postal Union's S10: eight figures, each with its weight, modulo eleven."""
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    rest = 11 - sum([int(sign) * weight for sign, weight in zip(number[2:10], weights, strict=True)]) % 11
    return {10: 0, 11: 5}.get(rest, rest) == int(number[10])


def fedex_express_digit(number: str) -> bool:
    """Twelve figures: weights 3, 1, 7 in turn, modulo eleven, ten counting as nought."""
    total = sum([int(sign) * (3, 1, 7)[place % 3] for place, sign in enumerate(number[:11])])
    return total % 11 % 10 == int(number[11])


def dhl_express_digit(number: str) -> bool:
    """Ten figures: the first nine modulo seven."""
    return int(number[:9]) % 7 == int(number[9])


_POSTS: Final = {
    "CN": "ems", "DE": "dhl_parcel_de", "FR": "laposte", "GB": "royalmail", "US": "usps", "JP": "japanpost",
    "AU": "auspost", "SG": "singpost", "HK": "hkpost",
}  # fmt: skip
Check = Callable[[str], bool]
_FORMS: Final[tuple[tuple[str, str, Sure, Check | None], ...]] = (
    ("sf", r"SF\d{12,13}", "certain", None),
    ("sf", r"\d{12}", "possible", None),
    ("yto", r"YT\d{13,15}", "certain", None),
    ("zto", r"(73|75|76|77|78|79)\d{12}", "likely", None),
    ("zto", r"ZT\d{12}", "likely", None),
    ("sto", r"(77|88|36|55)\d{13}|(77|66|22|44)\d{11}", "possible", None),
    ("yunda", r"(31|43|46|57|39)\d{13}|(10|12|13|14|16|17|18|19|31|43)\d{11}", "possible", None),
    ("jtexpress", r"JT\d{13}", "certain", None),
    ("jd", r"JD[A-Z]{0,2}\d{11,15}(-\d+){0,3}-?", "certain", None),
    ("deppon", r"DPK\d{12}", "certain", None),
    ("deppon", r"DP\d{10,12}", "likely", None),
    ("danniao", r"(CN|CAINIAO|DN)\d{11,14}", "possible", None),
    ("ems", r"1[0-3]\d{11}", "possible", None),
    ("chinapost", r"(98|99)\d{11}", "possible", None),
    ("ups", r"1Z[0-9A-Z]{15}\d", "certain", ups_digit),
    ("usps", r"9[1-5]\d{18}(\d\d)?|9[1-5]\d{24}|420(\d{5}|\d{9})9[1-5]\d{20}", "certain", usps_long_digit),
    ("fedex", r"\d{12}", "likely", fedex_express_digit),
    ("fedex", r"96\d{20}|\d{15}", "likely", mod10_digit),
    ("dhl", r"\d{10}", "possible", dhl_express_digit),
    ("dhl", r"JJD\d{16,18}|JD\d{18}", "likely", None),
    ("dhl_parcel_de", r"00340\d{15}", "certain", mod10_digit),
    ("dpd", r"\d{14}", "possible", None),
    ("hermes", r"H\d{15,19}", "likely", None),
    ("yamato", r"\d{12}", "possible", lambda number: int(number[:11]) % 7 == int(number[11])),
    ("cjlogistics", r"[56]\d{11}", "possible", None),
)
_S10: Final = re.compile(r"[A-Z]{2}\d{9}([A-Z]{2})")


def candidates(waybill: str) -> tuple[Candidate, ...]:
    """Every carrier that a waybill may be of, the surest first. A form whose check digit does not hold is none."""
    number = plain_waybill(waybill)
    found: dict[str, Candidate] = {}
    for carrier, form, sure, check in _FORMS:
        if re.fullmatch(form, number) and (check is None or check(number)):
            one = Candidate(carrier, sure, check is not None)
            if carrier not in found or _RANK[sure] < _RANK[found[carrier].sure]:
                found[carrier] = one
    post = _S10.fullmatch(number)
    if post and post.group(1) in _POSTS and s10_digit(number):
        found[_POSTS[post.group(1)]] = Candidate(_POSTS[post.group(1)], "certain", True)
    return tuple(sorted(found.values(), key=lambda one: (_RANK[one.sure], not one.checked)))


def surely(waybill: str) -> str:
    """The one carrier that a waybill is certainly of; "" where that is not known, for then a person or the network must say."""
    certain = [one.carrier for one in candidates(waybill) if one.sure == "certain"]
    return certain[0] if len(certain) == 1 else ""
