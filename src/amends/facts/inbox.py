"""What came in from outside: notices as they were received, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

NoticeState = Literal["received", "done", "ignored", "exception", "refused"]
"""`received`: kept, not worked on yet. `exception`: a person must look. `refused`: nothing proves where it comes from."""
KEPT_HEADERS: Final = frozenset(
    "content-type stripe-signature paypal-transmission-id paypal-transmission-time paypal-transmission-sig paypal-auth-algo"
    " wechatpay-timestamp wechatpay-nonce wechatpay-signature wechatpay-serial wechatpay-signature-type".split()
)
"""Headers that are kept with a notice: what its signature needs, and nothing that could be a secret of ours."""


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice as it lies in the inbox: `name` is the sender's own id of it, `reason` why it waits for a person."""

    number: int
    source: str
    name: str
    kind: str
    state: NoticeState
    reason: str
    at: datetime
    headers: dict[str, str]
    body: bytes
