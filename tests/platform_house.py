"""A shop connected to a small platform: its channel, the platform itself (in this process or over HTTP), and cases that stand there."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import urlsplit

from amends.carry_out.deed_runner import DeedRunner
from amends.carry_out.platform_pay import PlatformPay
from amends.carry_out.runner import Runner
from amends.carry_out.talk import talk
from amends.desk.cases.desk import CaseDesk
from amends.facts.channels import Access, ChannelCan, Probe, UnableToTalk
from amends.facts.connections import Reached
from amends.facts.deeds import ACTIONS, Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import BY_SHOP, Seal, UnableToReach, WireAnswer, WireRequest
from tests.case_house import case_desk
from tests.django_house import NOW
from tests.money_house import SHOP, case_of, order_of

T = TypeVar("T")
LEADS_TO = {
    "agree_refund": "succeeded",
    "agree_return": "awaiting_return",
    "refuse": "refused",
    "confirm_receipt": "returning",
    "ship_replacement": "replacement_sent",
}
MALL = Says("Mall", "商城")
CAN = ChannelCan(
    actions=frozenset(ACTIONS) - {"extend", "intercept", "note"},
    by_person=frozenset({"extend"}),
    pays=True,
    locks=True,
    keyed=True,
    console="https://mall.example/cases/{case}?order={order}",
)


@dataclass
class Mall:
    """The platform. `faults`: what goes wrong with the next changes, one each: before, after, broken, person, stale, refused, throttled."""

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    away: bool = False
    changes: int = 0
    looks: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def open(self, number: str, standing: str = "requested") -> None:
        """A case that the buyer opened."""
        self.cases[number] = {"standing": standing, "version": 1, "deeds": []}

    def call(self, request: WireRequest) -> WireAnswer:
        """Implements `Caller` for tests in one process."""
        if self.away:
            raise UnableToReach("the mall is away", sent=False)
        fault = self.faults.pop(0) if request.method == "POST" and self.faults else ""
        if fault == "before":
            raise UnableToReach("the line broke", sent=True)
        status, told = self.answer(request.method, urlsplit(request.url).path, json.loads(request.body or b"{}"), fault)
        if fault == "after":
            raise UnableToReach("the line broke", sent=True)
        return WireAnswer(status, {}, json.dumps(told).encode())

    def answer(self, method: str, path: str, given: Mapping[str, Any], fault: str = "") -> tuple[int, dict[str, Any]]:
        """What the platform does and says."""
        with self.lock:
            _, _, number, *rest = path.split("/")
            if method == "PUT":
                self.open(number)
                self.cases[number]["lose"] = 1
            case = self.cases.get(number)
            if case is None:
                return 404, {}
            if method != "POST":
                self.looks += 1
                return 200, case
            if fault in ("broken", "throttled"):
                return (500, {}) if fault == "broken" else (429, {"wait": 30})
            if fault in ("person", "stale", "refused"):
                return 409, {"why": fault}
            if given.get("version") and given["version"] != str(case["version"]):
                return 409, {"why": "stale"}
            self.changes += 1
            done = {"key": given["key"], "what": rest[0], "id": f"m{self.changes}", "given": dict(given)}
            case["deeds"].append(done)
            case["version"] += 1
            case["standing"] = LEADS_TO.get(rest[0], case["standing"])
            return 200, done

    def done(self, number: str) -> list[str]:
        """What was done to a case, in order."""
        return [one["what"] for one in self.cases[number]["deeds"]]

    def paid(self, number: str) -> list[int]:
        """The amounts that went back of a case."""
        return [one["given"]["amount"] for one in self.cases[number]["deeds"] if one["what"] == "agree_refund"]


@dataclass(frozen=True)
class MallChannel:
    """The platform's translator. Looks first whether a deed was done already, as one must where the platform keeps no key."""

    can: ChannelCan = CAN
    name: str = "mall"
    title: Says = MALL
    settings: tuple[()] = ()
    base_url: str = ""
    guide: tuple[()] = ()
    statuses: Mapping[str, PlatformStatus] = field(default_factory=dict)
    reasons: tuple[PlatformReason, ...] = (
        PlatformReason("77", "超出期限"),
        PlatformReason("78", "影响二次销售", needs_proof=True),
    )

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        before = yield from self.acted(access, deed, seal)
        if before.outcome != "absent":
            return before
        body = {
            "key": deed.key, "version": deed.version, "amount": deed.amount, "reason": deed.reason, "text": deed.text,
            "waybill": deed.waybill, "carrier": deed.carrier, "address": deed.address, "payment": deed.payment,
            "lines": [[one.line, one.quantity, one.amount] for one in deed.lines], "shipping": deed.shipping,
            "files": [[one.name, one.kind, len(one.content)] for one in deed.files], "kind": deed.kind,
        }  # fmt: skip
        url = f"{access.url}/cases/{deed.case}/{deed.action}"
        answer = yield WireRequest("POST", url, {}, json.dumps(body).encode())
        told = json.loads(answer.body)
        if answer.status == 200:
            return DeedReceipt("done", told["id"], deed.amount, deed.currency or None)
        if answer.status == 429:
            return DeedReceipt("absent", code="429", retry_after=told["wait"])
        outcome = {"person": "person", "stale": "stale", "refused": "failed"}.get(told.get("why", ""), "unknown")
        return DeedReceipt(outcome, code=str(told.get("why", answer.status)), message="the mall says no")  # type: ignore[arg-type]

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        answer = yield WireRequest("GET", f"{access.url}/cases/{deed.case}")
        if answer.status != 200:
            return DeedReceipt("unknown", code=str(answer.status))
        if json.loads(answer.body).get("forgets"):
            return DeedReceipt("unknown", code="no_record")
        found = [one for one in json.loads(answer.body)["deeds"] if one["key"] == deed.key]
        return (
            DeedReceipt("done", found[0]["id"], deed.amount, deed.currency or None) if found else DeedReceipt("absent")
        )

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        answer = yield WireRequest("GET", f"{access.url}/cases/{number}")
        if answer.status != 200:
            raise UnableToTalk("down", "no list")
        return self.reasons

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        yield WireRequest("GET", access.url)
        return Probe("Mall")

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        yield from ()
        return {}

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        yield from ()
        return Page()

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        yield from ()
        return None

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        yield from ()
        return None

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[()]:
        return ()

    def answer_push(self) -> WireAnswer:
        return WireAnswer(200, {}, b"")


