"""The runner with ways that have no wire, and with an order that a gateway cannot carry out at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.carry_out.runner import Runner
from amends.facts.claims import Claim, Pace
from amends.facts.plan import Step, StepState
from amends.facts.wire import Capabilities, Receipt, RefundOrder, Seal, UnableToSend, WireAnswer, WireRequest
from amends.gateways.manual import Manual
from amends.gateways.store_credit import StoreCredit

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
STEP = Step("am0001", "refund", "way", "p1", 2_500, "CNY", ())
ORDER = RefundOrder("am0001", 2_500, "CNY", 2, "4200", 10_000, "", 1)
CLAIM = Claim(1, "lease", STEP, "requested", ORDER, True, 0, 0)


@dataclass
class Rows:
    """One step, and what was written about it. `held`: whether the lease is still ours."""

    held: bool = True
    written: list[Any] = field(default_factory=list)

    def claim(
        self, owner: str, now: datetime, lease_seconds: int, most: int, paces: dict[str, Pace]
    ) -> Sequence[Claim]:
        return [CLAIM]

    def sending(self, claim: Claim, now: datetime) -> bool:
        self.written.append("sending")
        return self.held

    def asking(self, claim: Claim, now: datetime) -> bool:
        self.written.append("asking")
        return self.held

    def receive(self, claim: Claim, receipt: Receipt, now: datetime, again_at: datetime | None) -> StepState:
        self.written.append((receipt, again_at))
        return "sent"


class Silence:
    """A wire on which nothing may be said."""

    def call(self, request: WireRequest) -> WireAnswer:
        raise AssertionError("nothing should be sent")


class YuanOnly:
    """A gateway that can carry out no order at all."""

    name = "yuan"
    capabilities = Capabilities()

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        raise UnableToSend("currency: CNY only")

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        raise AssertionError("there is no answer")

    ask, read_asked = send, read_sent

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[()]:
        return ()

    def answer_notice(self) -> WireAnswer:
        return WireAnswer(200, {}, b"")


def runner(rows: Rows, gateway: Any) -> Runner:
    return Runner("one", rows, {"way": gateway}, Silence(), lambda: NOW, lambda: "nonce")


def test_store_credit_is_written_as_sent_before_it_settles() -> None:
    rows = Rows()
    runner(rows, StoreCredit()).work(CLAIM)
    assert rows.written[0] == "sending"
    receipt, again_at = rows.written[1]
    assert (receipt.outcome, again_at) == ("succeeded", None)


def test_store_credit_that_was_cut_off_in_the_middle_settles_under_the_same_key() -> None:
    rows = Rows()
    runner(rows, StoreCredit()).work(replace(CLAIM, state="sent", may_send=False, sends=1))
    assert rows.written[0] == "asking"
    assert rows.written[1][0].reference == "am0001"


@pytest.mark.parametrize("may_send", [True, False])
def test_who_has_lost_the_lease_settles_nothing(may_send: bool) -> None:
    rows = Rows(held=False)
    assert runner(rows, StoreCredit()).work(replace(CLAIM, may_send=may_send)) is None
    assert len(rows.written) == 1


def test_a_payment_by_hand_is_looked_at_again_in_a_day_and_alarms_after_eight() -> None:
    rows = Rows()
    runner(rows, Manual()).work(replace(CLAIM, state="sent", may_send=False, asks=1))
    receipt, again_at = rows.written[1]
    assert (receipt.outcome, receipt.alarm, again_at) == ("pending", None, NOW + timedelta(days=1))
    runner(rows, Manual()).work(replace(CLAIM, state="sent", may_send=False, asks=8))
    assert rows.written[3][0].alarm


def test_an_order_that_a_gateway_cannot_carry_out_fails_and_says_why() -> None:
    rows = Rows()
    runner(rows, YuanOnly()).work(CLAIM)
    receipt, again_at = rows.written[1]
    assert (receipt.outcome, receipt.code, again_at) == ("failed", "unable_to_send", None)
    assert "CNY only" in receipt.message
