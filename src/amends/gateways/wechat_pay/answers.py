"""Reading WeChat Pay's answers. Only a signed answer about this very refund is believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amends.facts.wire import Receipt, RefundOrder, WireAnswer
from amends.gateways.kernel import json_of, text_of, wait_of
from amends.gateways.wechat_pay import statuses
from amends.gateways.wechat_pay.config import WeChatPayConfig
from amends.gateways.wechat_pay.numbers import refund_number
from amends.gateways.wechat_pay.signature import flaw


def read_answer(config: WeChatPayConfig, order: RefundOrder, answer: WireAnswer, asked: bool) -> Receipt:
    """What an answer means: to the question what became of a refund (`asked`), or to the refund itself."""
    content = json_of(answer.body) or {}
    code, message = text_of(content, "code"), text_of(content, "message")
    wrong = flaw(config, answer.headers, answer.body)
    if wrong is not None:
        return _untrusted(answer, wrong, code, message)
    if 200 <= answer.status < 300:
        return _about(order, content)
    if code in statuses.BUSY or answer.status == 429:
        return Receipt("unknown" if asked else "absent", code=code, message=message, retry_after=_wait(answer))
    if code in statuses.TRY_LATER:
        return Receipt("unknown", code=code, message=message)
    if asked and code == "RESOURCE_NOT_EXISTS" and answer.status == 404:
        return Receipt("absent", code=code, message=message)
    if not asked and code in statuses.REFUSED:
        return Receipt("failed", code=code, message=message, alarm=statuses.REFUSED_ALARMS.get(code))
    alarm = f"WeChat Pay answers {answer.status} {code or 'without a code'}, which is not understood"
    return Receipt("unknown", code=code, message=message, alarm=alarm)


def read_status(status: str, reference: str | None, amount: Mapping[str, Any]) -> Receipt:
    """What a refund's status means, as answers and callbacks tell it. `amount`: the object with `refund` and `currency`."""
    moved, currency = amount.get("refund"), amount.get("currency", "CNY")
    outcome = statuses.STATUSES.get(status)
    if outcome is None or type(moved) is not int or not isinstance(currency, str):
        alarm = f"WeChat Pay tells of status {status!r} and amount {dict(amount)}, which are not understood"
        return Receipt("unknown", reference, code=status, alarm=alarm[:300])
    return Receipt(outcome, reference, moved, currency, code=status, alarm=statuses.ALARMS.get(status))


def _about(order: RefundOrder, content: Mapping[str, Any]) -> Receipt:
    number = text_of(content, "out_refund_no")
    if number != refund_number(order.key):
        alarm = f"WeChat Pay answers about refund {number!r}, asked was {refund_number(order.key)!r}"
        return Receipt("unknown", alarm=alarm)
    amount = content.get("amount")
    return read_status(
        text_of(content, "status") or "", text_of(content, "refund_id"), amount if isinstance(amount, dict) else {}
    )


def _untrusted(answer: WireAnswer, wrong: str, code: str | None, message: str | None) -> Receipt:
    """Of an answer without a good signature nothing is believed. A busy or broken front server does not sign: no alarm."""
    in_between = "wechatpay-signature" not in answer.headers and (answer.status >= 500 or answer.status == 429)
    alarm = None if in_between else f"WeChat Pay's answer {answer.status} is not trusted: {wrong}"
    wait = _wait(answer) if answer.status == 429 else None
    return Receipt("unknown", code=code or f"http_{answer.status}", message=message, retry_after=wait, alarm=alarm)


def _wait(answer: WireAnswer) -> int:
    return wait_of(answer.headers) if "retry-after" in answer.headers else statuses.BUSY_SECONDS
