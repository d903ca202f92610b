"""What must be known of a merchant to pay back by Alipay, and what Alipay can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from amends.facts.wire import Capabilities
from amends.gateways.rsa import must_be_one_of, must_be_texts, private_key, public_key

OFFICIAL: Final = "https://openapi.alipay.com/gateway.do"

CAPABILITIES: Final = Capabilities(
    window_days=None,
    spacing_seconds=3,
    ask_after_seconds=10,
    fee_returned=None,
    currencies=frozenset({"CNY"}),
)
"""Window and fees are as signed in the contract (opendocs.alipay.com; refunds of
one payment three seconds apart; a refund is found by a question ten seconds later)."""


@dataclass(frozen=True, slots=True)
class AlipayConfig:
    """A merchant's application.

    `private_key`: the application's key, `alipay_public_key`: Alipay's (PEM, or the bare base64 that the console shows).
    `named_by`: which number a payment's reference is. `notice_seconds`: how old a notice may be. `window_days`: how long
    after the payment your contract lets you refund. `spacing_seconds`, `ask_after_seconds`: other pauses, for a test system.
    """

    app_id: str
    private_key: str = field(repr=False)
    alipay_public_key: str
    notify_url: str | None = None
    app_auth_token: str | None = field(default=None, repr=False)
    gateway_url: str = OFFICIAL
    named_by: Literal["trade_no", "out_trade_no"] = "trade_no"
    notice_seconds: int = 300
    window_days: int | None = None
    spacing_seconds: int = 3
    ask_after_seconds: int = 10

    def __post_init__(self) -> None:
        """Refuse what cannot be used now rather than at the first refund. Raises `UnableToReadKey` and `TypeError`."""
        must_be_texts(self, "app_id", "private_key", "alipay_public_key", "gateway_url")
        must_be_one_of(self, "named_by", "trade_no", "out_trade_no")
        private_key(self.private_key)
        public_key(self.alipay_public_key)
