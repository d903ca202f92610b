"""Orders as shops tell them, before anyone asks for anything: what a case is opened from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

PARTS: Final = frozenset(
    "shop market consumer withdrawal_informed order shipments goods defect evidence buyer platform".split()
)
"""Parts of a case file (contract, section 2) that an order may tell; the request comes from the buyer."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How the buyer is reached. Kept sealed; found by keyed digests only."""

    email: str = ""
    phone: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShopOrderFile:
    """An order of a shop. `file`: the parts of a case file that are no request. `digest`: of what was told, to compare by."""

    shop: str
    merchant: str
    channel: str
    market: str
    number: str
    file: Mapping[str, Any]
    contact: Contact
    digest: str
    updated_at: datetime

    @property
    def sold_in(self) -> str:
        """The market that the order itself names, else its shop's."""
        return str(self.file.get("market") or self.market)


def email_form(text: str) -> str:
    """The form in which addresses are compared: trimmed, lower case."""
    return text.strip().casefold()


def phone_form(text: str) -> str:
    """The form in which numbers are compared: the last eleven digits, so that +86 138... and 138... are one; "" for fewer than six."""
    digits = "".join([letter for letter in text if letter.isascii() and letter.isdigit()])
    return digits[-11:] if len(digits) >= 6 else ""
