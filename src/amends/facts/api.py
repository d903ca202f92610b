"""The nouns of the HTTP API: what a token may do, where events are sent, and what became of each sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.facts.people import Merchants, Person
from amends.facts.rulebook import Says

SCOPES: Final[Mapping[str, Says]] = {
    "orders:read": Says("read orders", "查看订单"),
    "orders:write": Says("tell orders", "写入订单"),
    "cases:read": Says("read cases, their logs, deadlines and messages", "查看售后单、日志、时限与消息"),
    "cases:write": Says("work on cases: every verb that says yes to no money", "处理售后单（不含同意付款的操作）"),
    "money:read": Says("read what is paid, promised and waits for approval", "查看已退、待退款项与待审批"),
    "money:write": Says("approve, offer, settle, and decide approvals", "同意、协商、结算与审批"),
    "evidence:read": Says("read what is kept of goods and listings", "查看货物凭证与商品页版本"),
    "evidence:write": Says("give packing videos, weighing photos and listings", "上传打包视频、称重照片与商品页"),
    "reviews:read": Says("read reviews and their answers", "查看评价与回复"),
    "reviews:write": Says("tell reviews, and which answers stand on the platform", "写入评价，登记已发出的回复"),
    "settings:read": Says("read shops, policies and rules", "查看店铺、政策与规则"),
    "webhooks:write": Says("keep webhooks: where events are sent", "管理 Webhook 推送地址"),
}
"""What a token may be given. Beside it its role and its merchant hold, as they do for people."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as it is kept; the secret itself is not. `merchant`: "" for all of them. `per_minute`: calls, 0 for no limit."""

    number: int
    name: str
    merchant: str
    role: str
    scopes: frozenset[str]
    per_minute: int
    hint: str
    made_by: str
    made_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def listed(self) -> list[str]:
        """Its scopes in the order in which people read them."""
        return [scope for scope in SCOPES if scope in self.scopes]

    @property
    def merchants(self) -> Merchants:
        """The wall round it."""
        return frozenset({self.merchant}) if self.merchant else None

    @property
    def person(self) -> Person:
        """Whom it acts as: a shop's system, never mistaken for a person of the same name."""
        return Person(f"api:{self.name}", self.role, self.merchants, kind="shop")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer that was given to a call with an idempotency key. `digest`: of the call, to see that it is the same one."""

    digest: str
    status: int
    etag: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a merchant wants to hear of events. `events`: patterns such as `case.*`; none means all. `off_since`: switched off then.

    `alarm`: why it was switched off by the house, "" where it was not. `secrets`: the newest first; two while one is being changed.
    """

    number: int
    merchant: str
    url: str
    events: tuple[str, ...]
    secrets: tuple[str, ...]
    made_by: str
    made_at: datetime
    off_since: datetime | None = None
    alarm: str = ""
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint. `name` is its `webhook-id`, the same at every try. `state`: waiting, delivered or failed."""

    number: int
    endpoint: int
    name: str
    event: str
    body: str
    made_at: datetime
    state: str
    tries: int
    next_at: datetime | None
    status: int | None
    message: str
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """An entry of some case's log, with where that case stood: what the feed and the webhooks tell. `number` grows with time."""

    number: int
    case: int
    key: str
    shop: str
    merchant: str
    seq: int
    at: datetime
    what: str
    by_kind: str
    moves: tuple[tuple[str, str], ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What is asked of the cases. An empty filter means any; `before`: the number of the last one that was seen, 0 at the start."""

    shop: str = ""
    state: str = ""
    status: str = ""
    order: str = ""
    key: str = ""
    before: int = 0
    most: int = 50


def event_json(one: LoggedEvent) -> dict[str, Any]:
    """An event as the outside reads it. What people wrote stays inside."""
    return {
        "id": f"evt_{one.number}",
        "type": f"case.{one.what}",
        "timestamp": one.at.isoformat(),
        "data": {
            "case": one.case,
            "key": one.key,
            "shop": one.shop,
            "merchant": one.merchant,
            "version": one.seq,
            "by": one.by_kind,
            "moves": [list(move) for move in one.moves],
            "details": dict(one.data),
        },
    }


def wants(events: tuple[str, ...], kind: str) -> bool:
    """Whether an endpoint with these patterns hears of an event of this kind (`case.approved`)."""
    return not events or any(kind == one or (one.endswith("*") and kind.startswith(one[:-1])) for one in events)
