"""The runner of labels and collections: the intent is written before the call, the receipt after; unknown is asked about, never bought
again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from amends.carry_out.booking_talks import Seller, asking, buying, giving_back, repeats
from amends.carry_out.points import reached
from amends.carry_out.runner import LEASE_SECONDS
from amends.carry_out.talk import counted
from amends.carry_out.wire import UnableToReach
from amends.facts.bookings import BookingClaim, BookingReceipt, BookingState, after
from amends.facts.channels import UnableToTalk
from amends.facts.labels import LabelReceipt
from amends.facts.wire import Seal, WireAnswer, WireRequest

T = TypeVar("T")
_FIRST: Final = 5
_LONGEST_WAIT: Final = timedelta(hours=6)
_MONEY_COMES: Final = timedelta(hours=12)
"""How long after a label was given back it is looked whether its money came."""
_ASKED: Final = 6
"""How often a seller without a guard of its own is asked in vain before a person has to look."""
_ASKED_ANY: Final = 12
_LOOK_THERE: Final = (
    "look at the seller's own console whether it was bought, then say so; it is not bought again before that"
)
_TALK: Final = "the answer cannot be read"
_log = logging.getLogger("amends.runner")


class Bookings(Protocol):
    """Bookings as rows. Every method is one transaction."""

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[BookingClaim]:
        """Lease at most `most` due bookings that nobody holds."""
        ...

    def sending(self, claim: BookingClaim, now: datetime) -> bool:
        """Write down, before the call, that it is made. False where the lease was lost or it was taken back: then do not call."""
        ...

    def asking(self, claim: BookingClaim, now: datetime) -> bool:
        """Count a question. False where the lease was lost."""
        ...

    def receive(
        self, claim: BookingClaim, receipt: BookingReceipt, now: datetime, again_at: datetime | None
    ) -> BookingState:
        """Write down what came back, and when to look again. Frees the lease."""
        ...


class Speak(Protocol):
    """Drives a talk over the wire. Raises `UnableToReach`, and what the talk raises."""

    def __call__(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """Give the talk's result."""
        ...


@dataclass(frozen=True, slots=True)
class BookingRunner:
    """Buys what is due, and gives back. `owner` names this worker; `now` and `nonce` are the clock and chance of the process."""

    owner: str
    bookings: Bookings
    sellers: Mapping[str, Seller]
    speak: Speak
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    lease_seconds: int = LEASE_SECONDS

    def run_due(self, most: int = 10) -> int:
        """Work on what is due, at most so many; how many there were. One that goes wrong keeps no other waiting."""
        claims = self.bookings.claim(self.owner, self.now(), self.lease_seconds, most)
        reached("booking claimed")
        for claim in claims:
            try:
                self.work(claim)
            except Exception:  # noqa: BLE001 - one booking's fault must not end the others' round; it is logged
                _log.exception("booking %s could not be worked on; it is taken up again later", claim.booking.number)
        return len(claims)

    def work(self, claim: BookingClaim) -> BookingState | None:
        """Buy, ask about or give back one claimed booking. None where another worker has taken it over, or it was taken back."""
        seller = self.sellers.get(claim.booking.network)
        if seller is None:
            fault = LabelReceipt("unknown", code="no_network", message="this network is not in carriers.yaml any more")
            return self._receive(claim, BookingReceipt(fault, claim.may_send, alarm=fault.message))
        if claim.booking.state in ("void_wanted", "voiding"):
            return self._give_back(claim, seller)
        return self._buy(claim, seller) if claim.may_send else self._ask(claim, seller)

    def _buy(self, claim: BookingClaim, seller: Seller) -> BookingState | None:
        if not self.bookings.sending(claim, self.now()):
            return None
        reached("booking sending")
        one = claim.booking
        said, calls = self._said(buying(seller, one, self._seal()))
        never = said.code == "unreached" and calls == 1
        if (
            not calls and one.sends and said.outcome == "failed"
        ):  # not asked for again, but an earlier call may have booked it
            said = replace(said, outcome="unknown")
        reached("booking answered")
        # a plain refusal to listen (`absent`), or a first request that surely never left, was no purchase
        return self._receive(claim, BookingReceipt(said, may_send=never or said.outcome == "absent"))

    def _ask(self, claim: BookingClaim, seller: Seller) -> BookingState | None:
        if not self.bookings.asking(claim, self.now()):
            return None
        reached("booking asking")
        one = claim.booking
        said, _ = self._said(asking(seller, one, self._seal()))
        reached("booking answered")
        if said.outcome == "absent" and repeats(seller, one, self.now()):
            return self._receive(claim, BookingReceipt(said, may_send=True))
        asks = one.asks + 1
        if said.outcome in ("absent", "unknown") and asks >= (_ASKED if said.outcome == "absent" else _ASKED_ANY):
            return self._receive(claim, BookingReceipt(said, person=True, alarm=_LOOK_THERE))
        return self._receive(claim, BookingReceipt(said))

    def _give_back(self, claim: BookingClaim, seller: Seller) -> BookingState | None:
        """Giving back can be asked for again and again: the seller answers how far it is."""
        if not self.bookings.asking(claim, self.now()):
            return None
        reached("booking asking")
        said, _ = self._said(giving_back(seller, claim.booking, self._seal()))
        reached("booking answered")
        return self._receive(claim, BookingReceipt(said))

    def _said(self, told: Generator[WireRequest, WireAnswer, LabelReceipt]) -> tuple[LabelReceipt, int]:
        """The receipt of a talk, and how many requests it made. Whatever went wrong leaves the outcome unknown."""
        calls: list[WireRequest] = []
        try:
            return self.speak(counted(told, calls)), len(calls)
        except UnableToReach as fault:
            code = "no_answer" if fault.sent else "unreached"
            return LabelReceipt("unknown", code=code, message=str(fault)), len(calls)
        except UnableToTalk as fault:
            return LabelReceipt("unknown", code=fault.code or fault.why, message=str(fault)), len(calls)
        except Exception:  # noqa: BLE001 - a defect says nothing of the label; it is logged and asked about
            _log.exception("a talk about a label ended in a fault")
            return LabelReceipt("unknown", code="defect", message=_TALK), len(calls)

    def _seal(self) -> Seal:
        return Seal(self.now(), self.nonce())

    def _receive(self, claim: BookingClaim, receipt: BookingReceipt) -> BookingState:
        now = self.now()
        state = self.bookings.receive(claim, receipt, now, again_at(claim, receipt, now))
        reached("booking received")
        return state


def again_at(claim: BookingClaim, receipt: BookingReceipt, now: datetime) -> datetime | None:
    """When to look at it again: doubling waits up to six hours; half a day for money that is to come. None once it is settled."""
    state = after("sent" if claim.booking.state == "wanted" else claim.booking.state, receipt)
    if state == "voiding":
        return now + _MONEY_COMES
    if state in ("booked", "failed", "person", "voided", "kept"):
        return None
    tries = claim.booking.asks + claim.booking.sends
    return now + min(_LONGEST_WAIT, timedelta(seconds=_FIRST * 2 ** min(tries, 14)))
