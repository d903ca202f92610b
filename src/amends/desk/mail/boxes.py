"""The verbs on mailboxes: kept, tried, put to rest, read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from amends.desk.mail.desk import MailDesk
from amends.desk.mail.ports import Mailboxes, OpenedMailbox
from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.facts.mail import Mailbox, MailboxKeys, UnableToOpenMailbox
from amends.facts.people import Person

EVERY: Final = timedelta(seconds=60)
LONGEST: Final = timedelta(minutes=30)
_AT_A_TIME: Final = 50
_LEASE: Final = 600
_log = logging.getLogger("amends.mail")
Open = Callable[[MailboxKeys], AbstractContextManager[OpenedMailbox]]


@dataclass(frozen=True, slots=True)
class MailboxDesk:
    """The verbs. `open_mailbox` opens one for reading; `merchants` gives the names of all there are."""

    boxes: Mailboxes
    mails: MailDesk
    open_mailbox: Open
    now: Callable[[], datetime]
    merchants: Callable[[], Sequence[str]]

    def mailboxes(self, person: Person) -> Sequence[Mailbox]:
        """The mailboxes of the person's merchants. Raises `UnableToSet`."""
        if not person.may("settings"):
            raise UnableToSet("Managers set mailboxes.", "邮箱由店长及以上角色设置。")
        return self.boxes.seen_by(person.merchants)

    def get(self, number: int, person: Person) -> Mailbox:
        """One of them. Raises `UnableToSet`."""
        found = self.boxes.get(number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToSet("There is no such mailbox.", "没有这个邮箱。")
        check_may_set(person, found.merchant)
        return found

    def save(self, number: int | None, merchant: str, keys: MailboxKeys, person: Person) -> Mailbox:
        """Keep a mailbox. Raises `UnableToSet` naming the field at fault."""
        kept = None if number is None else self.get(number, person)
        check_may_set(person, merchant, self.merchants())
        for name, value in (("host", keys.host), ("user", keys.user), ("folder", keys.folder)):
            if not value.strip() or any(letter in value for letter in "\r\n\x00"):
                raise UnableToSet(f"{name}: this is needed, on one line", f"{name}：必填，且不能换行", name)
        if not 1 <= keys.port <= 65_535:
            raise UnableToSet(
                "port: a number from 1 to 65535, usually 993", "port：1 到 65535 的端口，通常为 993", "port"
            )
        if not keys.password and (kept is None or not kept.has_password):
            raise UnableToSet("password: this is needed", "password：请填写密码或授权码", "password")
        if not keys.tls and keys.host not in ("127.0.0.1", "localhost", "::1"):
            raise UnableToSet(
                "tls: without it the password could be read on the way; only a server on this machine may do without",
                "tls：不加密会泄露密码；仅本机服务器可以关闭",
                "tls",
            )
        try:
            return self.boxes.save(number, merchant, keys, person.name, self.now())
        except ValueError as fault:
            raise UnableToSet("host: this mailbox is there already", "host：该邮箱已经添加", "host") from fault

    def test(self, number: int, person: Person) -> int:
        """Open it; the number of the last mail that is there. Raises `UnableToOpenMailbox` and `UnableToSet`."""
        kept = self.get(number, person)
        keys = self.boxes.keys(kept.number)
        assert keys is not None
        with self.open_mailbox(keys) as box:
            return box.last()

    def set_state(self, number: int, state: str, person: Person) -> None:
        """Turn it on, or have it rest. Raises `UnableToSet`."""
        kept = self.get(number, person)
        if state not in ("on", "paused"):
            raise UnableToSet("state: on or paused", "state：只能是 on 或 paused", "state")
        self.boxes.set_state(kept.number, state, self.now())

    def forget(self, number: int, person: Person) -> None:
        """Remove it. Raises `UnableToSet`."""
        self.boxes.forget(self.get(number, person).number)

    def look(self) -> int:
        """Read every mailbox that is due; how many mails were new. One that fails keeps no other waiting."""
        return sum([self._read(one) for one in self.boxes.due(self.now(), _LEASE)])

    def _read(self, one: Mailbox) -> int:
        try:
            many = self._new_mails(one)
        except UnableToOpenMailbox as fault:
            wait = min(LONGEST, EVERY * 2 ** min(one.faults, 8))
            self.boxes.rested(one.number, self.now() + wait, self.now(), f"{fault.why}: {fault}"[:300])
            return 0
        except Exception as fault:  # noqa: BLE001 - one mailbox must not stop the others; it is logged and tried again
            _log.exception("mailbox %s could not be read", one.number)
            self.boxes.rested(one.number, self.now() + LONGEST, self.now(), f"strange: {fault}"[:300])
            return 0
        again = self.now() if many >= _AT_A_TIME else self.now() + EVERY
        self.boxes.rested(one.number, again, self.now(), "")
        return many

    def _new_mails(self, one: Mailbox) -> int:
        keys, many = self.boxes.keys(one.number), 0
        assert keys is not None
        with self.open_mailbox(keys) as box:
            if not one.validity:  # seen for the first time: what lay there before is not ours to answer
                self.boxes.read(one.number, box.validity, box.last())
                return 0
            start = one.read_to if box.validity == one.validity else 0
            for arrived in box.since(start, _AT_A_TIME):
                many += self.mails.take(one, arrived.content, cut=arrived.cut)
                self.boxes.read(one.number, box.validity, arrived.uid)
        return many
