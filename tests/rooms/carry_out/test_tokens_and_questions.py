"""Tokens are fetched when needed and once more when refused; questions that could pay again are not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.carry_out.runner import Runner
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import Wire
from amends.facts.claims import Claim, Pace
from amends.facts.plan import Step, StepState
from amends.facts.wire import Gateway, Receipt, RefundOrder, UnableToGetToken, WireAnswer, WireRequest
from amends.fakes.paypal import CLIENT_ID, SECRET, WEBHOOK_ID, FakePayPal
from amends.fakes.server import Server, serving
from amends.gateways.adyen import Adyen, AdyenConfig
from amends.gateways.paypal import PayPal, PayPalConfig

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
STEP = Step("am0001", "refund", "way", "p1", 2_500, "EUR", ())
ORDER = RefundOrder("am0001", 2_500, "EUR", 2, "CAPTURE1", 10_000, "", 1)
CLAIM = Claim(1, "lease", STEP, "requested", ORDER, True, 0, 0)
SENT = replace(CLAIM, state="sent", may_send=False, sends=1)


@dataclass
class Rows:
    """The receipts that were written."""

    receipts: list[Receipt] = field(default_factory=list)

    def claim(
        self, owner: str, now: datetime, lease_seconds: int, most: int, paces: dict[str, Pace]
    ) -> Sequence[Claim]:
        return []

    def sending(self, claim: Claim, now: datetime) -> bool:
        return True

    def asking(self, claim: Claim, now: datetime) -> bool:
        return True

    def receive(self, claim: Claim, receipt: Receipt, now: datetime, again_at: datetime | None) -> StepState:
        self.receipts.append(receipt)
        return "sent"


class Silence:
    """A wire on which nothing may be said."""

    def call(self, request: WireRequest) -> WireAnswer:
        raise AssertionError("nothing should be sent")


@dataclass
class There:
    """A PayPal that is really called, and what a runner makes of it at a time that can be moved."""

    server: Server
    gateway: PayPal
    wire: Wire
    rows: Rows = field(default_factory=Rows)
    at: datetime = NOW

    def __post_init__(self) -> None:
        def now() -> datetime:
            return self.at

        self.runner = Runner(
            "one", self.rows, {"way": self.gateway}, self.wire, now, lambda: "nonce", Tokens(self.wire, now)
        )

    def work(self, claim: Claim) -> Receipt:
        self.runner.work(claim)
        return self.rows.receipts[-1]

    def calls(self) -> list[str]:
        return [event["target"] for event in self.server.fake.events if event["what"] == "call"]


@pytest.fixture
def there() -> Iterator[There]:
    fake = FakePayPal()
    fake.pay(10_000, "EUR", "CAPTURE1")
    wire = Wire({"127.0.0.1"})
    with serving(fake) as server:
        config = PayPalConfig(CLIENT_ID, SECRET, WEBHOOK_ID, fake.pair.certificate(), server.url)
        yield There(server, PayPal(config, "way"), wire)
    wire.close()


def keyed(claim: Claim, key: str, **changes: Any) -> Claim:
    return replace(claim, order=replace(claim.order, key=key, **changes))


def test_one_token_serves_many_calls_until_a_minute_before_it_ends(there: There) -> None:
    for number in range(3):
        assert there.work(keyed(CLAIM, f"am{number}")).outcome == "succeeded"
    assert there.calls().count("/v1/oauth2/token") == 1
    there.at += timedelta(seconds=900 - 60)
    there.work(keyed(CLAIM, "am9"))
    assert there.calls().count("/v1/oauth2/token") == 2


def test_a_token_that_is_refused_is_fetched_anew_and_the_refund_paid_once_without_alarm(there: There) -> None:
    there.work(keyed(CLAIM, "am1"))
    there.server.fake.clock_offset = 3_600  # to the fake the token has run out; our clock does not know
    receipt = there.work(keyed(CLAIM, "am2"))
    assert (receipt.outcome, receipt.alarm) == ("succeeded", None)
    assert there.calls().count("/v1/oauth2/token") == 2
    assert there.server.fake.ledger.balance("CAPTURE1")["refunded"] == 5_000


def test_without_a_token_nothing_is_sent_and_a_person_is_told(there: There) -> None:
    there.runner.gateways["way"] = replace(there.gateway, config=replace(there.gateway.config, secret="wrong"))  # type: ignore[index]
    receipt = there.work(CLAIM)
    assert (receipt.outcome, receipt.code) == ("unknown", "no_token")
    assert "no token" in (receipt.alarm or "")
    assert there.calls() == ["/v1/oauth2/token"]
    with pytest.raises(UnableToGetToken, match="503"):
        there.gateway.read_token(WireAnswer(503, {}, b"<html>"))


def test_a_refund_whose_id_is_known_is_read_and_not_posted_again(there: There) -> None:
    there.server.fake.finish_ms = None
    there.server.fake.faults.set("pending", path="refund")
    first = there.work(CLAIM)
    assert first.outcome == "pending"
    known = keyed(SENT, "am0001", reference=first.reference or "", first_sent_at=NOW - timedelta(days=100))
    assert there.work(known).outcome == "pending"
    there.server.fake.finish(first.reference or "")
    assert there.work(known).outcome == "succeeded"
    assert there.calls()[-1] == f"/v2/payments/refunds/{first.reference}"


@pytest.mark.parametrize("days", [0, 43, 45, 400])
def test_the_same_request_again_is_a_question_only_while_the_key_is_remembered(there: There, days: int) -> None:
    first = there.work(CLAIM)
    receipt = there.work(keyed(SENT, "am0001", first_sent_at=NOW - timedelta(days=days)))
    if days < 44:
        assert (receipt.outcome, receipt.reference) == ("succeeded", first.reference)
    else:
        assert (receipt.outcome, receipt.code) == ("unknown", "unable_to_ask")
        assert "console" in (receipt.alarm or "")
        assert sum("refund" in call for call in there.calls()) == 1


def adyen(rows: Rows) -> Runner:
    gateway: Gateway = Adyen(AdyenConfig("key", "Account", ("00",), "http://127.0.0.1:1/v72"), "way")
    return Runner("one", rows, {"way": gateway}, Silence(), lambda: NOW, lambda: "nonce")


def test_an_outcome_that_comes_by_notice_only_is_waited_for_not_asked_for() -> None:
    rows = Rows()
    adyen(rows).work(keyed(SENT, "am0001", reference="PSP1", first_sent_at=NOW - timedelta(minutes=2)))
    adyen(rows).work(replace(keyed(SENT, "am0001", reference="PSP1"), asks=8))
    assert [(one.outcome, one.code, bool(one.alarm)) for one in rows.receipts] == [
        ("pending", "waiting", False),
        ("pending", "waiting", True),
    ]


def test_a_key_that_may_be_forgotten_is_not_sent_again() -> None:
    rows = Rows()
    adyen(rows).work(keyed(replace(SENT, state="unknown"), "am0001", first_sent_at=NOW - timedelta(days=7)))
    assert (rows.receipts[0].outcome, rows.receipts[0].code) == ("unknown", "unable_to_ask")
