"""Reading Alipay's answers. Only what is signed, about this very payment and request number, is believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.facts.wire import Receipt, RefundOrder, WireAnswer
from amends.gateways.alipay import codes
from amends.gateways.alipay.config import AlipayConfig
from amends.gateways.alipay.numbers import request_number
from amends.gateways.alipay.signature import UnableToTrustAnswer, verified_content
from amends.gateways.kernel import wait_of

REFUND: Final = "alipay.trade.refund"
QUERY: Final = "alipay.trade.fastpay.refund.query"
_CNY: Final = ("CNY", 2)


def read_refund(config: AlipayConfig, order: RefundOrder, answer: WireAnswer) -> Receipt:
    """What the answer to a refund means: only ``fund_change`` Y says that money moved."""
    content = _trusted(config, REFUND, answer)
    if isinstance(content, Receipt):
        return content
    if content.get("code") != codes.CALLED:
        return _refused(answer, content, asked=False)
    if wrong := _other_payment(config, order, content):
        return Receipt("unknown", code=codes.CALLED, alarm=wrong)
    total = yuan(content.get("refund_fee"))
    if content.get("fund_change") != "Y":
        return Receipt("unknown", code="fund_change_N", message="no money moved by this call; to be asked about")
    if total is None or not order.amount <= total <= order.payment_total:
        alarm = (
            f"Alipay tells of {content.get('refund_fee')!r} refunded of this payment so far, which cannot be after "
            f"this refund of {order.amount} of {order.payment_total}"
        )
        return Receipt("unknown", code="refund_fee", alarm=alarm)
    # `refund_fee` adds up all refunds of the payment: it is not what this one moved, so no amount is told.
    return Receipt("succeeded", request_number(order.key), code="fund_change_Y")


def read_query(config: AlipayConfig, order: RefundOrder, answer: WireAnswer) -> Receipt:
    """What the answer to the question means: 10000 with nothing in it says that there is no such refund."""
    content = _trusted(config, QUERY, answer)
    if isinstance(content, Receipt):
        return content
    if content.get("code") != codes.CALLED:
        return _refused(answer, content, asked=True)
    number, moved = content.get("out_request_no"), content.get("refund_amount")
    if number is None and moved is None and not content.get("refund_status"):
        return Receipt("absent", code=codes.CALLED)
    if number != request_number(order.key):
        return Receipt("unknown", code=codes.CALLED, alarm=f"Alipay answers about request {number!r}, not about ours")
    if wrong := _other_payment(config, order, content):
        return Receipt("unknown", code=codes.CALLED, alarm=wrong)
    status, amount = content.get("refund_status") or "REFUND_SUCCESS", yuan(moved)
    if status != "REFUND_SUCCESS" or amount is None:
        alarm = f"Alipay tells of refund_status {status!r} and refund_amount {moved!r}, which are not understood"
        return Receipt("unknown", code=str(status)[:60], alarm=alarm)
    return Receipt("succeeded", request_number(order.key), amount, _CNY[0], code="REFUND_SUCCESS")


def yuan(value: Any) -> Minor | None:
    """Fen of an amount in yuan as Alipay writes it; None where it is none."""
    try:
        return read_minor(value, _CNY[1]) if isinstance(value, str) else None
    except UnableToReadAmount:
        return None


def _trusted(config: AlipayConfig, method: str, answer: WireAnswer) -> dict[str, Any] | Receipt:
    """The content of a signed answer, or what an untrusted one comes to. A busy or broken front does not sign: no alarm."""
    try:
        return verified_content(config, method, answer.body)
    except UnableToTrustAnswer as fault:
        in_between = answer.status >= 500 or answer.status == 429
        alarm = None if in_between else f"Alipay's answer {answer.status} is not trusted: {fault}"
        wait = _wait(answer) if answer.status == 429 else None
        return Receipt("unknown", code=f"http_{answer.status}", message=str(fault), retry_after=wait, alarm=alarm)


def _refused(answer: WireAnswer, content: Mapping[str, Any], asked: bool) -> Receipt:
    code, sub = str(content.get("code") or ""), str(content.get("sub_code") or "")
    message = str(content.get("sub_msg") or content.get("msg") or "")
    told = sub or code
    if code == codes.BUSY:
        return Receipt("unknown" if asked else "absent", code=told, message=message, retry_after=_wait(answer))
    if code == codes.BROKEN or sub in codes.TRY_LATER:
        return Receipt("unknown", code=told, message=message)
    if not asked and code == codes.BUSINESS and sub in codes.REFUSED:
        return Receipt("failed", code=told, message=message, alarm=codes.REFUSED_ALARMS.get(sub))
    return Receipt("unknown", code=told, message=message, alarm=f"Alipay answers {told!r}, which is not understood")


def _other_payment(config: AlipayConfig, order: RefundOrder, content: Mapping[str, Any]) -> str | None:
    told = content.get(config.named_by)
    if told == order.payment_reference:
        return None
    return f"Alipay answers about payment {told!r}, asked was {order.payment_reference!r}"


def _wait(answer: WireAnswer) -> int:
    return wait_of(answer.headers) if "retry-after" in answer.headers else codes.BUSY_SECONDS
