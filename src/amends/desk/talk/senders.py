"""The verbs on senders: by which server and under which address a shop writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.talk.ports import Senders
from amends.facts.outgoing import SECURITIES, Letter, Outcome, Sender, SenderKeys, UnableToAddress, plain_address
from amends.facts.people import Person

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class Server(Protocol):
    """A mail server, spoken to."""

    def __call__(self, keys: SenderKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        """Hand it a letter."""
        ...

    def try_keys(self, keys: SenderKeys) -> Outcome:
        """Sign in and go; `sent` where that works."""
        ...


@dataclass(frozen=True, slots=True)
class SenderDesk:
    """The verbs. `draw` gives a random word, for the id of a mail that tries the way."""

    senders: Senders
    server: Server
    draw: Callable[[], str]
    now: Callable[[], datetime]

    def all(self, person: Person) -> Sequence[Sender]:
        """One for every shop of the person's merchants. Raises `UnableToSet`."""
        if not person.may("settings"):
            raise UnableToSet("Managers set how mail leaves.", "发信设置由店长及以上角色管理。")
        return self.senders.seen_by(person.merchants)

    def get(self, number: int, person: Person) -> Sender:
        """That of one shop. Raises `UnableToSet`."""
        found = self.senders.of_shop(number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToSet("There is no such shop.", "没有这个店铺。")
        check_may_set(person, found.merchant)
        return found

    def save(self, typed: Sender, password: str, person: Person) -> Sender:
        """Keep how a shop writes. Raises `UnableToSet` naming the field at fault."""
        kept = self.get(typed.number, person)
        sure = replace(typed, shop=kept.shop, merchant=kept.merchant)
        _check_server(sure)
        _check_words(sure)
        same = kept.has_password and (kept.host, kept.user) == (sure.host, sure.user)
        if sure.user and not password and not same:
            raise UnableToSet("password: this is needed", "password：请填写密码或授权码", "password")
        return self.senders.save(sure, password, person.name, self.now())

    def turn(self, number: int, person: Person, *, on: bool) -> None:
        """Have the shop's letters leave from now on, or none. Raises `UnableToSet`."""
        kept = self.get(number, person)
        if on and not kept.is_set:
            raise UnableToSet(
                "host: fill in the server and the address first", "host：请先填写服务器和发信地址", "host"
            )
        self.senders.turn(kept.shop, self.now() if on else None)

    def test(self, number: int, person: Person, to: str) -> Outcome:
        """Sign in, and send a mail to `to` where one is given. Raises `UnableToSet`."""
        kept = self.get(number, person)
        keys = self.senders.keys(kept.shop)
        if keys is None:
            raise UnableToSet(
                "host: fill in the server and the address first", "host：请先填写服务器和发信地址", "host"
            )
        if not to.strip():
            return self.server.try_keys(keys)
        try:
            address = plain_address(to)
            host = kept.address.rpartition("@")[2]
            letter = Letter(
                f"<try-{self.draw()}@{host}>",
                kept.name or kept.shop,
                kept.address,
                address,
                _TRIED,
                _TRIED_TEXT,
                self.now(),
            )
        except UnableToAddress as fault:
            raise UnableToSet("to: a mail address such as you@shop.example", "to：请填写邮箱地址", "to") from fault
        return self.server(keys, letter, lambda: True)


_TRIED: Final = "发信测试 / Mail from your shop works"
_TRIED_TEXT: Final = (
    "这是一封发信测试邮件，收到即说明店铺可以发信。\n"
    "This mail tries how your shop writes. Mail to buyers leaves the same way."
)


def _check_server(one: Sender) -> None:
    for name, value in (("host", one.host), ("address", one.address)):
        if not value.strip() or any(letter in value for letter in "\r\n\x00 "):
            raise UnableToSet(f"{name}: this is needed, on one line", f"{name}：必填，且不能换行", name)
    if not 1 <= one.port <= 65_535:
        raise UnableToSet(
            "port: a number from 1 to 65535, usually 465 or 587", "port：1 到 65535 的端口，通常为 465 或 587", "port"
        )
    if one.security not in SECURITIES:
        raise UnableToSet("security: tls, starttls or none", "security：请选择 TLS、STARTTLS 或不加密", "security")
    if one.security == "none" and one.host not in _LOOPBACK:
        raise UnableToSet(
            "security: unencrypted, letters and the password could be read on the way; only a server on this machine may do without",
            "security：不加密会泄露密码和内容；仅本机服务器可以不加密",
            "security",
        )


def _check_words(one: Sender) -> None:
    try:
        plain_address(one.address)
    except UnableToAddress as fault:
        raise UnableToSet(
            "address: a mail address such as service@shop.example",
            "address：请填写邮箱地址，如 service@shop.example",
            "address",
        ) from fault
    if any(not letter.isprintable() for letter in one.name):
        raise UnableToSet("name: plain words on one line", "name：只能是一行文字", "name")
    for name, hour in (("quiet_from", one.quiet_from), ("quiet_to", one.quiet_to)):
        if hour is not None and not 0 <= hour <= 23:
            raise UnableToSet(f"{name}: an hour from 0 to 23", f"{name}：0 到 23 点", name)
    if (one.quiet_from is None) != (one.quiet_to is None):
        raise UnableToSet("quiet_to: give both hours, or neither", "quiet_to：请同时填写起止时间，或都留空", "quiet_to")
