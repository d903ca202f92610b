"""What every fake platform is made of: a market, the buyer's hands, the platform's own hands, and doors for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, ClassVar, Final

from amends.basics.money import Minor
from amends.fakes.calls import Call, Told, UnableToUnderstand
from amends.fakes.fake import Fake
from amends.fakes.ledger import Payment, Refund, UnableToMove
from amends.fakes.market import RETURNS, SHIPPED_AGAIN, Asked, Market, SoldLine, SoldOrder, UnableToDo

_DAY: Final = 86_400
_HANDS: Final = frozenset(
    "send_back withdraw ask_again step_in rule_for_buyer rule_for_merchant got_replacement run_out refund_by_itself".split()
)


class PlatformFake(Fake):
    """A stand-in for one platform. A subclass gives routes, shapes and signatures; orders, cases and their ways are here.

    `currency` is what its orders are paid in. `answer_seconds`: how long the merchant has to answer.
    """

    currency: ClassVar[str] = "CNY"
    answer_seconds: ClassVar[int] = 2 * _DAY

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        super().__init__(store, seed, latency_ms)
        self.market = Market(self.shelf)

    # What a subclass gives, besides what every fake gives.

    def order_number(self) -> str:
        """A fresh number of an order, as the platform writes them."""
        return str(4_800_000_000_000_000_000 + len(self.market.orders) + 1)

    def case_number(self) -> str:
        """A fresh number of a case, as the platform writes them."""
        return str(6_900_000_000_000_000_000 + len(self.market.cases) + 1)

    def kind_in(self, standing: str) -> str:
        """A kind of case that the platform tells as standing so by a status of its own."""
        return "exchange" if "replacement" in standing else "return_refund"

    def told_case(self, case: Asked, what: str) -> list[Told]:
        """The pushes that say what happened to a case; none where the platform pushes nothing."""
        return []

    def told_order(self, order: SoldOrder, what: str) -> list[Told]:
        """The pushes that say what happened to an order."""
        return []

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """Pushes about money; most platforms tell of the case instead."""
        return []

    # The buyer's hands.

    def sell(
        self,
        lines: list[dict[str, Any]] | None = None,
        *,
        shipping: Minor = 0,
        days_ago: int = 3,
        shipped: bool = True,
        delivered: bool = True,
        **more: Any,
    ) -> SoldOrder:
        """An order: placed and paid `days_ago`, shipped a day after, signed for half a day later. `lines`: what of `SoldLine` is said."""
        with self.lock:
            number = str(more.pop("number", "") or self.order_number())
            sold = [
                SoldLine(
                    **{
                        "id": f"{number}{place + 1}",
                        "sku": f"SKU-{place + 1}",
                        "title": "针织衫",
                        "quantity": 1,
                        **line,
                    }
                )
                for place, line in enumerate(lines or [{"paid": 5_900}])
            ]
            at = self.now() - days_ago * _DAY
            order = SoldOrder(
                number, self.currency, sold, f"pay-{number}", shipping, at, at + 60, updated_at=at, **more
            )
            if shipped:
                order.shipped_at, order.waybill = at + _DAY, order.waybill or f"SF{number[-12:]}"
            if shipped and delivered:
                order.delivered_at = order.shipped_at + _DAY // 2
            order.updated_at = max(order.paid_at, order.shipped_at, order.delivered_at)
            self.ledger.capture(Payment(order.payment, order.paid, order.currency, order.paid_at))
            self.market.save_order(order)
            notices = self.told_order(order, "sold")
        self.send_notices(tuple(notices))
        return order

    def ask(
        self,
        order: str,
        kind: str = "refund_only",
        reason: str = "quality",
        amount: Minor | None = None,
        text: str = "有线头",
        **more: Any,
    ) -> Asked:
        """The buyer asks for something. `amount`: what is asked back; all that was paid where it is not said. Raises `UnableToDo`."""
        with self.lock:
            sold, at = self.market.order(order), self.now()
            wanted = self.ledger.left(sold.payment) if amount is None else amount
            if wanted > self.ledger.left(sold.payment):
                raise UnableToDo("amount", f"{wanted} is more than is left of order {order}")
            case = Asked(
                self.case_number(), order, kind, reason, wanted, text, asked_at=at, updated_at=at, deadline=at + self.answer_seconds,
                lines=[line.id for line in sold.lines], **more,
            )  # fmt: skip
            self.market.save(case)
            notices = self.told_case(case, "ask")
        self.send_notices(tuple(notices))
        return case

    def send_back(self, number: str, carrier: str = "shunfeng", waybill: str = "") -> Asked:
        """The buyer sends the goods back."""

        def sent(case: Asked) -> None:
            case.carrier, case.waybill, case.sent_back_at = carrier, waybill or f"SF9{number[-11:]}", self.now()

        return self._happen(number, "send_back", sent)

    def by_hand(self, number: str, what: str) -> Asked:
        """Let buyer or platform do something (`_HANDS`). `refund_by_itself`: the platform pays without asking the merchant."""
        if what == "send_back":
            return self.send_back(number)
        if what == "refund_by_itself":
            return self._happen(number, "agree_refund", lambda case: self._paid_by_itself(case, "fast_refund"))
        if what == "rule_for_buyer":
            return self._happen(number, what, lambda case: self._paid_by_itself(case, "ruling"))
        return self._happen(number, what, lambda case: None)

    def force(self, number: str, standing: str, **values: Any) -> Asked:
        """Set a case to any standing, so that each can be looked at; `strange` is a status nobody has documented."""
        with self.lock:
            case = self.market.case(number)
            case.standing, case.version, case.updated_at = standing, case.version + 1, max(self.now(), case.updated_at)
            for name, value in values.items():
                setattr(case, name, value)
            return self.market.save(case)

    def _paid_by_itself(self, case: Asked, why: str) -> None:
        self.pay_back(None, case, case.amount, "")
        case.by_itself = why

    def _happen(self, number: str, what: str, then: Callable[[Asked], None]) -> Asked:
        with self.lock, self.shelf.together():
            case = self.market.move(self.market.case(number), what, self.now())
            then(case)
            self.market.save(case)
            notices = self.told_case(case, what)
        self.send_notices(tuple(notices))
        return case

    # The merchant's hands, as a subclass's routes use them. They hold the lock already.

    def seller(self, number: str, what: str, version: int | None = None, **values: Any) -> Asked:
        """The merchant does something to a case. `version`: the one decided on; another is `stale`. Raises `UnableToDo`."""
        case = self.market.case(number)
        if version is not None and version != case.version:
            raise UnableToDo("stale", f"case {number} has changed since (version {case.version}, not {version})")
        if what == "agree_return" and case.kind not in RETURNS:
            what = "agree_resend"
        if what == "confirm_receipt" and case.standing == "returning" and case.kind in SHIPPED_AGAIN:
            what = "received_for_exchange"
        self.market.move(case, what, self.now())
        stamp = {"agree_return": "agreed_at", "agree_resend": "agreed_at", "refuse": "refused_at"}
        stamp |= {"confirm_receipt": "received_at", "received_for_exchange": "received_at"}
        if what in stamp:
            setattr(case, stamp[what], self.now())
        for name, value in values.items():
            setattr(case, name, value)
        return self.market.save(case)

    def pay_back(self, call: Call | None, case: Asked, amount: Minor, key: str) -> Refund:
        """Move a case's money. Raises `UnableToMove` for more than is left."""
        order = self.market.order(case.order)
        refund = Refund(self.new_id("rf"), key, order.payment, amount, order.currency, "succeeded", self.now())
        if call is None:
            refund = self.ledger.refund(refund)
        else:
            refund = self.take_refund(call, refund)
        case.refund = refund.id
        self.market.save(case)
        return refund

    # The doors below /__fake__/ for people and tests.

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """Sell, ask, let something happen, look."""
        return (
            ("POST", "orders", _sell),
            ("GET", "orders", lambda fake, call, _: [asdict(order) for order in fake.market.orders.values()]),
            ("POST", "cases", _ask),
            ("GET", "cases", lambda fake, call, _: [asdict(case) for case in fake.market.cases.values()]),
            ("GET", "cases/([^/]+)", lambda fake, call, number: asdict(_known(fake, number))),
            ("POST", "cases/([^/]+)", _hand),
        )


def _known(fake: PlatformFake, number: str) -> Asked:
    try:
        return fake.market.case(number)
    except UnableToDo as fault:
        raise UnableToUnderstand(str(fault)) from None


def _sell(fake: PlatformFake, call: Call, _: str) -> Any:
    return _done(lambda content: fake.sell(**content), call.json())


def _ask(fake: PlatformFake, call: Call, _: str) -> Any:
    return _done(lambda content: fake.ask(**content), call.json())


def _hand(fake: PlatformFake, call: Call, number: str) -> Any:
    what = str(call.json().get("do", ""))
    if what not in _HANDS:
        raise UnableToUnderstand(f"do: {what!r} should be one of {', '.join(sorted(_HANDS))}")
    return _done(lambda _: fake.by_hand(number, what), {})


def _done(work: Callable[[Mapping[str, Any]], Any], content: Mapping[str, Any]) -> Any:
    try:
        return asdict(work(content))
    except (UnableToDo, TypeError) as fault:
        raise UnableToUnderstand(str(fault)) from None


__all__ = ["Asked", "PlatformFake", "SoldLine", "SoldOrder", "UnableToDo", "UnableToMove"]
