"""WooCommerce (REST `wc/v3`): orders are read and paid back there. It has no returns: buyers ask on the house's own page."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from typing import Final

from amends.channels.kernel_rest import shown, text_of
from amends.channels.woocommerce import listing, notes, pushes, refunds
from amends.channels.woocommerce.about import GUIDE, SETTINGS
from amends.channels.woocommerce.calls import fresh, get, index, read
from amends.channels.woocommerce.orders import told
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest

_CONSOLE: Final = "{url}/wp-admin/post.php?post={order}&action=edit"


class WooCommerce:
    """The translator."""

    name = "woocommerce"
    title = Says("WooCommerce", "WooCommerce")
    base_url = ""
    settings: tuple[Setting, ...] = SETTINGS
    guide: tuple[Says, ...] = GUIDE
    statuses: Mapping[str, PlatformStatus] = {}
    can = ChannelCan(
        cases=False,
        orders=True,
        actions=frozenset({"agree_refund", "note"}),
        by_person=frozenset({"ship_replacement"}),
        pays=True,
        pushes=True,
        page_size=listing.PAGE_SIZE,
        console=_CONSOLE,
    )

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """The shop's name, which needs no key, and one order, which needs both."""
        about = read((yield index(access)))
        spaces = about.get("namespaces") if isinstance(about, dict) else None
        if not isinstance(spaces, list) or "wc/v3" not in spaces:
            raise UnableToTalk("strange", "WordPress answers at this address, but WooCommerce (wc/v3) does not")
        read((yield get(access, "orders", per_page=1)))
        return Probe(text_of(about, "name") or access.url)

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """Its keys never run out."""
        yield from ()
        return {}

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of orders."""
        return (yield from listing.changed(fresh(access, seal), window))

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """It knows no cases."""
        yield from ()
        return None

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """One order with its refunds."""
        if not (number.isascii() and number.isdecimal()):
            return None
        access = fresh(access, seal)
        answer = yield get(access, f"orders/{number}")
        try:
            found = read(answer)
        except UnableToTalk as fault:
            if fault.why == "missing":
                return None
            raise
        if not isinstance(found, dict):
            raise UnableToTalk("strange", shown(answer))
        return (yield from told(access, found))

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Refund or note; everything else is done by a person, or not at all."""
        if deed.action == "agree_refund":
            return (yield from refunds.pay(fresh(access, seal), deed))
        if deed.action == "note":
            return (yield from notes.write(fresh(access, seal), deed))
        return _not_here(deed)

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look for our key among the order's refunds or notes."""
        if deed.action == "agree_refund":
            return (yield from refunds.paid(fresh(access, seal), deed))
        if deed.action == "note":
            return (yield from notes.written(fresh(access, seal), deed))
        return _not_here(deed)

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """It has none."""
        yield from ()
        return ()

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """The message of a signed webhook."""
        return pushes.pushed(access, headers, body)

    def answer_push(self) -> WireAnswer:
        """Any 2xx; after five refusals in a row the shop turns the webhook off."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")


def _not_here(deed: Deed) -> DeedReceipt:
    return DeedReceipt("person", code="not_here", message=f"WooCommerce knows no {deed.action}")
