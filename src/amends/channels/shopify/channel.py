"""Shopify by its GraphQL Admin API 2026-10: returns and orders read, returns worked off, money paid back under our key."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from amends.channels.shopify import documents, words
from amends.channels.shopify.doing import REASONS, agree_return, confirm_receipt, note, refuse, stands
from amends.channels.shopify.keys import fresh, is_renewed
from amends.channels.shopify.paying import paid, pay
from amends.channels.shopify.pushes import read_push
from amends.channels.shopify.reading import PAGE, Talk, read_case, read_order, read_page
from amends.channels.shopify.statuses import STATUSES
from amends.channels.shopify.talking import ask
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest

_DEEDS: Final = {
    "agree_refund": pay,
    "agree_return": agree_return,
    "refuse": refuse,
    "confirm_receipt": confirm_receipt,
    "note": note,
}


@dataclass(frozen=True, slots=True)
class Shopify:
    """The translator."""

    name: str = "shopify"

    @property
    def title(self) -> Says:
        """Shopify."""
        return words.TITLE

    @property
    def can(self) -> ChannelCan:
        """What it can do. Buyers ask for returns and exchanges there; a refund alone is never asked for."""
        return ChannelCan(
            orders=True,
            actions=frozenset({"agree_refund", "agree_return", "refuse", "confirm_receipt", "note"}),
            by_person=frozenset({"ship_replacement", "give_evidence"}),
            kinds=frozenset({"return_refund", "exchange"}),
            pays=True,
            keyed=True,
            pushes=True,
            tokens=True,
            page_size=PAGE,
            console="{url}/admin/orders?query={order}",
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The shop's address and the app's keys."""
        return words.SETTINGS

    @property
    def base_url(self) -> str:
        """Every shop's own address."""
        return "https://{shop}"

    @property
    def guide(self) -> tuple[Says, ...]:
        """How the app is made over there."""
        return words.GUIDE

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """The five statuses of a return, OPEN told apart by what is in it."""
        return STATUSES

    def probe(self, access: Access, seal: Seal) -> Talk[Probe]:
        """The shop's name, and what the app may not do: scopes, and knowing who the buyer is."""
        if not access.values.get("token") and is_renewed(access):
            given = yield from fresh(access, seal)
            access = replace(access, values={**access.values, "token": given["token"]})
        answer = yield from ask(access, documents.PROBE)
        shop = answer.data.get("shop") or {}
        granted = (answer.data.get("currentAppInstallation") or {}).get("accessScopes") or ()
        if not shop.get("name"):
            raise UnableToTalk("strange", "the answer names no shop")
        lacks = words.lacking({str(scope.get("handle")) for scope in granted})
        if words.READS_ORDERS not in lacks and (yield from ask(access, documents.BUYER)).hidden:
            lacks += (words.NO_BUYER,)
        return Probe(str(shop["name"]), lacks=lacks)

    def renew(self, access: Access, seal: Seal) -> Talk[Mapping[str, str]]:
        """A token for another day; {} for an app whose token does not run out."""
        return (yield from fresh(access, seal))

    def changed(self, access: Access, window: Window, seal: Seal) -> Talk[Page]:
        """Orders by when they changed, each with its returns."""
        return (yield from read_page(access, window))

    def one(self, access: Access, number: str, seal: Seal) -> Talk[ToldCase | None]:
        """A return by its name (`#1001-R1`) or id."""
        return (yield from read_case(access, number))

    def order(self, access: Access, number: str, seal: Seal) -> Talk[ToldOrder | None]:
        """An order by its name (`#1001`) or id."""
        return (yield from read_order(access, number))

    def act(self, access: Access, deed: Deed, seal: Seal) -> Talk[DeedReceipt]:
        """Do it."""
        if deed.action not in _DEEDS:
            return DeedReceipt("person", code="by_person", message=f"{deed.action} is done in Shopify's admin")
        return (yield from _DEEDS[deed.action](access, deed))

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Talk[DeedReceipt]:
        """What became of it."""
        if deed.action not in _DEEDS:
            return DeedReceipt("unknown", code="by_person", message=f"{deed.action} is done in Shopify's admin")
        return (yield from (paid if deed.action == "agree_refund" else stands)(access, deed))

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """Shopify's three reasons to decline."""
        yield from ()
        return REASONS

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """A hint what to read again. A late one is as good as any: sendings are repeated for hours under the first one's time."""
        return read_push(access, headers, body)

    def answer_push(self) -> WireAnswer:
        """Any 2xx is heard; it wants it within five seconds."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")
