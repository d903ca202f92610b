"""Handing mails to their servers, each once: what may have reached a server is never handed over again by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar

from amends.facts.outgoing import Claim, Letter, Outcome, retry_at

LEASE: Final = timedelta(minutes=10)
MOST: Final = 40
_LONGEST: Final = timedelta(minutes=30)
_ENDS: Final = {
    "sent": ("sent", ""),
    "refused": ("failed", "refused"),
    "unsure": ("unsure", "lost"),
    "bad": ("failed", "bad_address"),
    "stopped": ("failed", "stopped"),
}


class AnySender(Protocol):
    """How a shop sends, by whatever way."""

    @property
    def shop(self) -> str:
        """Whose it is."""
        ...

    @property
    def fault(self) -> str:
        """What is wrong with it; "" while all is well."""
        ...

    @property
    def faults(self) -> int:
        """How often in a row."""
        ...

    def is_quiet(self, hour: int) -> bool:
        """Whether the house keeps still in this hour."""
        ...


S = TypeVar("S", bound=AnySender)
K = TypeVar("K")
S_co = TypeVar("S_co", bound=AnySender, covariant=True)
K_co = TypeVar("K_co", covariant=True)


class ReadySenders(Protocol[S_co, K_co]):
    """Those that may send now, and their keys."""

    def ready(self, now: datetime) -> Sequence[S_co]:
        """Give those that are on and not resting after a fault."""
        ...

    def keys(self, shop: str) -> K_co | None:
        """Give how one is spoken to."""
        ...

    def rested(self, shop: str, until: datetime | None, fault: str) -> None:
        """Note how it did: a fault has it rest; "" and None clear it."""
        ...


class Outbox(Protocol):
    """Mails that wait to be handed over."""

    def claim(self, shops: Sequence[str], now: datetime, until: datetime) -> Claim | None:
        """Take the next mail of these shops that is due, held until then."""
        ...

    def point(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Note that its text goes out now; False where it is no longer this worker's."""
        ...

    def settle(self, claim: Claim, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> bool:
        """Write how the try ended; False where it is no longer this worker's."""
        ...


@dataclass(frozen=True, slots=True)
class Sending(Generic[S, K]):
    """Hands over what is due in an outbox. `bad`: what an address is called that cannot be written to."""

    senders: ReadySenders[S, K]
    outbox: Outbox
    hand: Callable[[K, Letter, Callable[[], bool]], Outcome]
    now: Callable[[], datetime]
    bad: str = "bad_address"

    def send(self) -> int:
        """Hand over what is due, a share of it at most; how much there was."""
        for sent in range(MOST):
            now = self.now()
            ready = {one.shop: one for one in self.senders.ready(now)}
            claim = self.outbox.claim(sorted(ready), now, now + LEASE) if ready else None
            if claim is None:
                return sent
            self._try(ready[claim.shop], claim)
        return MOST

    def _try(self, sender: S, claim: Claim) -> None:
        keys = self.senders.keys(sender.shop)
        assert keys is not None
        self._settle(sender, claim, self.hand(keys, claim.letter, lambda: self._point(claim)))

    def _point(self, claim: Claim) -> bool:
        now = self.now()
        return self.outbox.point(claim, now, now + LEASE)

    def _settle(self, sender: S, claim: Claim, outcome: Outcome) -> None:
        now = self.now()
        if outcome.server:
            wait = min(_LONGEST, timedelta(minutes=1) * 2 ** min(sender.faults, 8))
            self.senders.rested(sender.shop, now + wait, outcome.told)
        elif sender.fault:
            self.senders.rested(sender.shop, None, "")
        if outcome.end == "later":
            again = retry_at(claim.made_at, claim.tries, now)
            state, code = ("ready", "") if again else ("failed", "gave_up")
            self.outbox.settle(claim, state, code, outcome.told, now, again)
            return
        state, code = _ENDS[outcome.end]
        self.outbox.settle(claim, state, self.bad if code == "bad_address" else code, outcome.told, now, None)
