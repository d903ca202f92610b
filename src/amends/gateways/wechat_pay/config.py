"""What must be known of a merchant to pay back by WeChat Pay, and what WeChat Pay can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from amends.facts.wire import Capabilities
from amends.gateways.rsa import UnableToReadKey, must_be_one_of, must_be_texts, private_key, public_key

OFFICIAL: Final = "https://api.mch.weixin.qq.com"

CAPABILITIES: Final = Capabilities(
    most_partials=50,
    window_days=365,
    spacing_seconds=60,
    calls_per_second=150,
    ask_after_seconds=60,
    fee_returned=True,
    currencies=frozenset({"CNY"}),
)
"""pay.weixin.qq.com, domestic refunds: 50 refunds an order, within a year, a minute apart, asked about after a minute,
150 calls a second (6 where they are wrong). The fee comes back in proportion (seen in practice, not in a contract)."""


@dataclass(frozen=True, slots=True)
class WeChatPayConfig:
    """A merchant's account.

    `merchant`: 商户号. `serial`: serial number of the merchant's own certificate, `private_key`: its key (PEM).
    `api_v3_key`: the 32 characters set as APIv3 密钥. `platform_keys`: WeChat Pay's public keys or certificates (PEM) by
    public-key id (``PUB_KEY_ID_...``) or certificate serial. `named_by`: which number a payment's reference is.
    `spacing_seconds`, `ask_after_seconds`: other pauses than WeChat Pay's own, for a test system.
    """

    merchant: str
    serial: str
    private_key: str = field(repr=False)
    api_v3_key: str = field(repr=False)
    platform_keys: Mapping[str, str]
    notify_url: str | None = None
    base_url: str = OFFICIAL
    named_by: Literal["transaction_id", "out_trade_no"] = "transaction_id"
    spacing_seconds: int = 60
    ask_after_seconds: int = 60

    def __post_init__(self) -> None:
        """Refuse what cannot be used now rather than at the first refund. Raises `UnableToReadKey` and `TypeError`."""
        must_be_texts(self, "merchant", "serial", "private_key", "api_v3_key", "base_url")
        must_be_one_of(self, "named_by", "transaction_id", "out_trade_no")
        if not isinstance(self.platform_keys, Mapping):
            raise UnableToReadKey("platform_keys: should hold WeChat Pay's public keys (PEM), each by its id")
        private_key(self.private_key)
        if len(self.api_v3_key.encode()) != 32:
            raise UnableToReadKey("api_v3_key: should be the 32 characters set as APIv3 key in the merchant console")
        if not self.platform_keys:
            raise UnableToReadKey("platform_keys: should hold at least one of WeChat Pay's public keys, by its id")
        for key in self.platform_keys.values():
            public_key(str(key))
