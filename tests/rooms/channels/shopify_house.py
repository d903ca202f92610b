"""The Shopify channel and its stand-in without a wire between: requests are handed over and answers back."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from amends.channels.shopify.channel import Shopify
from amends.facts.channels import Access
from amends.facts.deeds import Action, Deed, DeedReceipt
from amends.facts.imported import ShopSetting
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.fakes.calls import Call
from amends.fakes.market import Asked
from amends.fakes.shopify import CLIENT_ID, CLIENT_SECRET, SHOP, TOKEN, FakeShopify
from tests.shopify_schema import FILE, PublishedSchema

T = TypeVar("T")
AT = datetime(2026, 11, 26, 8, tzinfo=UTC)
SEAL = Seal(AT, "n")
SHOP_SETTING = ShopSetting("Nordhus", "shopify", market="DE", currency="EUR")
KEYS = {"shop": SHOP, "client_id": CLIENT_ID, "token": TOKEN, "client_secret": CLIENT_SECRET}
ACCESS = Access(SHOP_SETTING, f"https://{SHOP}", KEYS)
CHANNEL = Shopify()


class House:
    """A stand-in, and what was asked of it. It is held to the published schema where that is here and nobody wishes otherwise."""

    def __init__(self, fake: FakeShopify | None = None, by_schema: bool = True) -> None:
        self.fake = fake or FakeShopify()
        self.fake.schema = PublishedSchema() if by_schema and FILE.is_file() else None  # type: ignore[misc]
        self.asked: list[WireRequest] = []

    def say(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk."""
        answer: WireAnswer | None = None
        while True:
            try:
                request = next(told) if answer is None else told.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            self.asked.append(request)
            headers = {name.lower(): value for name, value in request.headers.items()}
            reply = self.fake.serve(Call(request.method, urlsplit(request.url).path, headers, request.body))
            assert reply is not None
            answer = WireAnswer(reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.body)

    def act(self, deed: Deed) -> DeedReceipt:
        return self.say(CHANNEL.act(ACCESS, deed, SEAL))

    def acted(self, deed: Deed) -> DeedReceipt:
        return self.say(CHANNEL.acted(ACCESS, deed, SEAL))

    def sent(self, word: str) -> list[bytes]:
        """The bodies that hold a word."""
        return [request.body for request in self.asked if word.encode() in request.body]


def deed(action: Action, case: Asked | None = None, **more: Any) -> Deed:
    return Deed("am0123456789abcdef", action, case.number if case else "AM-7", **{"currency": "EUR", **more})


def answered(content: bytes, status: int = 200, **headers: str) -> WireAnswer:
    return WireAnswer(status, headers, content)
