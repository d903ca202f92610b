"""Taking in what gateways tell: kept first, answered fast, applied once, replayable by hand."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.ports import Inbox
from amends.facts.inbox import KEPT_HEADERS, KeptNotice, NoticeState
from amends.facts.people import SYSTEM, Person
from amends.facts.rulebook import Says
from amends.facts.wire import Gateway, UnableToTrustNotice, WireAnswer

UNTRUSTED: Final = WireAnswer(401, {"content-type": "text/plain"}, b"not trusted")
_log = logging.getLogger("amends.inbox")


class UnableToReplay(ValueError):
    """A notice cannot be applied again; `says` tells why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class NoticeDesk:
    """The verbs of the inbox. `gateways`: those that send notices, by name."""

    inbox: Inbox
    gateways: Mapping[str, Gateway]
    now: Callable[[], datetime]

    def take(self, source: str, headers: Mapping[str, str], body: bytes) -> WireAnswer | None:
        """The answer for the sender; None where no such gateway is configured.

        What cannot be trusted is kept as refused and answered 401. What can is kept before anything is made of it; what goes
        wrong after that is no matter of the sender's: the notice stays in the inbox and is worked on again.
        """
        gateway = self.gateways.get(source)
        if gateway is None:
            return None
        now = self.now()
        kept_headers = {name: value for name, value in headers.items() if name in KEPT_HEADERS}
        try:
            notices = gateway.read_notice(headers, body, now)
        except UnableToTrustNotice as fault:
            self.inbox.refuse(source, _digest(body), kept_headers, body, str(fault), now)
            return UNTRUSTED
        for notice in notices:
            kept = self.inbox.put(source, notice.id, notice.kind, kept_headers, body, now)
            try:
                self.inbox.apply(kept.number, notice, now)
            except Exception:  # noqa: BLE001 - it is kept, and the runner comes back to it
                _log.exception("notice %s of %s could not be applied; it stays in the inbox", notice.id, source)
        return gateway.answer_notice()

    def replay(self, number: int, person: Person) -> NoticeState:
        """Apply a kept notice once more, by hand or by the runner. Raises `UnableToReplay` for what was never trusted."""
        kept = self.inbox.notice(number, person.merchants)
        if kept is None:
            raise UnableToReplay(f"there is no notice {number}", f"没有通知 {number}")
        if kept.state == "refused":
            raise UnableToReplay(
                f"notice {number} was never trusted: {kept.reason}", f"通知 {number} 未通过验证：{kept.reason}"
            )
        gateway = self.gateways.get(kept.source)
        if gateway is None:
            raise UnableToReplay(
                f"no gateway {kept.source!r} is configured any more", f"支付渠道 {kept.source!r} 已不在配置中"
            )
        for notice in gateway.read_notice(kept.headers, kept.body, kept.at):
            if notice.id == kept.name:
                return self.inbox.apply(number, notice, self.now())
        raise UnableToReplay(
            f"notice {number} does not hold {kept.name!r} any more", f"通知 {number} 中已没有 {kept.name!r}"
        )

    def catch_up(self) -> int:
        """Apply what was kept but not worked on yet; how many there were."""
        waiting = self.inbox.waiting(SYSTEM.merchants)
        for kept in waiting:
            try:
                self.replay(kept.number, SYSTEM)
            except (UnableToReplay, UnableToTrustNotice) as fault:
                _log.warning("notice %s of %s stays in the inbox: %s", kept.name, kept.source, fault)
        return len(waiting)

    def exceptions(self, person: Person) -> list[KeptNotice]:
        """What a person must look at of their merchants: exceptions and what was refused, oldest first."""
        return list(self.inbox.waiting(person.merchants, ("exception", "refused")))


def _digest(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()
