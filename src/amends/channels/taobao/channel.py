"""淘宝 and 天猫 as channels: one translator with two names, since only few things differ.

A shop is connected for reading; a person acts on the platform's console, and the next reading tells what was done. Only where the
setting `mode` says ``act`` and a sub-account's session is given are deeds done by calls.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.channels.kernel_by_person import TellsOfCases
from amends.channels.kernel_china import rows_of
from amends.channels.kernel_json import part, text
from amends.channels.taobao import acting, reading
from amends.channels.taobao.doing import BY_CALLS, OPERATOR
from amends.channels.taobao.messages import talk_of
from amends.channels.taobao.settings import CONSOLES, SETTINGS, TITLES, guide
from amends.channels.taobao.told import STATUSES
from amends.channels.taobao.top import call
from amends.channels.taobao.words import EXCHANGE_STATUSES
from amends.facts.channels import Access, ChannelCan, Probe, Setting
from amends.facts.deeds import ACTIONS, Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformSaid, PlatformStatus, ToldCase, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest

_NOWHERE: Final = frozenset({"note", "extend"})
"""Not done over there, by nobody: notes are kept here, and the time to send back cannot be lengthened."""
_WRONG: Final = {
    "taobao": ("B", Says("this is a Tmall shop; connect it as Tmall", "这是天猫店铺，请按天猫接入")),
    "tmall": ("C", Says("this is a Taobao shop; connect it as Taobao", "这是淘宝店铺，请按淘宝接入")),
}
_NO_OPERATOR: Final = Says(
    "money can be agreed to with a sub-account's session only; without it the platform refuses",
    "同意退款只允许子账号操作；未填写子账号 SessionKey 时平台会拒绝",
)


@dataclass(frozen=True, slots=True)
class TaobaoChannel(TellsOfCases):
    """The translator. `name`: ``taobao`` or ``tmall``."""

    name: str

    @property
    def title(self) -> Says:
        """Its name for people."""
        return TITLES[self.name]

    @property
    def can(self) -> ChannelCan:
        """What calls can do where a shop is connected for acting; in any other a person does it all."""
        by_calls = BY_CALLS[self.name]
        return ChannelCan(
            actions=by_calls,
            by_person=frozenset(ACTIONS) - by_calls - _NOWHERE,
            pays=True,
            amount_fixed=True,
            locks=True,
            batch=1,
            page_size=reading.PAGE,
            widest=timedelta(days=1),
            console=CONSOLES[self.name],
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The application's keys, the shop's session, and what acting needs besides."""
        return SETTINGS

    @property
    def base_url(self) -> str:
        """The gateway; the same for both."""
        return "https://eco.taobao.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What is to be created over there."""
        return guide(self.name)

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """All that are witnessed; exchanges have their own on Tmall."""
        return {key: one for key, one in STATUSES.items() if self._swaps or key not in EXCHANGE_STATUSES}

    @property
    def _swaps(self) -> bool:
        return self.name == "tmall"

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """Who the session belongs to."""
        found = yield from call(access, seal, "taobao.user.seller.get", {"fields": "user_id,nick,type"})
        user = part(found, "user") or {}
        wrong, says = _WRONG[self.name]
        lacks = [says] if text(user, "type") == wrong else []
        if acting.may_act(access) and not access.values.get(OPERATOR):
            lacks.append(_NO_OPERATOR)
        return Probe(text(user, "nick") or access.shop.name, lacks=tuple(lacks))

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of what changed, each case read whole."""
        return reading.changed(access, window, seal, self._swaps)

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One case as it stands now."""
        return reading.one(access, number, seal, self._swaps)

    def said(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformSaid, ...]]:
        """The 留言 of a refund; of an exchange nothing, whose messages have an interface that nobody here has seen answer."""
        told = yield from self.one(access, number, seal)
        if told is None or "dispute_id" in told.raw:
            return ()
        return (yield from talk_of(access, told, seal))

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """By a call where this shop may, else left to a person."""
        return acting.act(access, deed, seal, self.name)

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """What the case shows."""
        return acting.acted(access, deed, seal, self.name)

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """The platform's list for this case; () where there is no such case."""
        told = yield from self.one(access, number, seal)
        if told is None:
            return ()
        if "dispute_id" in told.raw:
            values = {"dispute_id": number, "fields": "reason_id,reason_text,reason_tips", "dispute_type": "0"}
            found = yield from call(access, seal, "tmall.exchange.refusereason.get", values)
            rows = rows_of(found, "result", "results", "reason")
        else:
            phase = text(told.raw, "refund_phase")
            values = {"refund_id": number, "refund_phase": phase, "fields": "reason_id,reason_text,reason_tips"}
            found = yield from call(access, seal, "taobao.refund.refusereason.get", values)
            rows = rows_of(found, "reasons", "reason")
        proof = self._swaps and "dispute_id" not in told.raw
        return tuple(
            PlatformReason(text(row, "reason_id"), text(row, "reason_text"), proof, text(row, "reason_tips"))
            for row in rows
        )
