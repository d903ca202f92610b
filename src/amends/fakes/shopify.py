"""A stand-in for Shopify's GraphQL Admin API 2026-10: orders, returns, refunds under a key, points that run out, signed webhooks.

It carries out the documents that are known here and picks what they ask for. Where `schema` is given (the tests give the published
one), every document is held against it first and every answer afterwards, so that neither can drift from the real thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final, Protocol

from amends.fakes import graphql
from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.market import Asked, SoldOrder
from amends.fakes.shopify_deeds import Deeds, Refused
from amends.fakes.shopify_plain import moment
from amends.fakes.shopify_points import Points
from amends.fakes.shopify_pushes import CLIENT_SECRET, SHOP, ShopifyPushes
from amends.fakes.shopify_shapes import Shapes

CLIENT_ID: Final = "amends-fake-app"
TOKEN: Final = "shpat_amends_fake"
SCOPES: Final = ("write_orders", "write_returns", "read_all_orders")
MOST_COST: Final = 1000


class Schema(Protocol):
    """The published schema, where somebody has it."""

    def faults(self, document: str, variables: Mapping[str, Any]) -> list[str]:
        """What the real one would say against a document and its variables; [] where it would carry it out."""
        ...

    def untold(self, document: str, variables: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
        """What of these values cannot be an answer to the document."""
        ...


class FakeShopify(ShopifyPushes):
    """Shopify as far as goods and money come back."""

    name: ClassVar[str] = "shopify"
    currency: ClassVar[str] = "EUR"
    schema: ClassVar[Schema | None] = None

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        self._asking = ""
        self._underway: set[str] = set()
        self.points = Points()
        self.tokens = {TOKEN}
        super().__init__(store, seed, latency_ms)
        self.shapes = Shapes(self)
        self.deeds = Deeds(self, self.shapes)

    def routes(self) -> list[Route]:
        """The one address, and the one for tokens."""
        return [
            ("POST", "/admin/api/2026-10/graphql.json", self._graphql),
            ("POST", "/admin/oauth/access_token", self._token),
        ]

    def config(self) -> dict[str, Any]:
        """What the shop is connected with."""
        return {"shop": SHOP, "client_id": CLIENT_ID, "token": TOKEN, "client_secret": CLIENT_SECRET}

    def order_number(self) -> str:
        """`#1001` and on."""
        return f"#{1001 + len(self.market.orders)}"

    def case_number(self) -> str:
        """`#1001-R1` and on; of an order that nobody has where no order is being asked about."""
        if not self._asking:
            return "#9999-R1"
        return f"{self._asking}-R{len(list(self.market.of_order(self._asking))) + 1}"

    def sell(self, lines: list[dict[str, Any]] | None = None, **more: Any) -> SoldOrder:
        """An order; its lines are numbered as Shopify numbers them."""
        with self.lock:
            number = more.setdefault("number", self.order_number())
            base = self.shapes.number(number) * 100
            wanted = lines or [{"paid": 5_900}]
            named = [{"id": str(base + place), **line} for place, line in enumerate(wanted)]
            return super().sell(named, **more)

    def ask(self, order: str, kind: str = "return_refund", *more: Any, **others: Any) -> Asked:
        """The buyer asks for a return or an exchange; a refund alone cannot be asked for at Shopify."""
        with self.lock:
            self._asking = order
            try:
                return super().ask(order, "return_refund" if kind == "refund_only" else kind, *more, **others)
            finally:
                self._asking = ""

    # Its addresses.

    def _token(self, call: Call) -> Reply:
        """A token for the app's id and secret, good for a day."""
        form = call.form()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return json_reply(401, {"error": "invalid_client"})
        if form.get("grant_type") != "client_credentials":
            return json_reply(400, {"error": "unsupported_grant_type"})
        token = self.new_id("shpat_amends_fake_")
        self.tokens.add(token)
        return json_reply(200, {"access_token": token, "scope": ",".join(SCOPES), "expires_in": 86_399})

    def _graphql(self, call: Call) -> Reply:
        if call.headers.get("x-shopify-access-token") not in self.tokens:
            message = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return json_reply(401, {"errors": message})
        content = call.json()
        text, variables = content.get("query"), content.get("variables") or {}
        if not isinstance(text, str) or not isinstance(variables, dict):
            raise UnableToUnderstand("query: a document is wanted, with its variables beside it")
        if self.schema and (found := self.schema.faults(text, variables)):
            return _errors([{"message": one, "extensions": {"code": "invalidDocument"}} for one in found])
        try:
            document = graphql.read(text)
            wanted = graphql.cost(document, variables)
            if refused := self._too_dear(wanted):
                return refused
            return self._carried_out(call, document, text, variables, wanted)
        except graphql.UnableToRead as fault:
            return _errors([{"message": str(fault), "extensions": {"code": "notKnownHere"}}])
        except Refused as fault:
            return _errors([{"message": str(fault), "extensions": {"code": fault.code}}])

    def _carried_out(
        self, call: Call, document: graphql.Document, text: str, variables: dict[str, Any], wanted: int
    ) -> Reply:
        root: dict[str, Any] = {}
        notices: list[Told] = []
        refund = None
        for one in document.fields(document.picks):
            args = graphql.filled(one.args, variables)
            if document.kind == "mutation":
                directives = graphql.filled(dict(one.directives), variables)
                done = self.deeds.do(call, one.name, args, directives, self._underway)
                root[one.name], refund = done.payload, done.refund
                notices += done.notices
            else:
                root[one.name] = self._read(one.name, args)
        data = graphql.pick(document, {"__typename": "", **root}, document.picks, variables)
        if self.schema and not self._is_strange(call) and (found := self.schema.untold(text, variables, root)):
            return _errors([{"message": one, "extensions": {"code": "standInIsWrong"}} for one in found])
        cost = self.points.spend(wanted, _objects(data))
        return json_reply(200, {"data": data, "extensions": {"cost": cost}}, notices=tuple(notices), refund=refund)

    def _is_strange(self, call: Call) -> bool:
        odd = any(case.strange for case in self.market.cases.values())
        return odd or any(one.detail.get("strange") for one in self.ledger.refunds()) or "wrong_currency" in call.faults

    def _read(self, name: str, args: Mapping[str, Any]) -> Any:
        if name == "shop":
            return {"__typename": "Shop", "name": "Nordhus", "myshopifyDomain": SHOP, "currencyCode": self.currency}
        if name == "currentAppInstallation":
            scopes = [{"__typename": "AccessScope", "handle": scope} for scope in SCOPES]
            return {"__typename": "AppInstallation", "accessScopes": scopes}
        if name == "orders":
            return self._orders(args)
        if name == "order":
            found = next(
                (o for o in self.market.orders.values() if self.shapes.order_gid(o.number) == args["id"]), None
            )
            return self.shapes.order(found) if found else None
        if name == "return":
            case = next((c for c in self.market.cases.values() if self.shapes.return_gid(c.number) == args["id"]), None)
            return self.shapes.asked(case) if case else None
        raise graphql.UnableToRead(f"this stand-in answers no query {name!r}")

    def _orders(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Orders by when they changed, those behind the cursor."""
        query, first, after = str(args.get("query") or ""), int(args.get("first") or 0), str(args.get("after") or "")
        found = []
        for order in self.market.orders.values():
            at = moment(self.shapes.updated(order)) or ""
            if _fits(query, order.number, at) and f"{at}|{order.number}" > after:
                found.append((f"{at}|{order.number}", order))
        found.sort(key=lambda one: one[0])
        edges = [
            {"__typename": "OrderEdge", "cursor": cursor, "node": self.shapes.order(order)}
            for cursor, order in found[:first]
        ]
        page = {"__typename": "PageInfo", "hasNextPage": len(found) > first}
        page["endCursor"] = edges[-1]["cursor"] if edges else None
        return {"__typename": "OrderConnection", "edges": edges, "nodes": [e["node"] for e in edges], "pageInfo": page}

    # Points.

    def _too_dear(self, wanted: int) -> Reply | None:
        if wanted > MOST_COST:
            message = f"Query cost is {wanted}, which exceeds the single query max cost limit ({MOST_COST})"
            return _errors([{"message": message, "extensions": {"code": "MAX_COST_EXCEEDED"}}])
        if wanted > self.points.there():
            return self._throttled(self.points.told(wanted, None))
        return None

    def _throttled(self, cost: dict[str, Any]) -> Reply:
        errors = [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
        return json_reply(200, {"errors": errors, "extensions": {"cost": cost}})

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Too many points are told within a 200; other faults by their status."""
        if status == 429:
            wait = int((headers or {}).get("Retry-After", "1"))
            cost = self.points.told(wait * self.points.a_second, None)
            cost["throttleStatus"]["currentlyAvailable"] = 0
            return self._throttled(cost)
        return json_reply(status, {"errors": message}, headers)

    def mark_underway(self, call: Call, underway: bool) -> None:
        """The same key meanwhile is refused."""
        key = str((call.json().get("variables") or {}).get("key", ""))
        (self._underway.add if underway else self._underway.discard)(key)


def _fits(query: str, number: str, at: str) -> bool:
    if name := re.fullmatch(r'name:"([^"]*)"', query):
        return number in (name.group(1), f"#{name.group(1)}")
    window = re.fullmatch(r"updated_at:>='([^']+)' AND updated_at:<'([^']+)'", query)
    if window is None:
        raise graphql.UnableToRead(f"this stand-in cannot search for {query!r}")
    return window.group(1) <= at < window.group(2)


def _errors(errors: list[dict[str, Any]]) -> Reply:
    return json_reply(200, {"errors": errors})


def _objects(data: Any) -> int:
    if isinstance(data, list):
        return sum([_objects(one) for one in data])
    return 1 + sum([_objects(one) for one in data.values()]) if isinstance(data, dict) else 0
