"""The fake platforms there are, by the name of their channel."""

from __future__ import annotations

from typing import Final

from amends.fakes.douyin import FakeDouyin
from amends.fakes.jd import FakeJd
from amends.fakes.pinduoduo import FakePinduoduo
from amends.fakes.platform import PlatformFake
from amends.fakes.shopify import FakeShopify
from amends.fakes.taobao import FakeTaobao, FakeTmall
from amends.fakes.wechat_shop import FakeWechatShop

PLATFORMS: Final[dict[str, type[PlatformFake]]] = {
    "shopify": FakeShopify,
    "douyin": FakeDouyin,
    "wechat": FakeWechatShop,
    "taobao": FakeTaobao,
    "tmall": FakeTmall,
    "pinduoduo": FakePinduoduo,
    "jd": FakeJd,
}
