"""The vendor's own Python client against the fake: fake and translator cannot share a misunderstanding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from amends.facts.wire import UnableToTrustNotice
from amends.fakes.server import Server, serving
from amends.fakes.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe
from amends.gateways.stripe import Stripe, StripeConfig

stripe = pytest.importorskip("stripe", reason="needs the vendor's package stripe")
GATEWAY = Stripe(StripeConfig("sk", ("whsec_test", WEBHOOK_SECRET)))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(FakeStripe()) as found:
        yield found


@pytest.fixture
def client(server: Server) -> stripe.StripeClient:
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": server.url}, max_network_retries=0)


def test_refunds_are_made_listed_and_repeated(server: Server, client: stripe.StripeClient) -> None:
    payment = server.fake.pay(5_000, "EUR")
    params = {"payment_intent": payment.id, "amount": 1_500, "metadata": {"amends_key": "k1"}}
    first = client.v1.refunds.create(params, {"idempotency_key": "k1"})
    again = client.v1.refunds.create(params, {"idempotency_key": "k1"})
    assert first.id == again.id
    assert (first.amount, first.currency, first.status) == (1_500, "eur", "succeeded")
    assert [one.id for one in client.v1.refunds.list({"payment_intent": payment.id}).data] == [first.id]
    assert client.v1.refunds.retrieve(first.id).metadata["amends_key"] == "k1"
    with pytest.raises(stripe.error.IdempotencyError if hasattr(stripe, "error") else stripe.IdempotencyError):
        client.v1.refunds.create(params | {"amount": 1}, {"idempotency_key": "k1"})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": payment.id, "amount": 4_000})


def test_errors_are_the_kinds_that_the_client_knows(server: Server, client: stripe.StripeClient) -> None:
    payment = server.fake.pay(5_000, "EUR")
    server.fake.faults.set("throttle")
    with pytest.raises(stripe.RateLimitError):
        client.v1.refunds.create({"payment_intent": payment.id, "amount": 1})
    server.fake.faults.set("error_before", status=500)
    with pytest.raises(stripe.APIError):
        client.v1.refunds.create({"payment_intent": payment.id, "amount": 1}, {"idempotency_key": "k2"})
    with pytest.raises(stripe.APIError):  # a 500 is given again for its key
        client.v1.refunds.create({"payment_intent": payment.id, "amount": 1}, {"idempotency_key": "k2"})
    wrong = stripe.StripeClient("sk_wrong", base_addresses={"api": server.url}, max_network_retries=0)
    with pytest.raises(stripe.AuthenticationError):
        wrong.v1.refunds.create({"payment_intent": payment.id, "amount": 1})


def test_a_signature_is_the_published_one_and_the_clients_own() -> None:
    at = datetime.fromtimestamp(1_700_000_000, UTC)
    published = "t=1700000000,v1=2f441ba4b3b2d50d28a9ab9d9fd8880376ecd1eb5d0435401553f5d8d0a5dcf8"
    with pytest.raises(UnableToTrustNotice, match="no event"):  # the signature holds; the body is none
        GATEWAY.read_notice({"stripe-signature": published}, b'{"id":1}', at)
    body = b'{"id":"evt_1","type":"refund.updated","created":1700000000,"data":{"object":{"id":"re_1","status":"succeeded"}}}'
    header = stripe.WebhookSignature.generate_signature_header(body.decode(), WEBHOOK_SECRET, timestamp=1_700_000_000)
    [note] = GATEWAY.read_notice({"stripe-signature": header}, body, at)
    assert note.id == "evt_1"
    with pytest.raises(UnableToTrustNotice, match="does not fit"):
        GATEWAY.read_notice({"stripe-signature": header.replace("v1=", "v1=0")}, body, at)


def test_the_client_trusts_what_the_fake_sends_and_refuses_what_it_forges(server: Server) -> None:
    payment = server.fake.pay(5_000, "EUR")
    server.fake.refund_outside(payment.id, 700)
    [told] = server.fake.courier.held
    headers, body = server.fake.dress(told, server.fake.now(), wrong=False)
    event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], WEBHOOK_SECRET)
    assert (event.type, event.data.object.amount) == ("refund.updated", 700)
    headers, body = server.fake.dress(told, server.fake.now(), wrong=True)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], WEBHOOK_SECRET)
    headers, body = server.fake.dress(told, server.fake.now() - 86_400, wrong=False)
    with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], WEBHOOK_SECRET)


def test_more_refunds_than_a_page_are_all_listed(server: Server, client: stripe.StripeClient) -> None:
    payment = server.fake.pay(5_000, "EUR")
    made = [client.v1.refunds.create({"payment_intent": payment.id, "amount": 1}).id for _ in range(7)]
    pages = client.v1.refunds.list({"payment_intent": payment.id, "limit": 3}).auto_paging_iter()
    assert [one.id for one in pages] == made[::-1]


def test_links_holds_and_captures_are_what_the_client_knows(server: Server, client: stripe.StripeClient) -> None:
    link = client.v1.payment_links.create(
        {
            "line_items": [
                {
                    "price_data": {"currency": "eur", "unit_amount": 900, "product_data": {"name": "Deposit"}},
                    "quantity": 1,
                }
            ],
            "restrictions": {"completed_sessions": {"limit": 1}},
            "metadata": {"amends_key": "k9"},
            "payment_intent_data": {"capture_method": "manual", "metadata": {"amends_key": "k9"}},
        }
    )
    server.fake.visit(link.id)  # type: ignore[attr-defined]
    session = client.v1.checkout.sessions.list(
        {"payment_link": link.id, "expand": ["data.payment_intent.latest_charge"]}
    ).data[0]
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert session.payment_intent.status == "requires_capture"
    assert session.payment_intent.latest_charge.payment_method_details.card.capture_before > 0
    name = session.payment_intent.id
    assert client.v1.payment_intents.capture(name, {"amount_to_capture": 500}).amount_received == 500
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.cancel(name)
    assert caught.value.code == "payment_intent_unexpected_state"
