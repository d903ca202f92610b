"""What the verbs of mail need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from amends.facts.mail import CaseOfMail, KeptMail, Mail, Mailbox, MailboxKeys, OrderOfMail
from amends.facts.outgoing import Bounce
from amends.facts.people import Merchants


class Arrival(Protocol):
    """A mail as it lies in a mailbox."""

    @property
    def uid(self) -> int:
        """Its number there."""
        ...

    @property
    def content(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def cut(self) -> bool:
        """Whether that is its head alone."""
        ...


class OpenedMailbox(Protocol):
    """A mailbox that is open."""

    @property
    def validity(self) -> int:
        """Of the numbers in it."""
        ...

    def since(self, uid: int, most: int) -> Iterator[Arrival]:
        """Give the mails after a number, oldest first, so many at most. Raises `UnableToOpenMailbox`."""
        ...

    def last(self) -> int:
        """Give the highest number that is there."""
        ...


class Mailboxes(Protocol):
    """Mailboxes as they are kept. Every method is one transaction."""

    def save(self, number: int | None, merchant: str, keys: MailboxKeys, by: str, at: datetime) -> Mailbox:
        """Keep a new one, or other keys of one; an empty password keeps the old one. `ValueError` where another has this address."""
        ...

    def get(self, number: int) -> Mailbox | None:
        """Give one."""
        ...

    def seen_by(self, merchants: Merchants) -> Sequence[Mailbox]:
        """Give those of these merchants."""
        ...

    def keys(self, number: int) -> MailboxKeys | None:
        """Give how one is opened."""
        ...

    def set_state(self, number: int, state: str, at: datetime) -> None:
        """Turn it on or have it rest."""
        ...

    def forget(self, number: int) -> None:
        """Remove it with the mails that wait in it; messages on cases stay."""
        ...

    def due(self, now: datetime, lease_seconds: int) -> Sequence[Mailbox]:
        """Give those that are to be read now and take them for so long, so that no other worker does."""
        ...

    def read(self, number: int, validity: int, uid: int) -> None:
        """Note up to which mail it was read."""
        ...

    def rested(self, number: int, again_at: datetime, now: datetime, fault: str) -> None:
        """Note how a reading ended ("": well) and when the next is due."""
        ...


class Heard(Protocol):
    """Is told what mails that come in say about mails that left."""

    def bounced(self, bounce: Bounce, now: datetime) -> bool:
        """Note that a mail came back or is late; whether it is one of ours."""
        ...

    def arrived(self, names: Sequence[str], now: datetime) -> None:
        """Note that mails with these ids arrived, for they were answered."""
        ...


class MailShelf(Protocol):
    """Mails that were read, and what they may belong to."""

    def together(self) -> AbstractContextManager[None]:
        """Hold a transaction: what is done within is done as a whole or not at all."""
        ...

    def keep(self, mailbox: int, mail: Mail, raw: bytes, at: datetime) -> int | None:
        """Keep a mail as waiting; None where it is kept already."""
        ...

    def settle(
        self, number: int, state: str, case: int | None, reason: str, by: str, at: datetime, *, drop: bool
    ) -> None:
        """Say what became of a mail; with `drop` its bytes are let go."""
        ...

    def get(self, number: int) -> KeptMail | None:
        """Give one."""
        ...

    def raw(self, number: int) -> bytes | None:
        """Give one as it came, while that is kept."""
        ...

    def waiting(self, merchants: Merchants, most: int) -> Sequence[KeptMail]:
        """Give those that wait for a person, oldest first."""
        ...

    def waiting_count(self, merchants: Merchants, most: int) -> int:
        """Count those that wait, no further than `most`."""
        ...

    def is_ours(self, case: int, proof: str) -> bool:
        """Tell whether this house made the tag."""
        ...

    def case(self, number: int, merchant: str) -> CaseOfMail | None:
        """Give a case of a merchant by its number in this house."""
        ...

    def orders_of(self, merchant: str, sender: str) -> Sequence[OrderOfMail]:
        """Give the orders that were placed with this address, newest first, a few at most."""
        ...

    def cases_of(self, merchant: str, orders: Sequence[OrderOfMail]) -> Sequence[CaseOfMail]:
        """Give the cases about these orders, newest first."""
        ...

    def numbered(self, merchant: str, numbers: Sequence[str]) -> Sequence[CaseOfMail]:
        """Give the cases of a merchant with one of these numbers (theirs or of their order), newest first, a few at most."""
        ...
