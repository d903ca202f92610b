"""Masks what tells who a buyer is: enough is left to recognise it, too little to use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

_STARS: Final = "***"
_HAN: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")
_MAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w.])\+?\d[\d\s()-]{5,18}\d(?![\w.])")
_FEWEST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15
_TELLING: Final = {
    "name": ("收货人", "收件人", "买家", "昵称", "姓名", "旺旺", "buyer", "name", "customer", "recipient"),
    "mail": ("邮箱", "email", "e-mail"),
    "phone": ("手机", "电话", "联系方式", "phone", "mobile", "tel"),
    "address": ("地址", "address", "street", "zip", "postcode"),
}
_PLAIN: Final = (
    "店铺",
    "商品",
    "shop",
    "store",
    "product",
    "item",
    "lineitem",
    "discount",
    "vendor",
    "file",
    "shippingmethod",
)
"""Headers of a shop or of goods: their names are no buyer's."""


def mask_name(name: str) -> str:
    """Will leave the first letter of each word: 张伟 → 张*, Maria Weber → M*** W***. What is masked already stays."""
    if "*" in name:
        return name
    if "@" in name:
        return mask_mail(name)
    if _HAN.match(name):
        return name[0] + "*"
    return " ".join(word[0] + _STARS for word in name.split())


def mask_mail(text: str) -> str:
    """Will leave the first letter and nothing of the host but its end: zhang@example.com → z***@***.com."""
    mailbox, _, host = text.partition("@")
    end = host.rpartition(".")[2]
    return f"{mailbox[:1]}{_STARS}@{_STARS}" + (f".{end}" if end and end != host else "")


def mask_phone(text: str) -> str:
    """Will leave the last two digits: 13812345678 → ***78."""
    digits = [letter for letter in text if letter.isdigit()]
    return _STARS + "".join(digits[-2:]) if len(digits) > 2 else _STARS


def mask_address(text: str) -> str:
    """Will leave the first two letters of a Chinese address, where the province is, and nothing of another."""
    return (text[:2] if _HAN.match(text) else "") + _STARS if text else text


def mask_text(text: str) -> str:
    """Will mask mail addresses and telephone numbers inside a text."""
    text = _MAIL.sub(lambda found: mask_mail(found.group()), text)
    return _PHONE.sub(lambda found: _as_phone(found.group()), text)


def mask_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Will mask a row of a file: by its headers what a cell is, and mail addresses and telephone numbers anywhere else in words."""
    return {header: _cell(header, str(value)) for header, value in cells.items()}


def _cell(header: str, value: str) -> str:
    kind = _kind(header)
    masks = {"name": mask_name, "mail": mask_mail, "phone": mask_phone, "address": mask_address}
    if not value.strip():
        return value
    return masks[kind](value) if kind else _mask_words(value)


def _mask_words(value: str) -> str:
    """A cell that is a number alone is an order's or a parcel's; one of several words may hold a telephone number."""
    return value if re.fullmatch(r"[\d\W_]+", value) else mask_text(value)


def _kind(header: str) -> str:
    plain = "".join(header.split()).casefold()
    if any(word in plain for word in _PLAIN):
        return ""
    for kind in ("mail", "phone", "address", "name"):
        if any(word in plain for word in _TELLING[kind]):
            return kind
    return ""


def _as_phone(text: str) -> str:
    """Long runs of digits are telephone numbers; dates and amounts are not."""
    digits = sum(letter.isdigit() for letter in text)
    if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or re.fullmatch(r"\d{4}-\d\d-\d\d[\s\d-]*", text.strip()):
        return text
    return mask_phone(text)


_IDENTITY: Final = re.compile(
    r"(?<![\dA-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_ADDRESS: Final = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:省|自治区|市|特别行政区)"
    r"[\u4e00-\u9fff\d\w#（）() -]{2,60}?(?:号|室|栋|楼|单元|弄|村|园|大厦)[\d\w#-]*(?:室|号|层)?"
)
_STREET: Final = re.compile(
    r"\b\d{1,5}[A-Za-z]?\s+(?:[A-Z][\w'.-]*\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Square|Court|Blvd)\b\.?"
    r"|\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|allee|gasse)\s+\d{1,4}[a-z]?\b"
)


def mask_words(text: str) -> tuple[str, dict[str, int]]:
    """Will mask identity numbers, addresses, mail addresses and telephone numbers in a text, and count what of each it masked."""
    counted: dict[str, int] = {}

    def counting(kind: str, mask: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        def masked(found: re.Match[str]) -> str:
            made = mask(found.group())
            counted[kind] = counted.get(kind, 0) + (made != found.group())
            return made

        return masked

    text = _IDENTITY.sub(counting("identity", lambda found: _STARS + found[-2:]), text)
    text = _ADDRESS.sub(counting("address", mask_address), text)
    text = _STREET.sub(counting("address", lambda found: _STARS), text)
    text = _MAIL.sub(counting("mail", mask_mail), text)
    text = _PHONE.sub(counting("phone", _as_phone), text)
    return text, {kind: count for kind, count in counted.items() if count}
