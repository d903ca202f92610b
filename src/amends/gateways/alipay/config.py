"""What must be known of a merchant to pay back by Alipay, and what Alipay can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from amends.facts.wire import Capabilities
from amends.gateways.rsa import private_key, public_key

OFFICIAL: Final = "https://openapi.alipay.com/gateway.do"

CAPABILITIES: Final = Capabilities(
    window_days=None,
    spacing_seconds=3,
    ask_after_seconds=10,
    fee_returned=None,
    currencies=frozenset({"CNY"}),
)
"""Window and fees are as signed in the contract: set `window_days` where yours names one (opendocs.alipay.com; refunds of
one payment three seconds apart; a refund is found by a question ten seconds later)."""


@dataclass(frozen=True, slots=True)
class AlipayConfig:
    """A merchant's application.

    `private_key`: the application's key, `alipay_public_key`: Alipay's (PEM, or the bare base64 that the console shows).
    `named_by`: which number a payment's reference is. `notice_seconds`: how old a notice may be.
    """

    app_id: str
    private_key: str = field(repr=False)
    alipay_public_key: str
    notify_url: str | None = None
    app_auth_token: str | None = field(default=None, repr=False)
    gateway_url: str = OFFICIAL
    named_by: Literal["trade_no", "out_trade_no"] = "trade_no"
    notice_seconds: int = 300

    def __post_init__(self) -> None:
        """Refuse keys that cannot be used now rather than at the first refund. Raises `UnableToReadKey`."""
        private_key(self.private_key)
        public_key(self.alipay_public_key)
