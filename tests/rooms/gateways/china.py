"""Orders, seals and calls without a wire, for the gateways of China and their fakes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from amends.facts.wire import Gateway, Receipt, RefundOrder, Seal, WireAnswer, WireRequest
from amends.fakes.calls import Call
from amends.fakes.fake import Fake

NONCE = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"


def seal(at: datetime | None = None) -> Seal:
    """Now, or another moment, with a nonce."""
    return Seal(at or datetime.now(UTC), NONCE)


def order_of(
    payment: str, amount: int = 2_500, total: int = 10_000, key: str = "am0001", attempt: int = 1
) -> RefundOrder:
    """An order to pay back part of a payment."""
    return RefundOrder(key, amount, "CNY", 2, payment, total, "七天无理由退货", attempt)


@contextmanager
def alive(fake: Fake) -> Iterator[Fake]:
    """A fake whose refunds end only by hand, stopped afterwards."""
    fake.finish_ms = None
    try:
        yield fake
    finally:
        fake.end()


def served(fake: Fake, request: WireRequest) -> WireAnswer:
    """The fake's answer to a request, without a wire between."""
    target = request.url.partition("://")[2].partition("/")[2]
    headers = {name.lower(): value for name, value in request.headers.items()}
    reply = fake.serve(Call(request.method, f"/{target}", headers, request.body))
    assert reply is not None
    fake.send_notices(reply.notices)
    return WireAnswer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)


def sent(gateway: Gateway, fake: Fake, order: RefundOrder) -> Receipt:
    """The receipt of sending an order."""
    return gateway.read_sent(order, served(fake, gateway.send(order, seal())))


def asked(gateway: Gateway, fake: Fake, order: RefundOrder) -> Receipt:
    """The receipt of asking about an order."""
    return gateway.read_asked(order, served(fake, gateway.ask(order, seal())))


def changed(answer: WireAnswer, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> WireAnswer:
    """The answer with other headers or another body."""
    return replace(answer, headers={**answer.headers, **(headers or {})}, body=answer.body if body is None else body)


def callback(fake: Fake, seconds_ago: int = 0, wrong: bool = False) -> tuple[Mapping[str, str], bytes]:
    """The last webhook that the fake holds, dressed as it would leave."""
    return fake.dress(fake.courier.held[-1], fake.now() - seconds_ago, wrong)