def connected(case: int, url: str = "http://mall", *, may_act: bool = True, may_pay: bool = True, **more: Any) -> int:
    """Connect the shop of a case to the mall and have the case stand there; the connection's number."""
    from amends.store.models import CaseRow, ConnectionRow, PlatformCaseRow

    row = CaseRow.objects.get(pk=case)
    shop = row.shop
    connection, _ = ConnectionRow.objects.get_or_create(
        shop=shop,
        defaults={
            "channel": "mall", "url": url, "state": "on", "may_act": may_act, "may_pay": may_pay, "made_by": "boss",
            "made_at": NOW, "push_name": f"push-{shop.name}", "plain": {"return_address": "A9"}, **more,
        },
    )  # fmt: skip
    PlatformCaseRow.objects.create(
        case=row, connection=connection, version="1", status="WAIT", standing="requested", updated_at=NOW,
        read_at=NOW - timedelta(minutes=1), deadline=NOW + timedelta(days=1),
    )  # fmt: skip
    return connection.pk


def read_back(mall: Mall, case: int, at: datetime) -> None:
    """What the reading of platforms does after a hint: the case stands here as it stands there, and the hint is gone."""
    from amends.store.models import CaseRow, HintRow, PlatformCaseRow

    key = CaseRow.objects.get(pk=case).key
    there = mall.cases[key]
    PlatformCaseRow.objects.filter(case_id=case).update(
        version=str(there["version"]), standing=there["standing"], read_at=at, final=there["standing"] == "succeeded"
    )
    HintRow.objects.filter(number=key).delete()


