"""The channels there are: one line a platform."""

from __future__ import annotations

from typing import Final

from amends.channels.shopify.channel import Shopify
from amends.facts.channels import Channel

CHANNELS: Final[tuple[Channel, ...]] = (Shopify(),)
BY_NAME: Final[dict[str, Channel]] = {channel.name: channel for channel in CHANNELS}
