"""A stand-in for Alipay's open platform: refunds that move at once, questions about them, notices, and the day's bills."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Final

from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.fakes.alipay_bill import account_bill, business_bill
from amends.fakes.alipay_sign import signed_answer, signed_form, why_not_signed
from amends.fakes.calls import Call, Reply, Route, Told
from amends.fakes.china import china_clock, china_day
from amends.fakes.fake import Fake
from amends.fakes.keys import Pair, kept_pair
from amends.fakes.ledger import Payment, Refund, UnableToMove

_PATH: Final = "/gateway.do"
_Content = dict[str, Any]
_WHY: Final = {
    "over": "ACQ.REASON_TRADE_REFUND_FEE_ERR",
    "amount": "ACQ.INVALID_PARAMETER",
    "disputed": "ACQ.REASON_TRADE_BEEN_FREEZEN",
}


class Alipay(Fake):
    """The fake. A refund that is pending or has failed is not found by a question, as the real one has it."""

    name: ClassVar[str] = "alipay"
    app_id: ClassVar[str] = "2021000000000001"
    account: ClassVar[str] = "20880000000000000156"

    def config(self) -> dict[str, Any]:
        """The fields of the gateway's configuration, address aside."""
        return {
            "app_id": self.app_id,
            "private_key": self._app_pair.private,
            "alipay_public_key": self._platform_pair.public,
        }

    @cached_property
    def _app_pair(self) -> Pair:
        with self.lock:
            return kept_pair(self.shelf, "app")

    @cached_property
    def _platform_pair(self) -> Pair:
        with self.lock:
            return kept_pair(self.shelf, "platform")

    def routes(self) -> list[Route]:
        """One address for all calls, and one for the bills."""
        return [
            ("GET", _PATH, self._called),
            ("POST", _PATH, self._called),
            ("GET", "/bill/(?P<kind>trade|signcustomer)-(?P<day>[0-9-]+)\\.zip", self._bill_file),
        ]

    def pay(self, amount: Minor, currency: str, name: str | None = None) -> Payment:
        """Capture a payment under a trade number of 28 digits and a merchant's order number."""
        with self.lock:
            digits = f"{uuid.uuid4().int % 10**16:016}"
            detail = {"out_trade_no": f"ORDER{digits}"}
            return self.ledger.capture(
                Payment(name or "202611252200" + digits, amount, currency, self.now(), detail=detail)
            )

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """The notice about a refund that moved; one that failed is not told of."""
        payment = self.ledger.payment(refund.payment)
        if refund.state != "succeeded" or payment is None:
            return []
        moved = self.ledger.moved(payment.id)
        content = {
            "notify_type": "trade_status_sync",
            "app_id": self.app_id,
            "charset": "utf-8",
            "version": "1.0",
            "trade_no": payment.id,
            "out_trade_no": str(payment.detail.get("out_trade_no", "")),
            "trade_status": "TRADE_CLOSED" if moved == payment.amount else "TRADE_SUCCESS",
            "total_amount": write_minor(payment.amount, 2),
            "refund_fee": write_minor(moved, 2),
            "out_biz_no": refund.key or refund.id,
            "gmt_payment": china_clock(payment.at),
            "gmt_refund": china_clock(self.now()) + ".000",
        }
        return [Told(uuid.uuid4().hex, "trade_status_sync", content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """A notice as a signed form, with the time of this sending."""
        values = {**told.content, "notify_id": told.id, "notify_time": china_clock(at)}
        headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        return headers, signed_form(values, self._platform_pair, wrong)

    def dress_answer(self, call: Call, reply: Reply, wrong: bool) -> Reply:
        """Every answer of the one address carries the signature of its inner part."""
        if call.path != _PATH or reply.status != 200:
            return reply
        part = _values(call).get("method", "").replace(".", "_") + "_response"
        body = signed_answer(part, reply.body, self._platform_pair, wrong)
        return Reply(200, body, reply.headers, reply.notices, reply.refund)

    def _called(self, call: Call) -> Reply:
        values = _values(call)
        if wrong := why_not_signed(values, self.app_id, self._app_pair):
            return _answer({"code": "40002", "msg": "Invalid Arguments", "sub_code": wrong, "sub_msg": wrong})
        try:
            content = json.loads(values.get("biz_content", "{}"))
        except ValueError:
            content = None
        if not isinstance(content, dict):
            return _refusal("ACQ.INVALID_PARAMETER")
        method = values.get("method")
        if method == "alipay.trade.refund":
            return self._refund(call, content)
        if method == "alipay.trade.fastpay.refund.query":
            return self._query(call, content)
        if method == "alipay.data.dataservice.bill.downloadurl.query":
            return self._bill(call, content)
        return _answer({"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-method"})

    def _refund(self, call: Call, content: _Content) -> Reply:
        payment, amount = self._payment(content), _fen(content.get("refund_amount"))
        if payment is None:
            return _refusal("ACQ.TRADE_NOT_EXIST")
        if amount is None:
            return _refusal("ACQ.INVALID_PARAMETER")
        number = content.get("out_request_no") or (payment.id if amount == payment.amount else None)
        if number is None:
            return _refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        known = self.ledger.by_key(str(number), payment.id)
        if known is not None:
            return self._repeated(call, payment, known, amount)
        if "refuse" in call.faults:
            return _refusal("ACQ.SELLER_BALANCE_NOT_ENOUGH")
        if self.ledger.moved(payment.id) == payment.amount:
            return _refusal("ACQ.TRADE_HAS_CLOSE")
        fresh = Refund(self.new_id("rf"), str(number), payment.id, amount, payment.currency, "succeeded", self.now())
        try:
            refund = self.take_refund(call, fresh)
        except UnableToMove as fault:
            return _refusal(_WHY.get(fault.why, "ACQ.SYSTEM_ERROR"))
        reply = _answer(self._told_of(call, payment, "Y" if refund.state == "succeeded" else "N"))
        return Reply(200, reply.body, reply.headers, tuple(self.told_refund(refund, late=False)), refund.id)

    def _repeated(self, call: Call, payment: Payment, known: Refund, amount: Minor) -> Reply:
        if known.amount != amount:
            return _refusal("ACQ.DISCORDANT_REPEAT_REQUEST")
        if known.state == "failed":
            return _refusal("ACQ.REASON_TRADE_BEEN_FREEZEN")
        return _answer(self._told_of(call, payment, "N"))

    def _told_of(self, call: Call, payment: Payment, change: str) -> _Content:
        """The answer to a refund: `refund_fee` adds up what went back of the payment so far."""
        moved = self.ledger.moved(payment.id)
        return {
            "code": "10000",
            "msg": "Success",
            "buyer_logon_id": "138****0000",
            "fund_change": "MAYBE" if "strange_status" in call.faults else change,
            "gmt_refund_pay": china_clock(self.now()),
            "out_trade_no": str(payment.detail.get("out_trade_no", "")),
            # Another sum than was moved shows only where it cannot be: above what was paid.
            "refund_fee": write_minor(payment.amount + 1 if "wrong_amount" in call.faults else moved, 2),
            "send_back_fee": "0.00",
            "trade_no": payment.id,
        }

    def _query(self, call: Call, content: _Content) -> Reply:
        payment = self._payment(content)
        if payment is None:
            return _refusal("ACQ.TRADE_NOT_EXIST")
        known = self.ledger.by_key(str(content.get("out_request_no", "")), payment.id)
        found: _Content = {"code": "10000", "msg": "Success"}
        if known is None or known.state != "succeeded":
            return _answer(found)
        return _answer(
            {
                **found,
                "trade_no": payment.id,
                "out_trade_no": str(payment.detail.get("out_trade_no", "")),
                "out_request_no": known.key,
                "total_amount": write_minor(payment.amount, 2),
                "refund_amount": write_minor(self.shown_amount(call, known.amount), 2),
                "refund_status": "REFUND_REVIEWING" if "strange_status" in call.faults else "REFUND_SUCCESS",
            }
        )

    def _payment(self, content: _Content) -> Payment | None:
        if "trade_no" in content:
            return self.ledger.payment(str(content["trade_no"]))
        number = content.get("out_trade_no")
        return next((paid for paid in self.ledger.payments() if paid.detail.get("out_trade_no") == number), None)

    def bill(self, day: str, kind: str = "trade") -> bytes | None:
        """The zip of a day (``2026-11-25``, China's time); `kind`: trade or signcustomer. None where there was nothing."""
        with self.lock:
            paid = [payment for payment in self.ledger.payments() if china_day(payment.at) == day]
            known = {payment.id: payment for payment in self.ledger.payments()}
            moved = [one for one in self.ledger.refunds() if china_day(one.at) == day and one.state == "succeeded"]
            make = business_bill if kind == "trade" else account_bill
            back = [(one, known[one.payment]) for one in moved]
            return make(self.account, day, paid, back) if paid or back else None

    def _bill(self, call: Call, content: _Content) -> Reply:
        day, kind = str(content.get("bill_date", "")), str(content.get("bill_type", ""))
        if kind not in ("trade", "signcustomer"):
            return _refusal("isp.bill_type_error")
        if self.bill(day, kind) is None:
            return _refusal("BILL_NOT_EXIST")
        url = f"http://{call.headers.get('host', '')}/bill/{kind}-{day}.zip"
        return _answer({"code": "10000", "msg": "Success", "bill_download_url": url})

    def _bill_file(self, call: Call) -> Reply:
        found = self.bill(call.parts["day"], call.parts["kind"])
        return self.error_reply(404) if found is None else Reply(200, found, {"Content-Type": "application/zip"})


def _values(call: Call) -> dict[str, str]:
    return {**call.query, **call.form()}


def _fen(value: Any) -> Minor | None:
    try:
        return read_minor(str(value), 2)
    except UnableToReadAmount:
        return None


def _answer(content: _Content) -> Reply:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(200, body, {"Content-Type": "text/html;charset=utf-8"})


def _refusal(sub_code: str) -> Reply:
    return _answer({"code": "40004", "msg": "Business Failed", "sub_code": sub_code, "sub_msg": sub_code})
