"""拼多多 as a channel: it tells of after-sales; a person acts on the merchant's console."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.channels.kernel_by_person import ActsByPerson
from amends.channels.kernel_json import text
from amends.channels.pinduoduo import reading
from amends.channels.pinduoduo.pop import call
from amends.channels.pinduoduo.words import STATUSES
from amends.facts.channels import Access, ChannelCan, Probe, Setting
from amends.facts.deeds import Action
from amends.facts.platforms import Page, PlatformStatus, ToldCase, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest

_BY_PERSON: Final[frozenset[Action]] = frozenset(
    {
        "agree_refund",
        "agree_return",
        "refuse",
        "confirm_receipt",
        "ship_replacement",
        "message",
        "give_evidence",
        "intercept",
    }
)
_SETTINGS: Final = (
    Setting(
        "client_id",
        Says("Client id", "client_id"),
        Says("open.pinduoduo.com › console › your application", "拼多多开放平台 › 控制台 › 应用管理"),
    ),
    Setting(
        "client_secret",
        Says("Client secret", "client_secret"),
        Says("beside the client id", "与 client_id 同页"),
        secret=True,
    ),
    Setting(
        "access_token",
        Says("Access token of the shop", "店铺 access_token"),
        Says("given when the shop authorises the application", "店铺授权应用后得到"),
        secret=True,
    ),
)
_GUIDE: Final = (
    Says(
        "On open.pinduoduo.com create an application for merchants' back ends; it needs the package of after-sale APIs.",
        "在拼多多开放平台创建「商家后台系统」类应用，并申请「售后管理权限包」。",
    ),
    Says(
        "Put the address of this server on the application's white list, or the gateway refuses it (20005).",
        "把本服务器 IP 加入应用白名单，否则网关拒绝访问（20005）。",
    ),
    Says(
        "Authorise it with the shop's main account and copy the token.", "用店铺主账号授权该应用，复制 access_token。"
    ),
)


@dataclass(frozen=True, slots=True)
class Pinduoduo(ActsByPerson):
    """The translator."""

    name: str = "pinduoduo"

    @property
    def title(self) -> Says:
        """Its name for people."""
        return Says("Pinduoduo", "拼多多")

    @property
    def can(self) -> ChannelCan:
        """It tells of cases, in windows of half an hour; everything is done by a person."""
        return ChannelCan(
            by_person=_BY_PERSON,
            page_size=reading.PAGE,
            widest=timedelta(seconds=reading.WIDEST_SECONDS),
            calls_per_second=10,
            console="https://mms.pinduoduo.com/aftersales/aftersale_list",
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The application's keys and the shop's token."""
        return _SETTINGS

    @property
    def base_url(self) -> str:
        """The gateway."""
        return "https://gw-api.pinduoduo.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What is to be created over there."""
        return _GUIDE

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """All that are witnessed."""
        return STATUSES

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """What the shop is called."""
        found = yield from call(access, seal, "pdd.mall.info.get", {})
        return Probe(text(found, "mall_name") or access.shop.name)

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of what changed, each case read whole."""
        return reading.changed(access, window, seal)

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One case as it stands now."""
        return reading.one(access, number, seal)
