"""What is checked against the real server, by the real channel over the real wire; only the shop's other side is played."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from amends.basics.money import read_minor
from amends.carry_out.talk import talk
from amends.carry_out.wire import UnableToReach, Wire
from amends.desk.decide_case import decide_case
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Action, Deed, DeedLine, DeedReceipt
from amends.facts.imported import CaseMade, ShopSetting
from amends.facts.platforms import Page, ToldCase, ToldOrder, Window
from amends.facts.read_case import read_case
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.wiring.channels import BY_NAME
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import standard
from tests.e2e_medusa.proxy import Proxy
from tests.e2e_medusa.shop import Shop

T = TypeVar("T")


class Story:
    """One run. `checked` counts what held."""

    def __init__(self, shop: Shop, proxy: Proxy) -> None:
        self.shop, self.proxy = shop, proxy
        self.checked = 0
        self.channel = BY_NAME["medusa"]
        self.wire = Wire(["127.0.0.1"], seconds=60)
        setting = ShopSetting("medusa-shop", "medusa", "DE", "EUR")
        self.access = Access(setting, proxy.url, {"url": proxy.url, "secret_key": shop.key})

    def run(self) -> None:
        """The whole of it, but for the many orders."""
        self._keys()
        self._return_paid_back_once()
        self._refused_and_too_much()
        self._broken_off_receipt()
        self._exchange()

    # The story, chapter by chapter.

    def _keys(self) -> None:
        probe = self.say(self.channel.probe(self.access, self._seal()))
        self.hold(bool(probe.name), f"the test call names the store ({probe.name})")
        wrong = replace(self.access, values={"secret_key": "sk_wrong"})
        try:
            self.say(self.channel.probe(wrong, self._seal()))
            self.hold(False, "a wrong key is told")
        except UnableToTalk as fault:
            self.hold(fault.why == "keys", "a wrong key is told as one")

    def _return_paid_back_once(self) -> None:
        order = self.shop.order()
        told = self.order(order)
        self.hold(
            read_minor(told.file["order"]["payments"][0]["captured"], 2) == 12_480,
            "the order is read: 124.80 EUR captured",
        )
        self.hold(self.page().cases == (), "no return is told before one is asked for")
        number = self.shop.ask_back(order)
        listed = self.page()
        self.hold([case.number for case in listed.cases] == [number], "the return asked for there is read in")
        case = self.one(number)
        self.hold(case.standing == "requested" and not case.alarms, "it waits for the merchant")
        amount = self.decided(case)
        self.hold(amount == 5_990, f"decided here: {amount} minor units go back for one of two pieces")
        self.done("agree_return", case)
        self.hold(self.one(number).standing == "awaiting_return", "agreed here, and read back so")
        self.done("confirm_receipt", case)
        case = self.one(number)
        self.hold((case.status, case.standing) == ("received", "returning"), "received over there; the money is due")
        self._pay_with_a_lost_answer(case, order, amount)

    def _pay_with_a_lost_answer(self, case: ToldCase, order: str, amount: int) -> None:
        payment = self.order(order).file["order"]["payments"][0]["reference"]
        line = DeedLine(self.shop.lines(order)[0]["id"], 1, amount)
        deed = self.deed("agree_refund", case, amount=amount, payment=payment, lines=(line,))
        self.hold(self.asked(deed).outcome == "absent", "nothing is paid before")
        self.proxy.drop = "/refund"
        try:
            self.act(deed)
            self.hold(False, "the answer of the refund is lost")
        except UnableToReach as fault:
            self.hold(fault.sent, "the answer of the refund is lost after it was sent")
        self.hold(len(self.proxy.dropped) == 1, "the server has got it")
        receipt = self.asked(deed)
        self.hold((receipt.outcome, receipt.amount) == ("done", amount), "asked by our key: done, with the amount")
        again = self.act(deed)
        self.hold(
            (again.outcome, again.reference) == ("done", receipt.reference), "sent again: the same refund, none new"
        )
        there = [refund for one in self.shop.payments(order) for refund in one["refunds"]]
        self.hold(
            [(one["id"], one["amount"]) for one in there] == [(receipt.reference, 59.9)], "over there: one refund, 59.9"
        )
        here = self.order(order).refunds
        self.hold([(one.reference, one.amount, one.key) for one in here] == [(receipt.reference, amount, deed.key)],
                  "read back here: the same refund with our key")  # fmt: skip
        end = self.one(case.number)
        self.hold(
            (end.status, end.standing, end.by_itself) == ("received:refunded", "succeeded", ""),
            "the return is over, by us",
        )
        paid = sum([read_minor(item["paid"], 2) for item in self.order(order).file["order"]["lines"]])
        self.hold(paid == 11_980, "what was paid for the lines is still told whole")

    def _refused_and_too_much(self) -> None:
        order = self.shop.order()
        case = self.one(self.shop.ask_back(order))
        payment = self.order(order).file["order"]["payments"][0]["reference"]
        over = self.act(self.deed("agree_refund", case, amount=99_999, payment=payment))
        self.hold(over.outcome == "failed", f"more than was paid is refused ({over.code})")
        self.done("refuse", case)
        end = self.one(case.number)
        self.hold(
            (end.status, end.standing, end.final) == ("canceled", "closed", True),
            "refused here, canceled there, with its label",
        )
        late = self.act(self.deed("agree_return", case))
        self.hold(late.outcome == "stale", "what was canceled cannot be agreed to any more")
        for _ in range(2):
            self.shop.admin("POST", f"payments/{payment}/refund", {"amount": 10, "note": "same"})
        there = [refund["amount"] for one in self.shop.payments(order) for refund in one["refunds"]]
        self.hold(there == [10, 10], "the server itself pays the same request twice: it is our look that keeps it once")
        self.hold(
            [(one.amount, one.key) for one in self.order(order).refunds] == [(1_000, "")] * 2,
            "refunds made there are told without a key",
        )

    def _broken_off_receipt(self) -> None:
        order = self.shop.order()
        case = self.one(self.shop.ask_back(order))
        deed = self.deed("confirm_receipt", case)
        for lost in ("/receive", "/receive-items", "/receive/confirm"):
            self.proxy.drop = lost
            try:
                self.act(deed)
                self.hold(False, f"the answer of {lost} is lost")
            except UnableToReach:
                self.hold(True, f"the receipt is broken off after {lost}")
        self.hold(self.asked(deed).outcome == "done", "gone on with each time, received once")
        self.hold(self.one(case.number).status == "received", "and read back so")
        self.shop.admin("POST", "order-edits", {"order_id": order})
        second = self.shop.order()
        waiting = self.one(self.shop.ask_back(second))
        self.shop.admin("POST", "order-edits", {"order_id": second})
        held = self.act(self.deed("confirm_receipt", waiting))
        self.hold(held.outcome == "person", f"an order that somebody is changing there is left to people ({held.code})")

    def _exchange(self) -> None:
        order = self.shop.order()
        self.shop.open_exchange(order)
        case = next(one for one in self.page().cases if made(one)["order"]["id"] == order)
        self.hold(made(case)["request"]["kind"] == "exchange", "an exchange opened there is told as one")
        self.done("confirm_receipt", case)
        self.hold(self.one(case.number).standing == "awaiting_replacement", "received: the replacement is to be sent")
        since = datetime.now(UTC)
        self.shop.send_rest(order)
        self.hold(
            order in [one.number for one in self.page(since=since).orders],
            "what is sent and delivered there changes its order",
        )
        self.hold(
            self.one(case.number).status == "received:exchange_delivered", "sent and delivered there: read back so"
        )

    def pages(self) -> None:
        """More orders than one page holds."""
        returns = len(self.shop.admin("GET", "returns?fields=id&limit=100")["returns"])
        many = len(self.shop.admin("GET", "orders?fields=id&limit=100")["orders"])
        for _ in range(self.channel.can.page_size + 1 - many):
            self.shop.order(1)
        orders, cases = [], []
        cursor, pages = "", 0
        while pages == 0 or cursor:
            page = self.page(cursor)
            orders += [one.number for one in page.orders]
            cases += [one.number for one in page.cases]
            cursor, pages = page.cursor, pages + 1
        self.hold(
            pages == 2 and len(orders) == len(set(orders)) == self.channel.can.page_size + 1,
            f"{len(orders)} orders on {pages} pages, each once",
        )
        self.hold(len(cases) == len(set(cases)) == returns, f"with their {returns} returns, each once")

    # How it is said and checked.

    def hold(self, is_so: bool, what: str) -> None:
        """Check, count and print."""
        assert is_so, what
        self.checked += 1
        print(f"  ok  {what}", flush=True)

    def say(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk."""
        return talk(self.wire, told)

    def _seal(self) -> Seal:
        return Seal(datetime.now(UTC), secrets.token_hex(16))

    def page(self, cursor: str = "", since: datetime | None = None) -> Page:
        """What changed since then, or since an hour."""
        at = datetime.now(UTC)
        window = Window(since or at - timedelta(hours=1), at + timedelta(minutes=1), cursor)
        return self.say(self.channel.changed(self.access, window, self._seal()))

    def one(self, number: str) -> ToldCase:
        """A return; its case file must be one that can be read."""
        found = self.say(self.channel.one(self.access, number, self._seal()))
        assert found is not None, number
        read_case(made(found))
        return found

    def order(self, number: str) -> ToldOrder:
        """An order."""
        found = self.say(self.channel.order(self.access, number, self._seal()))
        assert found is not None, number
        return found

    def decided(self, case: ToldCase) -> int:
        """What the house decides to pay back, minor units."""
        decision = decide_case(made(case), datetime.now(UTC), load_rulebooks(), standard())
        return read_minor(str(decision["refund"]["total"]), 2)

    def deed(self, action: Action, case: ToldCase, **more: Any) -> Deed:
        """A deed with a key of its own."""
        given = {"currency": "EUR", "digits": 2, "order": made(case)["order"]["id"], **more}
        return Deed(f"am{secrets.token_hex(15)}", action, case.number, **given)

    def act(self, deed: Deed) -> DeedReceipt:
        """Do it."""
        return self.say(self.channel.act(self.access, deed, self._seal()))

    def asked(self, deed: Deed) -> DeedReceipt:
        """Ask what became of it."""
        return self.say(self.channel.acted(self.access, deed, self._seal()))

    def done(self, action: Action, case: ToldCase) -> None:
        """Do it, ask, do it again: done each time."""
        deed = self.deed(action, case)
        outcomes = [self.asked(deed).outcome, self.act(deed).outcome, self.asked(deed).outcome, self.act(deed).outcome]
        self.hold(
            outcomes == ["absent", "done", "done", "done"], f"{action}: not there, done, there, and not done again"
        )


def made(case: ToldCase) -> dict[str, Any]:
    """The case file."""
    assert isinstance(case.made, CaseMade)
    return case.made.case
