"""The port that every channel implements, and what a shop is connected with.

A channel is a pure translator. Where it has to call, it *talks*: a generator that gives requests and is handed answers
(`amends.carry_out.talk` has the wire between). So one deed may need several calls, and still nothing of it is done here.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from amends.facts.deeds import Action, Deed, DeedReceipt, PlatformReason
from amends.facts.imported import ShopSetting
from amends.facts.platforms import Page, PlatformSaid, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that a shop is connected with. `secret`: kept sealed and never shown again. `hint`: where it is found over there."""

    name: str
    says: Says
    hint: Says
    secret: bool = False
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Access:
    """A shop with what is needed to reach it. `url`: the platform's base address, without a last slash. `values` by `Setting.name`."""

    shop: ShopSetting
    url: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChannelCan:
    """What a channel can do. Shown before the click, and named in its page of the documents.

    `cases`, `orders`: whether it tells of them; `kinds`: what may be asked for over there (contract, `request.kind`). `actions`: what
    may be done by calls; `by_person`: what only a person can do on the platform's console (`console` is its address, with ``{case}``,
    ``{order}`` and the access's ``{url}`` filled in). `pays`: `agree_refund` moves money there.
    `unasked`: actions that it keeps no record of, so that what became of one without an answer stays unknown.
    `amount_fixed`: it pays what was asked and no other amount. `locks`: it refuses a deed decided on an older version.
    `keyed`: it pays once for one key of ours. `batch`: cases in one call, all or none. `pushes`: it tells by itself.
    `widest`: the longest window that may be asked for at once; `overlap`: how far windows reach back over the last one.
    `calls_per_second`: None where no limit is known. `tokens`: its keys run out and are renewed by `renew`. `hosts`: those that it calls
    besides the one of its address (where keys are renewed, for example).
    """

    cases: bool = True
    orders: bool = False
    kinds: frozenset[str] = frozenset({"refund_only", "return_refund", "exchange"})
    actions: frozenset[Action] = frozenset()
    by_person: frozenset[Action] = frozenset()
    unasked: frozenset[Action] = frozenset()
    pays: bool = False
    amount_fixed: bool = False
    locks: bool = False
    keyed: bool = False
    batch: int = 1
    pushes: bool = False
    page_size: int = 100
    widest: timedelta | None = None
    overlap: timedelta = timedelta(minutes=5)
    calls_per_second: int | None = None
    tokens: bool = False
    console: str = ""
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Probe:
    """What a test call found: the shop's name over there, when the keys run out, and what is missing (scopes, rights), for people."""

    name: str
    until: datetime | None = None
    lacks: tuple[Says, ...] = ()


WhyNot = Literal["throttled", "keys", "down", "strange", "missing", "refused"]
"""`throttled`: asked too often. `keys`: the platform refuses our keys. `down`: a fault over there. `strange`: the answer cannot be
understood. `missing`: there is no such thing. `refused`: it will not do that, and says why."""


class UnableToTalk(Exception):
    """A question to a platform got no answer that says something. `retry_after`: seconds that it asked us to wait. `code`: its own."""

    def __init__(self, why: WhyNot, message: str, *, code: str = "", retry_after: int | None = None) -> None:
        super().__init__(message)
        self.why = why
        self.code = code
        self.retry_after = retry_after


def console_of(can: ChannelCan, case: str, order: str, url: str) -> str:
    """The address on a platform's console at which a person does something about a case; "" where there is none."""
    return can.console.replace("{case}", case).replace("{order}", order).replace("{url}", url)


@runtime_checkable
class ReadsTalk(Protocol):
    """A channel whose platform lets the conversation about a case be read."""

    def said(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformSaid, ...]]:
        """What was said about a case, oldest first. Raises `UnableToTalk`."""
        ...


class Channel(Protocol):
    """A platform's translator. Pure: no network, clock or chance; all that varies is handed in.

    Every talk that reads raises `UnableToTalk`; a deed answers with a receipt instead, whatever the platform answers.
    """

    @property
    def name(self) -> str:
        """Its name: `shop.channel` of the contract."""
        ...

    @property
    def title(self) -> Says:
        """The platform's name for people."""
        ...

    @property
    def can(self) -> ChannelCan:
        """What it can do."""
        ...

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What a shop is connected with."""
        ...

    @property
    def base_url(self) -> str:
        """The platform's address; may hold ``{name}`` of a setting; "" where every shop has its own (`url` among its settings)."""
        ...

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to create on the platform's side, step by step; ``{push_url}`` stands for the address that it is to push to."""
        ...

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """Every status of a case that is known, by the platform's own word."""
        ...

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A call that changes nothing and shows that the keys are good."""
        ...

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """Fresh values for those that ran out; with ``expires_at`` (ISO 8601) where it says until when. {} where keys never run out."""
        ...

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of what changed in a window: every case and order whole, as it stands now, oldest change first where it can."""
        ...

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One case as it stands now; None where the platform has none of this number."""
        ...

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """One order as it stands now; None where there is none, or the channel tells of no orders."""
        ...

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Do it. Where the platform keeps no key of ours the channel looks first whether it was done already."""
        ...

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """What became of a deed that got no answer: done, `absent` (surely not done), or unknown. Changes nothing."""
        ...

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """The platform's own reasons to refuse this case; () where it has no list."""
        ...

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """The messages in a push. Raises `UnableToTrustNotice` unless signature and age are right. () for a probe of the platform."""
        ...

    def answer_push(self) -> WireAnswer:
        """What the platform wants to hear so that it does not push the same again."""
        ...
