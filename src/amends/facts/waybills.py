"""Which carrier a waybill is of, where its form tells."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    (re.compile(r"SF\d{10,15}"), "顺丰 SF Express"),
    (re.compile(r"JD[A-Z]{0,2}\d{9,15}(-\d+){0,3}-?"), "京东 JD Logistics"),
    (re.compile(r"YT\d{13,15}"), "圆通 YTO"),
    (re.compile(r"JT\d{13}"), "极兔 J&T"),
    (re.compile(r"1Z[0-9A-Z]{16}"), "UPS"),
    (re.compile(r"JJD\d{16,18}|00340\d{15}"), "DHL"),
    (re.compile(r"[A-Z]{2}\d{9}CN"), "EMS / 中国邮政 China Post"),
    (re.compile(r"[A-Z]{2}\d{9}DE"), "DHL / Deutsche Post"),
    (re.compile(r"[A-Z]{2}\d{9}FR"), "La Poste"),
    (re.compile(r"[A-Z]{2}\d{9}GB"), "Royal Mail"),
    (re.compile(r"[A-Z]{2}\d{9}US"), "USPS"),
)


def carrier_of(waybill: str) -> str:
    """The carrier by the form of its numbers; "" where that does not tell."""
    plain = waybill.replace(" ", "").upper()
    return next((name for form, name in _FORMS if form.fullmatch(plain)), "")
