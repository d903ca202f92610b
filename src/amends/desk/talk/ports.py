"""What the verbs on mail that leaves need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from amends.facts.outgoing import Bounce, Claim, Letter, Outcome, PostView, Sender, SenderKeys
from amends.facts.people import Merchants

S = TypeVar("S", contravariant=True)
Hand = Callable[[SenderKeys, Letter, Callable[[], bool]], Outcome]
"""Hands a letter to a mail server: keys, the letter, and what to ask right before its text goes out."""


class Senders(Protocol):
    """By which server each shop writes."""

    def seen_by(self, merchants: Merchants) -> Sequence[Sender]:
        """Give one for every shop of these merchants, filled in or not."""
        ...

    def of_shop(self, number: int) -> Sender | None:
        """Give that of a shop by the shop's number."""
        ...

    def keys(self, shop: str) -> SenderKeys | None:
        """Give how a shop's server is spoken to; None where nothing was filled in."""
        ...

    def save(self, sender: Sender, password: str, by: str, at: datetime) -> Sender:
        """Keep one; an empty password keeps the one that is there."""
        ...

    def turn(self, shop: str, on_since: datetime | None) -> None:
        """Have a shop's letters leave from an instant on, or none at all."""
        ...

    def ready(self, now: datetime) -> Sequence[Sender]:
        """Give those that are on and not resting after a fault."""
        ...

    def rested(self, shop: str, until: datetime | None, fault: str) -> None:
        """Note how a server did: a fault has it rest; "" and None clear it."""
        ...


class Posts(Protocol):
    """What leaves, each once, by whatever way."""

    def claim(self, shops: Sequence[str], now: datetime, until: datetime, still: Collection[str] = ()) -> Claim | None:
        """Take the next mail of these shops that is due, held until then. `still`: shops whose house keeps still in this hour."""
        ...

    def point(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Note that its text goes out now; False where it is no longer this worker's."""
        ...

    def settle(self, claim: Claim, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> bool:
        """Write how the try ended; False where it is no longer this worker's."""
        ...

    def lost(self, now: datetime, most: int) -> int:
        """Have mails whose worker died while their text went out count as unsure; how many."""
        ...

    def untold(self, most: int) -> Sequence[PostView]:
        """Give troubled mails of which their case was not told."""
        ...

    def mark_told(self, number: int) -> bool:
        """Note that the case was told; False where it was already."""
        ...

    def bounced(self, bounce: Bounce, now: datetime) -> bool:
        """Note what a mail server told of one of ours; whether there is such a mail."""
        ...

    def arrived(self, names: Sequence[str], now: datetime) -> None:
        """Note that mails with these ids arrived, for they were answered."""
        ...

    def get(self, number: int) -> PostView | None:
        """Give one."""
        ...

    def listed(self, merchants: Merchants, state: str, before: int, most: int, way: str = "") -> Sequence[PostView]:
        """Give mails and texts in a state, by a way ("": any), the newest first, with numbers below `before` (0: from the newest)."""
        ...

    def counts(self, merchants: Merchants) -> Mapping[tuple[str, str], int]:
        """Give how many there are by way and state."""
        ...

    def again(self, number: int, now: datetime) -> bool:
        """Have one sent again, by a person's word; False where it is not in trouble."""
        ...

    def why_not_again(self, number: int) -> Literal["", "stopped", "no_consent"]:
        """Why one may not be sent again whoever asks: the buyer wants no text messages, or no advertising; "" where it may."""
        ...

    def say(self, number: int, state: str, now: datetime) -> bool:
        """Settle a troubled one by a person's word: sent or dropped. False where it is not in trouble."""
        ...

    def address_of(self, case: int) -> str:
        """Give the mail address of a case's buyer; "" where none is known."""
        ...

    def all_well(self, case: int) -> bool:
        """Whether no mail of a case is in trouble."""
        ...


class PlatformPosts(Protocol):
    """What is said to buyers on platforms."""

    def listed(self, merchants: Merchants, state: str, before: int, most: int) -> Sequence[PostView]:
        """Give messages in a state ("": any), the newest first, with numbers below `before` (0: from the newest)."""
        ...

    def counts(self, merchants: Merchants) -> Mapping[str, int]:
        """Give how many there are by state."""
        ...


class LetterBox(Posts, Protocol[S]):
    """What leaves by one way. `S`: how a shop sends by it."""

    def gather(self, sender: S, now: datetime, *, quiet: bool, most: int) -> int:
        """Make mails of what waits and may leave, one a case; how many. `quiet`: only for cases where something cannot wait."""
        ...
