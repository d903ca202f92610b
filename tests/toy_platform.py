"""A platform in memory with a clock of its own, and the channel that speaks to it: for tests of how shops are read.

It keeps everything that ever was, so that it can answer as it would have some time ago (a replica that lags behind), and it can be told
to fail: throttled, down, out of reach, refusing keys, answering nonsense.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from amends.basics.money import write_minor
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.imported import CaseMade, Remark, RowRefused
from amends.facts.orders import Contact
from amends.facts.platforms import OVER, Page, PlatformStatus, Pushed, ToldCase, ToldOrder, ToldRefund, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, UnableToReach, UnableToTrustNotice, WireAnswer, WireRequest

KEY = "toy-key"
PAGE = 3
Talk = Generator[WireRequest, WireAnswer, Any]
STATUSES = {
    "ASKED": PlatformStatus("requested", Says("asked", "待处理")),
    "AGREED": PlatformStatus("awaiting_return", Says("agreed", "待退货")),
    "REFUSED": PlatformStatus("refused", Says("refused", "已拒绝")),
    "PAID": PlatformStatus("succeeded", Says("paid", "退款成功")),
    "GONE": PlatformStatus("closed", Says("gone", "已关闭")),
}


@dataclass
class ToyPlatform:
    """Cases and orders with all their versions. `faults`: what the next calls meet, one each; `lag`: how old the next answers are."""

    now: datetime
    cases: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    orders: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lag: list[timedelta] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    key: str = KEY
    calls: list[str] = field(default_factory=list)
    hosts: list[frozenset[str]] = field(default_factory=list)
    page: int = PAGE

    def put(
        self, number: str, status: str, *, version: bool = True, refunds: list[dict[str, Any]] | None = None
    ) -> None:
        """A case as it stands from now on."""
        there = self.cases.setdefault(number, [])
        moment = self.now.isoformat()
        paid = refunds if refunds is not None else list(there[-1]["refunds"]) if there else []
        there.append(
            {
                "number": number, "order": f"O{number}", "status": status, "amount": 5_900, "refunds": paid,
                "asked": there[0]["asked"] if there else moment, "updated": moment,
                "version": str(len(there) + 1) if version else "",
            }
        )  # fmt: skip

    def sell(self, number: str, title: str = "Lamp") -> None:
        """An order as it stands from now on."""
        self.orders.setdefault(number, []).append({"number": number, "title": title, "updated": self.now.isoformat()})

    def pushed(self, number: str, name: str, what: str = "case") -> tuple[dict[str, str], bytes]:
        """A push that says that something changed, signed."""
        body = json.dumps({"id": name, "what": what, "number": number}).encode()
        return {"x-signature": hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()}, body

    def toward(self, hosts: Collection[str]) -> ToyPlatform:
        """As a wire: whatever hosts are allowed is noted."""
        self.hosts.append(frozenset(hosts))
        return self

    def call(self, request: WireRequest) -> WireAnswer:
        """Answer a request, or fail as was told."""
        parts = urlsplit(request.url)
        self.calls.append(parts.path)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "reach":
            raise UnableToReach("nobody answers", sent=True)
        if fault:
            status, headers, body = FAULTS[fault]
            return WireAnswer(status, headers, body)
        if request.headers.get("authorization") != self.key:
            return WireAnswer(401, {}, b"{}")
        at = self.now - (self.lag.pop(0) if self.lag else timedelta(0))
        found = self._answer(parts.path, dict(parse_qsl(parts.query)), at)
        return WireAnswer(404, {}, b"{}") if found is None else WireAnswer(200, {}, json.dumps(found).encode())

    def _answer(self, path: str, query: Mapping[str, str], at: datetime) -> Any:
        if path == "/shop":
            return {"name": "Toys"}
        if path == "/changed":
            return self._changed(query, at)
        what, _, number = path.strip("/").partition("/")
        if number in self.strange:
            return {"nonsense": True}
        return _as_of((self.cases if what == "cases" else self.orders).get(number, []), at)

    def _changed(self, query: Mapping[str, str], at: datetime) -> Any:
        listed = [("case", one) for rows in self.cases.values() if (one := _as_of(rows, at))]
        listed += [("order", one) for rows in self.orders.values() if (one := _as_of(rows, at))]
        listed = [one for one in listed if query["since"] <= one[1]["updated"] < query["until"]]
        listed.sort(key=lambda one: _place(*one))
        behind = [one for one in listed if _place(*one) > query.get("cursor", "")]
        page = behind[: self.page]
        return {
            "cases": [one for what, one in page if what == "case"],
            "orders": [one for what, one in page if what == "order"],
            "cursor": _place(*page[-1]) if len(behind) > self.page else "",
        }


FAULTS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "throttle": (429, {"retry-after": "7"}, b"{}"),
    "down": (503, {}, b"{}"),
    "malformed": (200, {}, b'{"cases": ['),
    "keys": (401, {}, b"{}"),
    "refused": (403, {}, b"{}"),
}


def _place(what: str, one: Mapping[str, Any]) -> str:
    return f"{one['updated']}|{what}|{one['number']}"


def _as_of(rows: list[dict[str, Any]], at: datetime) -> dict[str, Any] | None:
    found = [row for row in rows if row["updated"] <= at.isoformat()]
    return found[-1] if found else None


class ToyChannel:
    """Implements `amends.facts.channels.Channel` for `ToyPlatform`."""

    name = "direct"
    title = Says("Toys", "玩具")
    settings = (
        Setting("key", Says("Key", "密钥"), Says("In the toy box.", "在玩具箱里。"), secret=True),
        Setting("label", Says("Label", "标签"), Says("Any.", "随意。"), needed=False),
    )
    base_url = "https://toy.example"
    guide = (Says("Open the box.", "打开箱子。"), Says("Push to {push_url}.", "推送到 {push_url}。"))
    statuses = STATUSES

    def __init__(self, **can: Any) -> None:
        self.can = ChannelCan(**{"orders": True, "pushes": True, "page_size": PAGE, **can})

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        found = yield from _get(access, "/shop")
        return Probe(str(found["name"]))

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        if not self.can.tokens:
            return {}
        found = yield from _get(Access(access.shop, access.url, {"key": KEY}), "/shop")
        return {"key": KEY, "expires_at": (seal.at + timedelta(hours=2)).isoformat()} if found else {}

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        query = {"since": window.since.isoformat(), "until": window.until.isoformat(), "cursor": window.cursor}
        found = yield from _get(access, f"/changed?{urlencode(query)}")
        cases = tuple([told_case(one, access) for one in found["cases"]])
        return Page(cases, tuple([told_order(one) for one in found["orders"]]), str(found["cursor"]))

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        try:
            found = yield from _get(access, f"/cases/{number}")
        except UnableToTalk as fault:
            if fault.why == "missing":
                return None
            raise
        return told_case(found, access)

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        found = yield from _get(access, f"/orders/{number}")
        return told_order(found)

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        yield from _get(access, "/shop")
        return DeedReceipt("person")

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        yield from _get(access, "/shop")
        return DeedReceipt("absent")

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        yield from _get(access, "/shop")
        return ()

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        wanted = hmac.new(access.values["key"].encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, headers.get("x-signature", "")):
            raise UnableToTrustNotice("the signature is wrong")
        told = json.loads(body)
        return (Pushed(told["id"], told["what"], told["number"], "changed", at),)

    def answer_push(self) -> WireAnswer:
        return WireAnswer(200, {"content-type": "text/plain"}, b"heard")


def _get(access: Access, target: str) -> Talk:
    headers = {"authorization": access.values.get("key", "")}
    answer = yield WireRequest("GET", f"{access.url}{target}", headers)
    why = {401: "keys", 403: "refused", 404: "missing", 429: "throttled", 503: "down"}.get(answer.status)
    if why is not None:
        asked = answer.headers.get("retry-after")
        raise UnableToTalk(why, f"HTTP {answer.status}", retry_after=int(asked) if asked else None)  # type: ignore[arg-type]
    try:
        found = json.loads(answer.body)
    except ValueError:
        raise UnableToTalk("strange", "no JSON") from None
    if "nonsense" in found:
        raise UnableToTalk("strange", "nonsense")
    return found


def told_case(one: Mapping[str, Any], access: Access) -> ToldCase:
    known = STATUSES.get(one["status"])
    standing = known.standing if known else None
    updated = datetime.fromisoformat(one["updated"]).astimezone(UTC)
    over = standing in OVER
    request = {
        "kind": "refund_only",
        "reason": "quality",
        "requested_at": one["asked"],
        "amount": _amount(one["amount"]),
    }
    order = {
        "id": one["order"], "currency": "EUR", "placed_at": "2026-11-01T10:00:00+01:00",
        "lines": [{"id": "l1", "title": "Lamp", "quantity": 1, "paid": _amount(one["amount"])}],
        "payments": [{"id": "p1", "method": "card", "captured": _amount(one["amount"])}],
    }  # fmt: skip
    case = {
        "case": one["number"], "shop": {"channel": "direct", "name": access.shop.name}, "market": "DE", "request": request,
        "order": order, "buyer": {"message": one["status"]},
    }  # fmt: skip
    as_of = updated.strftime("%Y-%m-%dT%H:%M:%SZ")
    made: CaseMade | RowRefused = CaseMade(one["number"], case, "closed" if over else "open", as_of)
    if one["status"] == "BROKEN":
        made = RowRefused(Remark("broken", "无法读取", "cannot be read"), one["number"])
    refunds = tuple(
        [
            ToldRefund(r["reference"], r["amount"], "EUR", updated, r.get("key", ""), "p1", r.get("moved", True))
            for r in one["refunds"]
        ]
    )
    alarms = (
        () if known else (Remark("status_unknown", f"未知状态 {one['status']}", f"unknown status {one['status']}"),)
    )
    return ToldCase(
        one["number"],
        made,
        one["status"],
        standing,
        updated,
        one["version"],
        None,
        over,
        refunds,
        "",
        alarms,
        dict(one),
    )


def told_order(one: Mapping[str, Any]) -> ToldOrder:
    order = {
        "id": one["number"], "currency": "EUR", "placed_at": "2026-11-01T10:00:00+01:00",
        "lines": [{"id": "l1", "title": one["title"], "quantity": 1, "paid": "59.00"}],
        "payments": [{"id": "p1", "method": "card", "captured": "59.00"}],
    }  # fmt: skip
    updated = datetime.fromisoformat(one["updated"]).astimezone(UTC)
    return ToldOrder(one["number"], {"order": order}, Contact("buyer@shop.example"), updated, (), dict(one))


def _amount(minor: int) -> str:
    return write_minor(minor, 2)
