"""Medusa 2 (Admin API): returns become cases, orders are read, money goes back there."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from typing import Final

from amends.channels.kernel_rest import items_of, shown, text_of
from amends.channels.medusa import deeds, reading, refunds
from amends.channels.medusa.about import GUIDE, SETTINGS
from amends.channels.medusa.calls import get, read
from amends.channels.medusa.standing import STATUSES
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer, WireRequest

_CONSOLE: Final = "{url}/app/orders/{order}"


class Medusa:
    """The translator."""

    name = "medusa"
    title = Says("Medusa", "Medusa")
    base_url = ""
    settings: tuple[Setting, ...] = SETTINGS
    guide: tuple[Says, ...] = GUIDE
    statuses: Mapping[str, PlatformStatus] = STATUSES
    can = ChannelCan(
        orders=True,
        kinds=frozenset({"return_refund", "exchange"}),
        actions=frozenset({"agree_refund", "agree_return", "refuse", "confirm_receipt"}),
        by_person=frozenset({"ship_replacement"}),
        pays=True,
        page_size=reading.PAGE_SIZE,
        console=_CONSOLE,
    )

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """The store's name."""
        answer = yield get(access, "stores", [("limit", 1)])
        stores = items_of(read(answer), "stores")
        if not stores:
            raise UnableToTalk("strange", shown(answer))
        return Probe(text_of(stores[0], "name") or access.url)

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """Secret API keys never run out."""
        yield from ()
        return {}

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of orders with their returns."""
        return (yield from reading.changed(access, window))

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One return."""
        return (yield from reading.one(access, number))

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """One order."""
        return (yield from reading.order_told(access, number))

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Pay back, or do something to the return."""
        if deed.action not in self.can.actions:
            return _not_here(deed)
        if deed.action == "agree_refund":
            return (yield from refunds.pay(access, deed))
        return (yield from deeds.do(access, deed, seal))

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look for our key: in a refund's note, at the order, in a change to it."""
        if deed.action not in self.can.actions:
            return _not_here(deed)
        if deed.action == "agree_refund":
            return (yield from refunds.paid(access, deed))
        return (yield from deeds.done(access, deed))

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """It has none."""
        yield from ()
        return ()

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """Medusa pushes nothing by itself, so nothing that comes is trusted."""
        raise UnableToTrustNotice("Medusa pushes nothing; changes are read")

    def answer_push(self) -> WireAnswer:
        """Nothing is expected."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")


def _not_here(deed: Deed) -> DeedReceipt:
    return DeedReceipt("person", code="not_here", message=f"by calls Medusa knows no {deed.action}")
