"""The channels there are: one line a platform."""

from __future__ import annotations

from typing import Final

from amends.channels.douyin.channel import Douyin
from amends.channels.jd.channel import Jd
from amends.channels.pinduoduo.channel import Pinduoduo
from amends.channels.shopify.channel import Shopify
from amends.channels.taobao.channel import TaobaoChannel
from amends.channels.wechat.channel import Wechat
from amends.facts.channels import Channel

CHANNELS: Final[tuple[Channel, ...]] = (
    Shopify(),
    Douyin(),
    Wechat(),
    TaobaoChannel("taobao"),
    TaobaoChannel("tmall"),
    Pinduoduo(),
    Jd(),
)
BY_NAME: Final[dict[str, Channel]] = {channel.name: channel for channel in CHANNELS}