@dataclass
class House:
    """A connected shop with its mall, at a clock that a test moves."""

    mall: Mall
    channel: MallChannel
    at: datetime = NOW
    owner: str = "w1"

    def now(self) -> datetime:
        return self.at

    def later(self, **much: float) -> None:
        self.at += timedelta(**much)

    def case(self, key: str = "", *, standing: str = "requested", gift_card: int = 0, **change: Any) -> int:
        """A case of 90 EUR that stands at the mall as well; its payment goes back by `platform`."""
        from amends.store.models import CaseRow

        order = f"O-{key or len(self.mall.cases) + 1}"
        file = order_of(gift_card=gift_card, order=order, **change)
        file["order"]["payments"][0]["method"] = "platform"
        number = case_of(file, key=key or None)
        self.mall.open(CaseRow.objects.get(pk=number).key, standing)
        return number

    def key(self, case: int) -> str:
        from amends.store.models import CaseRow

        return CaseRow.objects.get(pk=case).key

    def desk(self) -> CaseDesk:
        """The verbs, money by `platform` routed to the shop's own channel where it may pay."""
        from amends.desk.platform_amount import FixedAmounts
        from amends.store.deed_rows import side_of_case
        from amends.wiring.platform_ways import routes_of
        from amends.wiring.ways import read_ways

        desk = case_desk(self.now)
        channels = {"mall": self.channel}
        routes = routes_of(read_ways(""), channels)
        money = replace(desk.money, routes=routes, against=FixedAmounts(side_of_case, channels))
        return replace(desk, money=money, channels=channels)

    def speaks(self, reached: Reached, told: Generator[WireRequest, WireAnswer, T]) -> T:
        return talk(self.mall, told)

    def deeds(self) -> DeedRunner:
        from amends.store.connections import DatabaseConnections
        from amends.store.deed_book import DatabaseDeeds

        return DeedRunner(
            self.owner, DatabaseDeeds(), {"mall": self.channel}, DatabaseConnections().reach, lambda case, proof: (),
            self.speaks, self.now, lambda: "nonce",
        )  # fmt: skip

    def payer(self) -> Runner:
        from amends.gateways.gift_card import GiftCard
        from amends.gateways.manual import Manual
        from amends.store.connections import DatabaseConnections
        from amends.store.money_payouts import DatabasePayouts

        pay = PlatformPay(DatabaseConnections().of_shop_reached, {"mall": self.channel}, self.speaks)
        ways: dict[str, Any] = {BY_SHOP: pay, "manual": Manual(), "gift_card": GiftCard()}
        return Runner(self.owner, DatabasePayouts(), ways, self.mall, self.now, lambda: "nonce")

    def read(self, case: int) -> None:
        read_back(self.mall, case, self.at)

    def rounds(self) -> int:
        """Logs are told, tasks closed."""
        from amends.desk.channels.deeds import DeedRounds

        return DeedRounds(self.desk()).look()


def house(can: ChannelCan = CAN) -> House:
    """A mall and its channel."""
    return House(Mall(), MallChannel(can))


@contextmanager
def serving_mall(mall: Mall) -> Iterator[str]:
    """The mall over HTTP, for processes that are killed; its address. A case that was put there loses the answer to its first change."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", {})

        def do_PUT(self) -> None:
            self._answer("PUT", {})

        def do_POST(self) -> None:
            self._answer("POST", json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}"))

        def _answer(self, method: str, given: Mapping[str, Any]) -> None:
            status, told = mall.answer(method, self.path, given)
            case = mall.cases.get(self.path.split("/")[2], {})
            if method == "POST" and case.get("lose"):  # done, and the answer is lost
                case["lose"] = 0
                self.close_connection = True
                return
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


__all__ = ["CAN", "SHOP", "House", "Mall", "MallChannel", "connected", "house", "read_back", "serving_mall"]
