"""Withdrawing from a contract on a page (art. 11a of Directive 2011/83/EU, put in by Directive (EU) 2023/2673): labels and statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST_NAME: Final = 120
LONGEST_WHAT: Final = 1000


@dataclass(frozen=True, slots=True)
class Labels:
    """The words on the two buttons as a country's law has them. `lang`: the language for the `lang` attribute."""

    lang: str
    withdraw: str
    confirm: str


_EN: Final = Labels("en", "Withdraw from contract here", "Confirm withdrawal")
_LABELS: Final[dict[str, Labels]] = {
    "DE": Labels("de", "Vertrag widerrufen", "Widerruf bestätigen"),
    "AT": Labels("de", "Vertrag hier widerrufen", "Widerruf bestätigen"),
    "FR": Labels("fr", "Renoncer au contrat ici", "Confirmer la rétractation"),
    "IT": Labels("it", "Recedere dal contratto qui", "Conferma recesso"),
}


def labels_of(market: str) -> Labels:
    """The official labels of a market; the Directive's English ones where we know no others."""
    return _LABELS.get(market, _EN)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a consumer states. `lines`: (line's id, quantity), none meaning the whole contract; `what`: the same in own words.

    `means`: the electronic means by which the acknowledgement is to come. `once`: a mark that makes a second press the same statement.
    """

    name: str
    order: str
    means: str
    language: str
    once: str
    lines: Sequence[tuple[str, int]] = ()
    what: str = ""
    titles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A statement as it was received. `cases`: numbers and keys of the cases that it made or that it is about; none: it fits no order.

    `state`: taken (a case stands for it), open (a person has to look), settled. `until`: the end of the period as known then.
    """

    number: int
    shop: str
    merchant: str
    market: str
    at: datetime
    statement: Statement
    cases: tuple[tuple[int, str], ...]
    state: str
    until: datetime | None
    late: bool
    settled_by: str = ""
    note: str = ""
