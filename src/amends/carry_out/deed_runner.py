"""The runner of deeds: one claimed deed at a time. The intent is written before the call, the receipt after; unknown is asked about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from amends.carry_out.points import reached
from amends.carry_out.ports import Deeds, Speaks
from amends.carry_out.runner import ASKS_BEFORE_ALARM, LEASE_SECONDS
from amends.carry_out.talk import counted
from amends.carry_out.wire import UnableToReach
from amends.facts.channels import Channel, UnableToTalk
from amends.facts.connections import Reached
from amends.facts.deed_work import DeedClaim, DeedState
from amends.facts.deeds import DeedFile, DeedReceipt
from amends.facts.wire import Seal, WireAnswer, WireRequest

_FIRST: Final = 5
_AGAIN: Final = 60
_LONGEST_WAIT: Final = timedelta(hours=6)
_NO_RECORD: Final = "this platform keeps no record of it; look there whether it was done, then say so"
_OVER: Final = frozenset({"done", "failed", "stale", "person"})
_log = logging.getLogger("amends.runner")


class DeedCrew(Protocol):
    """Several hands that work side by side, such as an executor of threads."""

    def map(
        self, work: Callable[[DeedClaim], DeedState | None], claims: Iterable[DeedClaim]
    ) -> Iterable[DeedState | None]:
        """What came of each claim."""
        ...


@dataclass(frozen=True, slots=True)
class DeedRunner:
    """Carries out due deeds. `owner` names this worker; `now` and `nonce` are the clock and chance of the process.

    `reach` takes a connection's number and gives it with its keys opened. `files` takes a case and the SHA-256 of files on its shelf, and
    gives those that are there. Whatever goes wrong with one deed is written on that deed; no other waits for it.
    """

    owner: str
    deeds: Deeds
    channels: Mapping[str, Channel]
    reach: Callable[[int], Reached | None]
    files: Callable[[int, Sequence[str]], tuple[DeedFile, ...]]
    speaks: Speaks
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    crew: DeedCrew | None = None
    lease_seconds: int = LEASE_SECONDS

    def run_due(self, most: int = 20) -> int:
        """Carry out what is due, at most so many deeds; the number of deeds that were worked on."""
        claims = self.deeds.claim(self.owner, self.now(), self.lease_seconds, most)
        reached("deed claimed")
        work = map(self._safely, claims) if self.crew is None else self.crew.map(self._safely, claims)
        return len(list(work))

    def _safely(self, claim: DeedClaim) -> DeedState | None:
        try:
            return self.work(claim)
        except Exception:  # noqa: BLE001 - one deed's fault must not end the others' round; it is logged
            _log.exception(
                "deed %s could not be worked on; it is taken up again when its lease has run out", claim.number
            )
            return None

    def work(self, claim: DeedClaim) -> DeedState | None:
        """Carry out one claimed deed. None where another worker has taken it over, or it was taken back."""
        try:
            there = self.reach(claim.connection)
        except Exception as fault:  # noqa: BLE001 - whatever keeps the keys from us, nothing was sent
            return self._receive(claim, _held("no_keys", f"the keys cannot be opened: {fault}"))
        channel = self.channels.get(there.connection.channel) if there else None
        if there is None or channel is None:
            return self._receive(claim, _held("not_connected", "there is no channel for this connection"))
        if not claim.may_send:
            return self._ask(claim, channel, there)
        if not there.connection.may_act or claim.deed.action not in channel.can.actions:
            code = "may_not_act" if claim.deed.action in channel.can.actions else "by_person"
            return self._receive(claim, DeedReceipt("person", code=code))
        files = self.files(claim.case, claim.proof)
        if not self.deeds.sending(claim, self.now()):
            return None
        reached("deed sending")
        deed = replace(claim.deed, files=files)
        receipt = self._said(there, channel.act(there.access, deed, self._seal()), acts=True)
        reached("deed answered")
        return self._receive(claim, receipt)

    def _ask(self, claim: DeedClaim, channel: Channel, there: Reached) -> DeedState | None:
        if not self.deeds.asking(claim, self.now()):
            return None
        reached("deed asking")
        receipt = self._said(there, channel.acted(there.access, claim.deed, self._seal()), acts=False)
        if receipt.outcome == "unknown" and claim.deed.action in channel.can.unasked and not receipt.alarm:
            receipt = replace(receipt, alarm=_NO_RECORD)
        reached("deed answered")
        return self._receive(claim, receipt)

    def _seal(self) -> Seal:
        return Seal(self.now(), self.nonce())

    def _said(
        self, there: Reached, told: Generator[WireRequest, WireAnswer, DeedReceipt], *, acts: bool
    ) -> DeedReceipt:
        """The receipt of a talk. Only where its very first request surely never left was nothing done; else the outcome is unknown."""
        calls: list[WireRequest] = []
        try:
            return self.speaks(there, counted(told, calls))
        except UnableToReach as fault:
            never = acts and len(calls) == 1 and not fault.sent
            return DeedReceipt("absent" if never else "unknown", code="no_answer", message=str(fault))
        except UnableToTalk as fault:
            code = fault.code or fault.why
            return DeedReceipt("unknown", code=code, message=str(fault), retry_after=fault.retry_after)
        except Exception as fault:  # noqa: BLE001 - a defect says nothing of the deed; it is logged and asked about
            _log.exception("a talk about a deed ended in a fault")
            return DeedReceipt("unknown", code="defect", message=str(fault), alarm=f"the channel failed: {fault}")

    def _receive(self, claim: DeedClaim, receipt: DeedReceipt) -> DeedState:
        now = self.now()
        state = self.deeds.receive(claim, told(claim, receipt), now, again_at(claim, receipt, now))
        reached("deed received")
        return state


def told(claim: DeedClaim, receipt: DeedReceipt) -> DeedReceipt:
    """The receipt, with an alarm where too many questions have brought no outcome."""
    if receipt.alarm or receipt.outcome in _OVER or claim.asks < ASKS_BEFORE_ALARM:
        return receipt
    return replace(receipt, alarm=f"no outcome after {claim.asks} questions; look at the platform's own console")


def again_at(claim: DeedClaim, receipt: DeedReceipt, now: datetime) -> datetime | None:
    """When to look at the deed again: the platform's own wish, else doubling waits up to six hours. None once it is settled."""
    if receipt.outcome in _OVER:
        return None
    if receipt.retry_after is not None:
        return now + timedelta(seconds=max(1, receipt.retry_after))
    tries = claim.asks if receipt.outcome != "absent" else claim.sends
    return now + min(_LONGEST_WAIT, timedelta(seconds=_FIRST * 2 ** min(tries, 16)))


def _held(code: str, alarm: str) -> DeedReceipt:
    """Nothing was sent: the deed stays as it is and is looked at again in a while."""
    return DeedReceipt("unknown", code=code, message=alarm, retry_after=_AGAIN, alarm=alarm[:300])
