"""Doing on platforms and paying by them: the runner of deeds, the way of money by the shop's own channel, and which shops go by it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from amends.carry_out.deed_runner import DeedCrew, DeedRunner
from amends.carry_out.platform_pay import PlatformPay
from amends.carry_out.ports import Speaks
from amends.carry_out.runner import LEASE_SECONDS
from amends.facts.channels import Channel
from amends.facts.connections import Reached
from amends.facts.deeds import DeedFile
from amends.facts.wire import BY_SHOP
from amends.wiring.beside import Hand
from amends.wiring.channel_desk import asking, speech
from amends.wiring.channels import BY_NAME
from amends.wiring.clock import now
from amends.wiring.ways import Ways

OWN_TILL: Final = frozenset({"shopify", "woocommerce", "medusa"})
"""Shops of one's own. Their balance is the house's store credit; on a marketplace it is the marketplace's."""
METHODS: Final = ("card", "alipay", "wechat_pay", "paypal", "gift_card", "platform")
"""What a shop's own system gives back, whichever way the buyer paid; cash, bank transfers and points stay with a person."""


_AT_A_TIME: Final = 2


@cache
def own_speech() -> Speaks:
    """What this process speaks to platforms with: one, so that the pace of each connection is kept."""
    return speech()


def routes_of(ways: Ways, channels: Mapping[str, Channel] = BY_NAME) -> Callable[[str], Mapping[str, str]]:
    """The gateway of each payment method of a shop: by its own platform where that pays and is allowed to, unless the shop's own routes
    say otherwise."""

    def routes(shop: str) -> Mapping[str, str]:
        return {**ways.default, **by_platform(shop, channels), **ways.shops.get(shop, {})}

    return routes


def by_platform(shop: str, channels: Mapping[str, Channel]) -> Mapping[str, str]:
    """The methods of a shop that its own platform gives back; none where it may not pay."""
    from amends.store.connections import paying_channel

    channel = channels.get(paying_channel(shop))
    if channel is None or not channel.can.pays:
        return {}
    return dict.fromkeys(METHODS if channel.name in OWN_TILL else (*METHODS, "balance"), BY_SHOP)


def platform_pay(channels: Mapping[str, Channel] = BY_NAME, speaks: Speaks | None = None) -> PlatformPay:
    """The way by the shop's own channel, over the database that Django was made ready for."""
    from amends.store.connections import DatabaseConnections

    reach = _reaching(channels, speaks)

    def of_shop(shop: str) -> Reached | None:
        found = DatabaseConnections().of_shop(shop)
        return reach(found.number) if found else None

    return PlatformPay(of_shop, channels, speaks or own_speech())


def build_deed_runner(
    data: Path | None = None,
    channels: Mapping[str, Channel] = BY_NAME,
    speaks: Speaks | None = None,
    crew: DeedCrew | None = None,
    lease_seconds: int = LEASE_SECONDS,
) -> DeedRunner:
    """The runner of deeds over the database that Django was made ready for. `data`: the folder with the files of evidence."""
    from amends.store.deed_book import DatabaseDeeds

    return DeedRunner(
        f"{os.uname().nodename}:{os.getpid()}",
        DatabaseDeeds(),
        channels,
        _reaching(channels, speaks),
        _files_in(data),
        speaks or own_speech(),
        now,
        lambda: secrets.token_hex(16),
        crew,
        lease_seconds,
    )


class Hands:
    """Several hands, each of which carries out due deeds whenever it is woken."""

    def __init__(self, runner: DeedRunner, many: int) -> None:
        self._hands = [Hand(lambda: bool(runner.run_due(_AT_A_TIME)), f"deeds {place + 1}") for place in range(many)]

    def look(self) -> None:
        """Wake all of them; returns at once."""
        for hand in self._hands:
            hand.look()


def deed_hands(data: Path | None, many: int = 4) -> Hands:
    """The hands of this process. They may be cut off anywhere: what was sent is asked about."""
    return Hands(build_deed_runner(data), many)


def _reaching(channels: Mapping[str, Channel], speaks: Speaks | None) -> Callable[[int], Reached | None]:
    """Opens a connection's keys, renewed where they are about to run out."""

    def reach(number: int) -> Reached | None:
        asks = asking(speaks or own_speech(), channels)
        found = asks.connections.reach(number)
        channel = channels.get(found.connection.channel) if found else None
        return asks.in_time(found, channel) if found and channel else found

    return reach


def _files_in(data: Path | None) -> Callable[[int, Sequence[str]], tuple[DeedFile, ...]]:
    """Gives files of a case's shelf that go with a deed; those that are not there are left out."""

    def files(case: int, proof: Sequence[str]) -> tuple[DeedFile, ...]:
        if data is None or not proof:
            return ()
        from amends.wiring.portal import evidence_shelf

        shelf = evidence_shelf(data)
        pieces = {one.sha256: one for one in shelf.of_case(case)}
        found = []
        for sha256 in dict.fromkeys(proof):
            if (piece := pieces.get(sha256)) is not None:
                with shelf.original(sha256) as file:
                    found.append(DeedFile(piece.name, piece.mime, file.read()))
        return tuple(found)

    return files
