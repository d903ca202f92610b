"""The ways by which money goes back: gateways and routes out of `gateways.yaml` of the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from amends.carry_out.runner import InHouse
from amends.facts.codes import METHODS
from amends.facts.collect import Collecting
from amends.facts.collect_work import Collector
from amends.facts.dispute_wire import DisputeDoor
from amends.facts.wire import BY_SHOP, Capabilities, Gateway
from amends.gateways.adyen import Adyen, AdyenConfig
from amends.gateways.alipay.config import AlipayConfig
from amends.gateways.alipay.gateway import Alipay
from amends.gateways.gift_card import GiftCard
from amends.gateways.manual import Manual
from amends.gateways.paypal import PayPal, PayPalConfig
from amends.gateways.rsa import UnableToReadKey
from amends.gateways.store_credit import StoreCredit
from amends.gateways.stripe import Stripe, StripeConfig
from amends.gateways.wechat_pay.config import WeChatPayConfig
from amends.gateways.wechat_pay.gateway import WeChatPay

KINDS: Final[Mapping[str, tuple[Any, Any]]] = {
    "stripe": (StripeConfig, Stripe),
    "paypal": (PayPalConfig, PayPal),
    "adyen": (AdyenConfig, Adyen),
    "wechat_pay": (WeChatPayConfig, WeChatPay),
    "alipay": (AlipayConfig, Alipay),
}
IN_HOUSE: Final[Mapping[str, InHouse]] = {
    "manual": Manual(),
    "store_credit": StoreCredit(),
    "gift_card": GiftCard(),
}
WANTED: Final = (*sorted(METHODS), "damages", "goodwill")
_ADDRESSES: Final = ("base_url", "gateway_url", "files_url", "dispute_url")
BY_HAND: Final[Mapping[str, str]] = {
    **dict.fromkeys(WANTED, "manual"),
    "gift_card": "gift_card",
    "balance": "store_credit",
}
"""Where no gateway is configured, a person pays on the bank's or the platform's console and records the proof."""


class UnableToReadWays(ValueError):
    """`gateways.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Gateways by name, and for each shop the gateway of each payment method. `collect`: by which gateway a shop takes money in ('': none);
    what stands under "" is for every other shop."""

    gateways: Mapping[str, Gateway | InHouse]
    default: Mapping[str, str]
    shops: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    collect: Mapping[str, str] = field(default_factory=dict)

    def routes(self, shop: str) -> Mapping[str, str]:
        """The gateway for each payment method of a shop (by name)."""
        return {**self.default, **self.shops.get(shop, {})}

    def collector(self, shop: str) -> Collector | None:
        """The gateway by which a shop (by name) takes money in for a case; None where people do."""
        name = self.collect.get(shop, self.collect.get("", ""))
        door = self.door(name)
        return Collector(name, door.limits) if door else None

    def door(self, name: str) -> Collecting | None:
        """How a gateway takes money in; None where it does not."""
        found: Collecting | None = getattr(self.gateways.get(name), "collecting", None)
        return found

    @property
    def can(self) -> Mapping[str, Capabilities]:
        """What each gateway with a wire can do."""
        return {name: way.capabilities for name, way in self.gateways.items() if not isinstance(way, InHouse)}

    @property
    def telling(self) -> Mapping[str, Gateway]:
        """The gateways that send notices."""
        return {name: way for name, way in self.gateways.items() if not isinstance(way, InHouse)}

    @property
    def disputing(self) -> Mapping[str, DisputeDoor]:
        """The doors of gateways whose disputes can be talked about."""
        doors = {name: getattr(way, "disputes", None) for name, way in self.gateways.items()}
        return {name: door for name, door in doors.items() if door is not None}

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that may be called."""
        configs = [getattr(way, "config", None) for way in self.gateways.values()]
        urls = [getattr(one, name, None) for one in configs for name in _ADDRESSES]
        return frozenset([host for url in urls if url and (host := urlsplit(url).hostname)])


def read_ways(text: str) -> Ways:
    """The ways that a YAML text states. Raises `UnableToReadWays`."""
    try:
        found = yaml.load(text, yaml.CSafeLoader) or {}
    except yaml.YAMLError as fault:
        raise UnableToReadWays(f"this is not YAML: {fault}") from fault
    if not isinstance(found, dict):
        raise UnableToReadWays("the file holds a mapping with gateways and routes")
    if extra := found.keys() - {"gateways", "routes", "collect"}:
        raise UnableToReadWays(f"the file holds gateways, routes and collect, not {', '.join(map(str, extra))}")
    named = _mapping(found.get("gateways"), "gateways")
    if BY_SHOP in named:
        raise UnableToReadWays(f"gateways.{BY_SHOP}: this name is kept for the shop's own platform; choose another")
    made = {str(name): _gateway(str(name), given) for name, given in named.items()}
    gateways: dict[str, Gateway | InHouse] = {**IN_HOUSE, **made}
    routes = _mapping(found.get("routes"), "routes")
    default = {**BY_HAND, **_routes(routes.get("default"), "routes.default", gateways)}
    shops = {
        str(shop): _routes(given, f"routes.shops.{shop}", gateways)
        for shop, given in _mapping(routes.get("shops"), "routes.shops").items()
    }
    return Ways(gateways, default, shops, _collect(found.get("collect"), gateways))


def _collect(given: Any, gateways: Mapping[str, object]) -> dict[str, str]:
    """By which gateway each shop takes money in."""
    told = _mapping(given, "collect")
    if extra := told.keys() - {"default", "shops"}:
        raise UnableToReadWays(f"collect.{min(map(str, extra))}: unknown; known are default, shops")
    found = {"": ("collect.default", told.get("default") or "none")}
    found |= {
        str(shop): (f"collect.shops.{shop}", name)
        for shop, name in _mapping(told.get("shops"), "collect.shops").items()
    }
    able = [name for name, one in gateways.items() if getattr(one, "collecting", None) is not None]
    for path, name in found.values():
        if name != "none" and name not in able:
            raise UnableToReadWays(f"{path}: {name!r} takes no money in; there are {', '.join([*able, 'none'])}")
    return {shop: "" if name == "none" else str(name) for shop, (_, name) in found.items()}


def _mapping(value: Any, path: str) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnableToReadWays(f"{path}: a mapping is wanted here")
    return value


def _gateway(name: str, given: Any) -> Gateway:
    settings = dict(_mapping(given, f"gateways.{name}"))
    kind = settings.pop("kind", name)
    if kind not in KINDS:
        raise UnableToReadWays(f"gateways.{name}.kind: {kind!r} is not one of {', '.join(KINDS)}")
    config, gateway = KINDS[kind]
    known = {one.name: one for one in fields(config)}
    if extra := settings.keys() - known.keys():
        raise UnableToReadWays(f"gateways.{name}.{min(extra)}: unknown; known are {', '.join(known)}")
    needed = [one.name for one in known.values() if one.default is MISSING and one.default_factory is MISSING]
    if missing := [one for one in needed if settings.get(one) in (None, "")]:
        raise UnableToReadWays(f"gateways.{name}.{missing[0]}: this is needed")
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()}
    try:
        made: Gateway = gateway(config(**plain), name=name)
    except (UnableToReadKey, TypeError) as fault:
        raise UnableToReadWays(f"gateways.{name}: {fault}") from fault
    return made


def _routes(given: Any, path: str, gateways: Mapping[str, object]) -> dict[str, str]:
    found = {str(method): str(name) for method, name in _mapping(given, path).items()}
    for method, name in found.items():
        if method not in WANTED:
            raise UnableToReadWays(f"{path}.{method}: not one of {', '.join(WANTED)}")
        if name not in gateways and name != BY_SHOP:
            raise UnableToReadWays(f"{path}.{method}: there is no gateway {name!r}; there are {', '.join(gateways)}")
    return found
