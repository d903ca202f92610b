"""京东 as a channel: it tells of services after the sale and of refunds of cancelled orders; a person acts on the merchant's console."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from amends.channels.jd import reading
from amends.channels.jd.jos import call, result_of
from amends.channels.jd.words import STATUSES
from amends.channels.kernel_by_person import ActsByPerson
from amends.channels.kernel_json import text
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
_OTHER_SHOP: Final = Says(
    "the token belongs to another shop than the vender number", "access_token 所属店铺与商家编号不一致"
)
_SETTINGS: Final = (
    Setting(
        "app_key",
        Says("App key", "AppKey"),
        Says("open.jd.com › console › your application", "京东宙斯开放平台 › 控制台 › 应用详情"),
    ),
    Setting("app_secret", Says("App secret", "AppSecret"), Says("beside the app key", "与 AppKey 同页"), secret=True),
    Setting(
        "access_token",
        Says("Access token of the shop", "店铺 access_token"),
        Says("given when the shop authorises the application", "店铺授权应用后得到"),
        secret=True,
    ),
    Setting(
        "vender_id",
        Says("Vender number", "商家编号（venderId）"),
        Says("in the merchant's console, under the account", "商家后台 › 账号信息"),
    ),
    Setting(
        "operator_pin",
        Says("Account that reads", "操作账号（pin）"),
        Says("an account of the shop; the platform writes it into its log", "店铺的一个账号；平台记入操作日志"),
    ),
)
_GUIDE: Final = (
    Says(
        "On open.jd.com create an application for merchants and apply for the after-sale and refund APIs.",
        "在京东宙斯开放平台创建商家应用，并申请售后、退款接口权限。",
    ),
    Says(
        "Authorise it with the shop's main account and copy the token.", "用店铺主账号授权该应用，复制 access_token。"
    ),
    Says("Copy the vender number and the name of an account of the shop.", "填写商家编号和一个店铺账号。"),
)


@dataclass(frozen=True, slots=True)
class Jd(ActsByPerson):
    """The translator."""

    name: str = "jd"

    @property
    def title(self) -> Says:
        """Its name for people."""
        return Says("JD", "京东")

    @property
    def can(self) -> ChannelCan:
        """It tells of cases; everything is done by a person."""
        return ChannelCan(
            by_person=_BY_PERSON,
            page_size=reading.PAGE,
            widest=timedelta(seconds=reading.WIDEST_SECONDS),
            console="https://shop.jd.com/jdm/trade/after-sale/independent-after-sale/list?tabCode=waitAudit",
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The application's keys, the shop's token and numbers."""
        return _SETTINGS

    @property
    def base_url(self) -> str:
        """The gateway."""
        return "https://api.jd.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What is to be created over there."""
        return _GUIDE

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """All that are witnessed."""
        return STATUSES

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """What the shop is called, and whether it is the one whose number was given."""
        shop = result_of((yield from call(access, seal, "jingdong.vender.shop.query", {})), "shop_jos_result")
        number = text(shop, "vender_id")
        other = bool(number) and number != access.values.get("vender_id", "").strip()
        return Probe(text(shop, "shop_name") or access.shop.name, lacks=(_OTHER_SHOP,) if other else ())

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page of what changed, each case whole."""
        return reading.changed(access, window, seal)

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One case as it stands now."""
        return reading.one(access, number, seal)
