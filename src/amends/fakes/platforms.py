"""The fake platforms there are, by the name of their channel."""

from __future__ import annotations

from typing import Final

from amends.fakes.platform import PlatformFake
from amends.fakes.shopify import FakeShopify

PLATFORMS: Final[dict[str, type[PlatformFake]]] = {"shopify": FakeShopify}
