"""A stand-in for WeChat Pay v3: refunds that are taken in first and told of by signed, sealed callbacks; and the day's bill."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Final

from amends.basics.money import Minor
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.china import china_day
from amends.fakes.fake import Fake
from amends.fakes.keys import Pair, kept_pair
from amends.fakes.ledger import Payment, Refund, RefundState, UnableToMove
from amends.fakes.wechat_pay_bill import bill
from amends.fakes.wechat_pay_seal import envelope, signed_headers, why_not_signed
from amends.fakes.wechat_pay_shapes import EVENTS, answered, called_back, stamp, status_of

KEY_ID: Final = "PUB_KEY_ID_0116000000002026112500000000000001"
_SERIAL: Final = "5A4EFA4E000000000000000000000000000000A1"
_NUMBER: Final = re.compile(r"[0-9A-Za-z_\-|*@]{1,64}", re.ASCII)
_YEAR_SECONDS: Final = 365 * 86_400
_MOST_REFUNDS: Final = 50
_CODES: Final = {
    400: "PARAM_ERROR",
    401: "SIGN_ERROR",
    404: "URL_NOT_FOUND",
    429: "FREQUENCY_LIMITED",
}


class WeChatPay(Fake):
    """The fake. A payment whose `card_is_dead` has refunds that end ABNORMAL until they are sent to another card."""

    name: ClassVar[str] = "wechat_pay"
    starts_pending: ClassVar[bool] = True
    merchant: ClassVar[str] = "1900000109"
    api_v3_key: ClassVar[str] = "fake-api-v3-key-of-32-characters"

    def config(self) -> dict[str, Any]:
        """The fields of the gateway's configuration, address aside."""
        return {
            "merchant": self.merchant,
            "serial": _SERIAL,
            "private_key": self._merchant_pair.private,
            "api_v3_key": self.api_v3_key,
            "platform_keys": {KEY_ID: self._platform_pair.public},
        }

    @cached_property
    def _merchant_pair(self) -> Pair:
        with self.lock:
            return kept_pair(self.shelf, "merchant")

    @cached_property
    def _platform_pair(self) -> Pair:
        with self.lock:
            return kept_pair(self.shelf, "platform")

    def routes(self) -> list[Route]:
        """What WeChat Pay answers of refunds and bills."""
        refunds = "/v3/refund/domestic/refunds"
        return [
            ("POST", refunds, self._checked(self._refund)),
            ("GET", refunds + "/(?P<number>[^/]+)", self._checked(self._query)),
            ("POST", refunds + "/(?P<name>[^/]+)/apply-abnormal-refund", self._checked(self._to_another_card)),
            ("GET", "/v3/bill/tradebill", self._checked(self._bill)),
            ("GET", "/v3/billdownload/file", self._checked(self._bill_file)),
        ]

    def pay(self, amount: Minor, currency: str, name: str | None = None) -> Payment:
        """Capture a payment under a transaction id of 28 digits and a merchant's order number."""
        with self.lock:
            digits = f"{uuid.uuid4().int % 10**18:018}"
            detail = {"out_trade_no": f"ORDER{digits}"}
            return self.ledger.capture(
                Payment(name or "4200002611" + digits, amount, currency, self.now(), detail=detail)
            )

    def kill_card(self, payment: str) -> None:
        """From now on the card that paid takes no money back."""
        with self.lock:
            found = self.ledger.payment(payment)
            if found is None:
                raise UnableToMove("no_payment", f"no payment has the id {payment}")
            found.detail["card_is_dead"] = True
            self.ledger.save_payment(found)

    def finish(self, name: str, state: RefundState = "succeeded", quietly: bool = False) -> Refund | None:
        """Bring a pending refund to its end; to a dead card it goes ABNORMAL and stays pending."""
        with self.lock:
            refund = self.ledger.get(name)
            payment = self.ledger.payment(refund.payment) if refund else None
            dead = payment is not None and payment.detail.get("card_is_dead")
            if refund is None or not dead or state != "succeeded" or refund.detail.get("sent_elsewhere"):
                return super().finish(name, state, quietly)
            refund.detail["abnormal"] = True
            self.ledger.save(refund)
            notices = self.told_refund(refund, late=False)
        self.send_notices(tuple(notices))
        return refund

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """The callback about a refund that has ended."""
        payment = self.ledger.payment(refund.payment)
        assert payment is not None
        status = status_of(refund)
        if status not in EVENTS:
            return []
        return [Told(str(uuid.uuid4()), EVENTS[status], called_back(refund, payment, self.merchant, self.now()))]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """A callback: sealed, then signed as of `at`."""
        body = envelope(told, self.api_v3_key, stamp(at))
        headers = signed_headers(self._platform_pair, KEY_ID, body, at, wrong)
        return {"Content-Type": "application/json", **headers}, body

    def dress_answer(self, call: Call, reply: Reply, wrong: bool) -> Reply:
        """Answers are signed once the caller is known; bills as they are downloaded are not."""
        if reply.status == 401 or call.path == "/v3/billdownload/file":
            return reply
        headers = signed_headers(self._platform_pair, KEY_ID, reply.body, self.now(), wrong)
        return Reply(reply.status, reply.body, {**reply.headers, **headers}, reply.notices, reply.refund)

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """An error in WeChat Pay's shape."""
        return _error(status, _CODES.get(status, "SYSTEM_ERROR"), message, headers)

    def _checked(self, work: Any) -> Any:
        def answer(call: Call) -> Reply:
            wrong = why_not_signed(call, self.merchant, _SERIAL, self._merchant_pair, self.now())
            if wrong is not None:
                return _error(401, "SIGN_ERROR", wrong)
            reply: Reply = work(call)
            return reply

        return answer

    def _refund(self, call: Call) -> Reply:
        content = call.json()
        number, amount = content.get("out_refund_no"), content.get("amount")
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):
            return _error(400, "PARAM_ERROR", "out_refund_no: 1 to 64 of 0-9 A-Z a-z _ - | * @")
        if not isinstance(amount, dict) or any(type(amount.get(name)) is not int for name in ("refund", "total")):
            return _error(400, "PARAM_ERROR", "amount.refund and amount.total: whole numbers of fen")
        payment = self._payment(content)
        if payment is None:
            return _error(404, "RESOURCE_NOT_EXISTS", "there is no such order")
        known = self._by_number(number)
        if known is not None:
            if (known.payment, known.amount) != (payment.id, amount["refund"]):
                return _error(400, "INVALID_REQUEST", "out_refund_no was used for another refund")
            return json_reply(200, self._shown(call, known))
        if wrong := self._refused(call, payment, amount["total"]):
            return wrong
        fresh = Refund(
            f"50{uuid.uuid4().int % 10**27:027}",
            number,
            payment.id,
            amount["refund"],
            amount.get("currency", "CNY"),
            "pending",
            self.now(),
        )
        try:
            refund = self.take_refund(call, fresh)
        except UnableToMove as fault:
            return _error(400, "PARAM_ERROR" if fault.why == "currency" else "INVALID_REQUEST", str(fault))
        self.shelf.keep("number", number, refund.id)
        return json_reply(200, self._shown(call, refund), refund=refund.id)

    def _refused(self, call: Call, payment: Payment, total: int) -> Reply | None:
        if "refuse" in call.faults:
            return _error(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
        if total != payment.amount:
            return _error(400, "INVALID_REQUEST", "amount.total is not what was paid")
        if self.now() - payment.at > _YEAR_SECONDS:
            return _error(400, "INVALID_REQUEST", "the order is more than a year old")
        if len(self.ledger.refunds(payment.id)) >= _MOST_REFUNDS:
            return _error(400, "INVALID_REQUEST", f"the order has had {_MOST_REFUNDS} refunds")
        return None

    def _payment(self, content: Mapping[str, Any]) -> Payment | None:
        if "transaction_id" in content:
            return self.ledger.payment(str(content["transaction_id"]))
        number = content.get("out_trade_no")
        return next((paid for paid in self.ledger.payments() if paid.detail.get("out_trade_no") == number), None)

    def _by_number(self, number: str) -> Refund | None:
        name = self.shelf.get("number", number)
        return self.ledger.get(str(name)) if name else None

    def _query(self, call: Call) -> Reply:
        refund = self._by_number(call.parts["number"])
        if refund is None:
            return _error(404, "RESOURCE_NOT_EXISTS", "there is no such refund")
        return json_reply(200, self._shown(call, refund))

    def _to_another_card(self, call: Call) -> Reply:
        refund = self.ledger.get(call.parts["name"])
        if refund is None or refund.key != call.json().get("out_refund_no"):
            return _error(404, "RESOURCE_NOT_EXISTS", "there is no such refund")
        if not refund.detail.get("abnormal"):
            return _error(400, "INVALID_REQUEST", "this refund is not ABNORMAL")
        refund.detail = {"sent_elsewhere": True}
        self.ledger.save(refund)
        self._finish_later(refund, self.finish_ms, "succeeded")
        return json_reply(200, self._shown(call, refund))

    def _shown(self, call: Call, refund: Refund) -> dict[str, Any]:
        payment = self.ledger.payment(refund.payment)
        assert payment is not None
        amount = self.shown_amount(call, refund.amount)
        status = "REVIEWING" if "strange_status" in call.faults else status_of(refund)
        amount, currency = self.shown_amount(call, refund.amount), self.shown_currency(call, refund.currency)
        return answered(refund, payment, status, amount, currency, self.now())

    def bill(self, day: str, kind: str = "trade") -> bytes | None:
        """The bill of a day (``2026-11-25``, China's time), of the one kind there is; None where there was nothing."""
        with self.lock:
            paid = [payment for payment in self.ledger.payments() if china_day(payment.at) == day]
            known = {payment.id: payment for payment in self.ledger.payments()}
            back = [
                refund for refund in self.ledger.refunds() if china_day(refund.at) == day and refund.state != "failed"
            ]
            return bill(self.merchant, paid, [(one, known[one.payment]) for one in back]) if paid or back else None

    def _bill(self, call: Call) -> Reply:
        day = call.query.get("bill_date", "")
        found = self.bill(day)
        if found is None:
            return _error(400, "NO_STATEMENT_EXIST", "there is no bill for that day")
        url = f"http://{call.headers.get('host', '')}/v3/billdownload/file?token={day}"
        digest = hashlib.sha1(found, usedforsecurity=False).hexdigest()
        return json_reply(200, {"hash_type": "SHA1", "hash_value": digest, "download_url": url})

    def _bill_file(self, call: Call) -> Reply:
        found = self.bill(call.query.get("token", ""))
        if found is None:
            return _error(404, "RESOURCE_NOT_EXISTS", "there is no such file")
        return Reply(200, found, {"Content-Type": "text/plain"})


def _error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    return json_reply(status, {"code": code, "message": message}, headers)
