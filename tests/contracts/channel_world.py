"""A channel, its fake behind real HTTP, the real wire, and an ear for pushes: what the contract suite of channels runs in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.facts.channels import Access, Channel
from amends.facts.deeds import Action, Deed, DeedFile, DeedLine, DeedReceipt
from amends.facts.imported import ShopSetting
from amends.facts.platforms import Page, ToldCase, ToldOrder, Window
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.fakes.market import Asked, SoldOrder
from amends.fakes.platform import PlatformFake
from amends.fakes.platforms import PLATFORMS
from amends.fakes.server import Server, serving
from amends.wiring.channels import BY_NAME
from tests.contracts.gateway_world import Ear

NAMES = tuple(BY_NAME)
T = TypeVar("T")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64) + b"\xff\xd9"
# Platforms take a file's content, or the address at which it lies.
PROOF = DeedFile("proof.jpg", "image/jpeg", JPEG, "https://files.example/proof.jpg")
# Which request the buyer makes, and what happens before, so that an action is the merchant's turn.
BEFORE: dict[Action, tuple[str, tuple[str, ...]]] = {
    "agree_refund": ("refund_only", ()),
    "agree_return": ("return_refund", ()),
    "refuse": ("refund_only", ()),
    "confirm_receipt": ("return_refund", ("agree_return", "send_back")),
    "ship_replacement": ("exchange", ("agree_return", "send_back", "confirm_receipt")),
    "message": ("refund_only", ()),
    "give_evidence": ("refund_only", ("refuse", "step_in")),
    "extend": ("return_refund", ("agree_return",)),
    "intercept": ("refund_only", ()),
    "note": ("refund_only", ()),
}


@dataclass
class ChannelWorld:
    """One channel with everything around it."""

    name: str
    server: Server
    channel: Channel
    access: Access
    wire: Wire
    ear: Ear

    @property
    def fake(self) -> PlatformFake:
        """The platform's stand-in."""
        fake = self.server.fake
        assert isinstance(fake, PlatformFake)
        return fake

    def say(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk over the real wire."""
        return talk(self.wire, told)

    def page(self, since: datetime | None = None, until: datetime | None = None, cursor: str = "") -> Page:
        """One page of what changed, by default of the last days (as many as may be asked for) until a minute from now."""
        end = until or now() + timedelta(minutes=1)
        widest = self.channel.can.widest or timedelta(days=20)
        window = Window(since or end - widest, end, cursor)
        return self.say(self.channel.changed(self.access, window, seal()))

    def everything(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[list[ToldCase], list[ToldOrder]]:
        """All pages of what changed. The platform may bound a window: then it is walked in pieces."""
        at = now()
        begin, end = since or at - timedelta(days=20), until or at + timedelta(minutes=1)
        widest = self.channel.can.widest or end - begin
        cases: list[ToldCase] = []
        orders: list[ToldOrder] = []
        while begin < end:
            cursor, stop = "", min(end, begin + widest)
            while True:
                page = self.page(begin, stop, cursor)
                cases += page.cases
                orders += page.orders
                cursor = page.cursor
                if not cursor:
                    break
            begin = stop
        return cases, orders

    def one(self, number: str) -> ToldCase:
        """One case."""
        found = self.say(self.channel.one(self.access, number, seal()))
        assert found is not None
        return found

    def sold(self, **more: Any) -> SoldOrder:
        """An order at the fake."""
        return self.fake.sell(**more)

    def kind(self, wanted: str) -> str:
        """The kind of request that is wanted, or one that this platform knows instead."""
        known = self.channel.can.kinds
        return wanted if wanted in known else min(known & {"refund_only", "return_refund"})

    def asked(self, kind: str = "refund_only", **more: Any) -> Asked:
        """A fresh case about a fresh order."""
        return self.fake.ask(self.sold().number, self.kind(kind), **more)

    def deed(self, action: Action, case: Asked | None, **more: Any) -> Deed:
        """A deed on a case as it stands now, with everything that any platform might want."""
        number = case.number if case else ""
        order = self.fake.market.order(case.order) if case else None
        told = self.say(self.channel.one(self.access, number, seal())) if case and self.channel.can.cases else None
        given: dict[str, Any] = {
            "key": f"am{secrets.token_hex(15)}",
            "action": action,
            "case": number,
            "order": order.number if order else "",
            "kind": case.kind if case else "",
            "version": told.version if told else "",
            "currency": self.fake.currency,
            "text": "您好，已处理",
            "reason": self.reason(number) if action == "refuse" else "",
            "address": "9001" if action == "agree_return" else "",
            "carrier": "shunfeng" if action == "ship_replacement" else "",
            "waybill": "SF7700001" if action == "ship_replacement" else "",
            "files": (PROOF,) if action in ("refuse", "give_evidence") else (),
        }
        if action == "agree_refund" and case and order:
            given |= {
                "amount": case.amount,
                "payment": order.payment,
                "lines": (DeedLine(order.lines[0].id, 1, case.amount),),
            }
        return Deed(**{**given, **more})

    def reason(self, number: str) -> str:
        """A reason of the platform's list to refuse with, "" where it has none."""
        reasons = self.say(self.channel.refusal_reasons(self.access, number, seal()))
        return reasons[0].code if reasons else ""

    def ready(self, action: Action) -> Asked:
        """A case in which this action is the merchant's turn."""
        kind, before = BEFORE[action]
        case = self.asked(kind)
        for what in before:
            if what in ("send_back", "step_in"):
                self.fake.by_hand(case.number, what)
            else:
                self.fake.seller(case.number, what)
        return self.fake.market.case(case.number)

    def act(self, deed: Deed) -> DeedReceipt:
        """Do it over the real wire. Raises `UnableToReach`."""
        return self.say(self.channel.act(self.access, deed, seal()))

    def acted(self, deed: Deed) -> DeedReceipt:
        """Ask what became of it."""
        return self.say(self.channel.acted(self.access, deed, seal()))

    def refunded(self, case: Asked) -> int:
        """What has really gone back of the case's order."""
        return self.fake.ledger.moved(self.fake.market.order(case.order).payment)

    def heard_of(self, what: str) -> tuple[dict[str, str], bytes, str]:
        """The first push that is about a case (or an order), and what it says must be read again."""
        for many in range(1, 5):
            for headers, body in self.heard(many)[many - 1 :]:
                for told in self.channel.pushed(self.access, headers, body, now()):
                    if told.what == what:
                        return headers, body, told.number
        raise AssertionError(f"no push about a {what} came")

    def heard(self, many: int = 1) -> list[tuple[dict[str, str], bytes]]:
        """The pushes that came."""
        return self.ear.wait(many)


def now() -> datetime:
    """The present instant: the fakes' clocks are real ones."""
    return datetime.now(UTC)


def seal() -> Seal:
    """Time and chance of one talk."""
    return Seal(now(), secrets.token_hex(16))


@contextmanager
def channel_world(name: str, before: Callable[[PlatformFake], None] | None = None) -> Iterator[ChannelWorld]:
    """A channel's world for as long as the block lasts."""
    fake = PLATFORMS[name]()
    if before:
        before(fake)
    with serving(fake) as server:
        channel = BY_NAME[name]
        market = "CN" if fake.currency == "CNY" else "DE"
        access = Access(
            ShopSetting(f"{name}-shop", name, market, fake.currency),
            server.url,
            {k: str(v) for k, v in fake.config().items()},
        )
        wire, ear = Wire(["127.0.0.1"], seconds=5), Ear()
        fake.courier.aim(ear.url)
        try:
            yield ChannelWorld(name, server, channel, access, wire, ear)
        finally:
            wire.close()
            ear.stop()
