"""What a person gives to connect a shop: looked at before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import MARKETS
from amends.desk.channels.faults import UnableToConnect
from amends.facts.channels import Channel
from amends.facts.imported import ShopSetting

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST: Final = 8_000
_LONGEST_URL: Final = 300
_HOLE: Final = re.compile(r"\{([a-z_]+)\}")
_NAME: Final = 120


def checked_shop(setting: ShopSetting) -> ShopSetting:
    """The setting of a new shop. Raises `UnableToConnect`, naming the field."""
    if not setting.name or len(setting.name) > _NAME:
        raise UnableToConnect(
            "Write the shop's name, 120 characters at most.", "请填写店铺名称，最多 120 个字。", "shop"
        )
    if setting.market not in MARKETS and not setting.market.startswith("US-"):
        raise UnableToConnect("Choose a market from the list.", "请从列表中选择市场。", "market")
    if setting.currency not in EXPONENTS:
        raise UnableToConnect(
            "Write a currency's three letters, for example CNY.", "请填写币种代码，例如 CNY。", "currency"
        )
    return setting


def checked_values(channel: Channel, values: Mapping[str, str], kept: frozenset[str]) -> dict[str, str]:
    """What is to be kept: a blank secret that is there already is left out. `kept`: names of the secrets that are there.

    Raises `UnableToConnect`, naming the setting that is missing, unknown or too long.
    """
    known = {setting.name: setting for setting in channel.settings}
    if unknown := sorted(values.keys() - known.keys()):
        names = ", ".join(known)
        raise UnableToConnect(f"Unknown; known are {names}.", f"未知的字段；可用字段：{names}。", unknown[0])
    found = {}
    for name, setting in known.items():
        value = values.get(name, "").strip()
        if len(value) > LONGEST:
            raise UnableToConnect("This is too long to be right.", "内容过长，请检查。", name)
        if setting.secret and not value and name in kept:
            continue
        if setting.needed and not value:
            raise UnableToConnect(
                f"{setting.says.en} is needed. {setting.hint.en}", f"请填写“{setting.says.zh}”。{setting.hint.zh}", name
            )
        if value or not setting.secret:
            found[name] = value
    return found


def address_of(channel: Channel, given: str, values: Mapping[str, str]) -> str:
    """The platform's base address without a last slash: `given`, else the shop's own `url`, else the channel's with settings filled in.

    Raises `UnableToConnect` for one that is not https (http on this machine will do).
    """
    text = given.strip() or values.get("url", "").strip()
    field = "url"
    if not text:
        holes = _HOLE.findall(channel.base_url)
        field = holes[0] if holes else "url"
        text = _HOLE.sub(lambda found: _host_part(values.get(found[1], ""), found[1]), channel.base_url)
    text = text.rstrip("/")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    bare = not (parts.username or parts.password or parts.query or parts.fragment)
    if not (host and safe and bare) or len(text) > _LONGEST_URL or any(letter.isspace() for letter in text):
        raise UnableToConnect(
            "Write an https address, for example https://shop.example (http only on this machine).",
            "请填写 https 地址，例如 https://shop.example（仅本机可用 http）。",
            field,
        )
    return text


def _host_part(value: str, name: str) -> str:
    """A setting that becomes part of the address: a host's name and nothing that could lead elsewhere."""
    plain = value.strip().removeprefix("https://").rstrip("/")
    if not plain or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?", plain):
        raise UnableToConnect(
            "Letters, digits, dots and hyphens only, as in shop-name.example.", "只能包含字母、数字、点和连字符。", name
        )
    return plain
