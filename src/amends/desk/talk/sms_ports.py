"""What the verbs on text messages need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from amends.facts.outgoing import Letter, Outcome
from amends.facts.people import Merchants
from amends.facts.sms import AskAfter, KeptSms, SmsIn, SmsKeys, SmsReceipt, SmsSender


class SmsWay(Protocol):
    """The providers, spoken to."""

    def __call__(self, keys: SmsKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        """Hand one a message; `point` is asked right before it goes out."""
        ...


class SmsSenders(Protocol):
    """How each shop sends text messages."""

    def seen_by(self, merchants: Merchants) -> Sequence[SmsSender]:
        """Give one for every shop of these merchants, filled in or not."""
        ...

    def of_shop(self, number: int) -> SmsSender | None:
        """Give that of a shop by the shop's number."""
        ...

    def by_token(self, token: str) -> SmsSender | None:
        """Give the one whose provider was given an address that ends so."""
        ...

    def named(self, shop: str) -> SmsSender | None:
        """Give that of a shop by its name; None where nothing was filled in."""
        ...

    def keys(self, shop: str) -> SmsKeys | None:
        """Give how the provider is spoken to; None where nothing was filled in."""
        ...

    def hook(self, shop: str) -> str:
        """Give the address that a shop's provider is to call; "" where nobody outside can reach this house, or nothing was filled in."""
        ...

    def save(self, sender: SmsSender, secret: str, by: str, at: datetime) -> SmsSender:
        """Keep one; an empty secret keeps the one that is there."""
        ...

    def turn(self, shop: str, on_since: datetime | None) -> None:
        """Have text messages leave from an instant on, or none at all."""
        ...


class SmsShelf(Protocol):
    """What became of text messages, and who wants none."""

    def handed(self, name: str, outcome: Outcome, parts: int, now: datetime) -> None:
        """Note the provider's own id of a message, its parts and what they cost; or that its buyer wants none."""
        ...

    def is_stopped(self, name: str) -> bool:
        """Whether the buyer of the message of this name wants no text messages by now."""
        ...

    def phone_of(self, case: int) -> str:
        """Give the number of a case's buyer; "" where none is known."""
        ...

    def wants_none(self, merchant: str, phone: str) -> bool:
        """Whether a number wants no text messages of a merchant."""
        ...


class SmsInShelf(Protocol):
    """What providers told, and what buyers wrote back."""

    def together(self) -> AbstractContextManager[None]:
        """Hold a transaction: what is done within is done as a whole or not at all."""
        ...

    def receipt(self, shop: int, receipt: SmsReceipt, now: datetime) -> tuple[int, int] | None:
        """Note what became of a message; its case and its number where that settles that it arrived after all."""
        ...

    def to_ask(self, now: datetime, most: int) -> Sequence[AskAfter]:
        """Take messages that are to be asked after now, and put each off until the next time."""
        ...

    def keep(self, shop: int, one: SmsIn, now: datetime) -> int | None:
        """Keep one that came in as waiting; None where it is kept already."""
        ...

    def heed(self, merchant: str, phone: str, wish: str, now: datetime) -> None:
        """Send a number no more messages of a merchant (stop), or some again (start)."""
        ...

    def wants_none(self, merchant: str, phone: str) -> bool:
        """Whether a number wants no text messages of a merchant."""
        ...

    def place(self, merchant: str, phone: str) -> int | None:
        """Give the case that a number writes about: that of our last message to it, else its only open one; None where nobody can tell."""
        ...

    def settle(self, number: int, state: str, case: int | None, by: str) -> None:
        """Say what became of one that came in."""
        ...

    def get(self, number: int) -> KeptSms | None:
        """Give one."""
        ...

    def waiting(self, merchants: Merchants, most: int) -> Sequence[KeptSms]:
        """Give those that wait for a person, oldest first."""
        ...

    def is_of(self, case: int, merchant: str) -> bool:
        """Whether a case is one of a merchant's."""
        ...
