"""What every channel promises, against its fake over real HTTP: nothing missed, nothing done twice, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from amends.carry_out.wire import UnableToReach
from amends.facts.channels import UnableToTalk
from amends.facts.deeds import ACTIONS, Action
from amends.facts.imported import CaseMade
from amends.facts.platforms import OVER
from amends.facts.read_case import read_case
from amends.facts.wire import UnableToTrustNotice
from amends.wiring.channels import BY_NAME
from tests.contracts.channel_world import NAMES, ChannelWorld, channel_world, now, seal

CASES = [name for name in NAMES if BY_NAME[name].can.cases]
ORDERS = [name for name in NAMES if BY_NAME[name].can.orders]
KINDS = [(name, kind) for name in CASES for kind in sorted(BY_NAME[name].can.kinds)]
PUSHES = [name for name in NAMES if BY_NAME[name].can.pushes]
PAYS = [name for name in NAMES if BY_NAME[name].can.pays]
DEEDS = [(name, action) for name in NAMES for action in ACTIONS if action in BY_NAME[name].can.actions]
LOCKS = [name for name in NAMES if BY_NAME[name].can.locks and "agree_refund" in BY_NAME[name].can.actions]


@pytest.fixture
def there(request: pytest.FixtureRequest) -> Iterator[ChannelWorld]:
    with channel_world(request.param) as found:
        yield found


def of(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("there", names, indirect=True)


@of(list(NAMES))
def test_a_test_call_shows_that_the_keys_are_good_and_wrong_keys_are_told(there: ChannelWorld) -> None:
    assert there.say(there.channel.probe(there.access, seal())).name
    secret = next(setting.name for setting in there.channel.settings if setting.secret)
    wrong = replace(there.access, values={**there.access.values, secret: "wrong"})
    with pytest.raises(UnableToTalk) as told:
        there.say(there.channel.probe(wrong, seal()))
    assert told.value.why == "keys"


@of(list(NAMES))
def test_what_it_is_connected_with_is_named_and_explained(there: ChannelWorld) -> None:
    names = [setting.name for setting in there.channel.settings]
    assert set(there.fake.config()) <= set(names)
    for says in (
        *(s.says for s in there.channel.settings),
        *(s.hint for s in there.channel.settings),
        *there.channel.guide,
    ):
        assert says.en
        assert says.zh
    assert len(there.channel.guide) >= 2


@pytest.mark.parametrize(("there", "kind"), KINDS, indirect=["there"])
def test_a_case_that_a_buyer_opens_is_listed_and_read_whole(there: ChannelWorld, kind: str) -> None:
    asked = there.asked(kind)
    listed, _ = there.everything()
    assert [told.number for told in listed] == [asked.number]
    told = there.one(asked.number)
    assert told == replace(listed[0], raw=told.raw)
    assert isinstance(told.made, CaseMade)
    case = read_case(told.made.case)
    assert (told.made.key, case.request.kind) == (asked.number, kind)
    assert told.made.case["order"]["id"] == asked.order
    assert told.standing == "requested"
    assert not told.alarms
    assert abs((told.updated_at - now()).total_seconds()) < 60
    assert told.version or not there.channel.can.locks


@of(CASES)
def test_a_case_nobody_has_is_none(there: ChannelWorld) -> None:
    assert there.say(there.channel.one(there.access, there.fake.case_number(), seal())) is None


@of(ORDERS)
def test_an_order_is_listed_and_read_whole(there: ChannelWorld) -> None:
    sold = there.sold(lines=[{"paid": 5_900}, {"paid": 1_001, "quantity": 2}], shipping=600)
    _, listed = there.everything()
    assert [told.number for told in listed] == [sold.number]
    told = there.say(there.channel.order(there.access, sold.number, seal()))
    assert told is not None
    assert told == replace(listed[0], raw=told.raw)
    trial = {"kind": "return_refund", "reason": "changed_mind", "requested_at": now().isoformat()}
    case = read_case({**told.file, "case": "1", "request": trial, "shop": {"channel": there.channel.name, "name": "x"}})
    assert sum(line.paid for line in case.order.lines) == 6_901
    assert case.order.shipping_paid == 600
    assert sum(payment.captured for payment in case.order.payments) == sold.paid
    assert told.contact.email or told.contact.phone or not there.channel.can.cases
    assert there.say(there.channel.order(there.access, there.fake.order_number(), seal())) is None


@of(CASES)
def test_many_pages_tell_everything_once_and_a_window_only_what_is_in_it(there: ChannelWorld) -> None:
    numbers = [there.asked().number for _ in range(there.channel.can.page_size * 2 + 3)]
    listed, _ = there.everything()
    assert sorted(told.number for told in listed) == sorted(numbers)
    before, _ = there.everything(now() - timedelta(days=30), now() - timedelta(days=10))
    assert before == []


@of(CASES)
def test_every_status_is_told_as_what_it_is_and_an_unknown_one_alarms(there: ChannelWorld) -> None:
    seen = set()
    for standing in {status.standing for status in there.channel.statuses.values()}:
        asked = there.asked(there.fake.kind_in(standing))
        there.fake.force(asked.number, standing)
        told = there.one(asked.number)
        assert told.standing == standing
        assert told.status in there.channel.statuses
        assert told.alarms == ()
        assert isinstance(told.made, CaseMade)
        assert (told.made.state == "closed") == (standing in OVER)
        seen.add(standing)
    assert {"requested", "succeeded", "closed"} <= seen
    asked = there.asked()
    there.fake.force(asked.number, "requested", strange="NEVER_SEEN_77")
    told = there.one(asked.number)
    assert told.standing is None
    assert told.alarms
    assert "NEVER_SEEN_77" in told.alarms[0].en
    assert isinstance(told.made, CaseMade)
    assert told.made.state == "open"


@of([name for name in CASES if BY_NAME[name].can.pays])
def test_money_that_the_platform_paid_by_itself_is_told(there: ChannelWorld) -> None:
    asked = there.asked()
    there.fake.by_hand(asked.number, "refund_by_itself")
    told = there.one(asked.number)
    assert told.standing == "succeeded"
    assert [(refund.amount, refund.moved, refund.key) for refund in told.refunds] == [(asked.amount, True, "")]
    assert told.refunds[0].reference
    assert told.by_itself


@pytest.mark.parametrize(("there", "action"), DEEDS, indirect=["there"])
def test_a_deed_is_done_once_however_often_it_is_sent_and_can_be_asked_about(
    there: ChannelWorld, action: Action
) -> None:
    case = there.ready(action)
    deed = there.deed(action, case)
    unasked = action in there.channel.can.unasked
    assert there.acted(deed).outcome == ("unknown" if unasked else "absent")
    receipt = there.act(deed)
    assert receipt.outcome in ("done", "pending"), receipt
    assert there.acted(deed).outcome in (("unknown",) if unasked else ("done", "pending"))
    done = len(there.fake.market.case(case.number).deeds)
    money = there.refunded(case)
    again = there.act(deed)
    assert again.outcome in ("done", "pending", "stale", "failed")
    assert len(there.fake.market.case(case.number).deeds) == done
    assert there.refunded(case) == money
    assert (money > 0) == (action == "agree_refund")


@of(PAYS)
@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "error_after", "error_before", "malformed", "throttle"])
def test_a_refund_without_an_answer_is_asked_about_and_never_paid_twice(there: ChannelWorld, fault: str) -> None:
    case = there.ready("agree_refund") if there.channel.can.cases else there.asked()
    deed = there.deed("agree_refund", case)
    there.fake.faults.set(fault, times=1, skip=skips(there))
    try:
        receipt = there.act(deed)
        assert receipt.outcome in ("unknown", "absent", "done", "pending")
    except UnableToReach:
        pass
    there.fake.faults.clear()
    outcome = there.acted(deed).outcome
    assert outcome in ("done", "pending", "absent")
    assert (outcome == "absent") == (there.refunded(case) == 0)
    if outcome == "absent":
        assert there.act(deed).outcome in ("done", "pending")
    assert there.acted(deed).outcome in ("done", "pending")
    assert there.refunded(case) == case.amount


@of(PAYS)
def test_more_than_is_left_is_refused_and_nothing_moves(there: ChannelWorld) -> None:
    case = there.ready("agree_refund") if there.channel.can.cases else there.asked()
    deed = there.deed("agree_refund", case)
    order = there.fake.market.order(case.order)
    there.fake.refund_outside(order.payment, order.paid)
    assert there.act(deed).outcome in ("failed", "stale", "person")
    assert there.refunded(case) == order.paid


@of(LOCKS)
def test_a_deed_decided_on_an_older_version_is_stale_and_changes_nothing(there: ChannelWorld) -> None:
    case = there.ready("agree_refund")
    deed = there.deed("agree_refund", case)
    there.fake.force(case.number, "requested", amount=100, updated_at=case.updated_at + 5)
    assert there.act(deed).outcome == "stale"
    assert there.refunded(case) == 0


@of(list(NAMES))
def test_an_answer_that_is_none_is_told_as_what_it_is(there: ChannelWorld) -> None:
    there.asked() if there.channel.can.cases else there.sold()
    for fault, settings, why in (
        ("throttle", {"seconds": 7}, "throttled"),
        ("error_before", {"status": 503}, "down"),
        ("malformed", {}, "strange"),
    ):
        there.fake.faults.set(fault, times=1, **settings)
        with pytest.raises(UnableToTalk) as told:
            there.page()
        assert told.value.why == why
        there.fake.faults.clear()
    there.page()


@of(PUSHES)
def test_a_push_is_trusted_by_its_signature_only_and_names_what_to_read_again(there: ChannelWorld) -> None:
    asked = there.asked() if there.channel.can.cases else None
    sold = there.sold() if asked is None else None
    headers, body, named = there.heard_of("case" if asked else "order")
    told = there.channel.pushed(there.access, headers, body, now())
    if asked:
        assert there.one(named).number == asked.number
    else:
        order = there.say(there.channel.order(there.access, named, seal()))
        assert order is not None
        assert sold is not None
        assert order.number == sold.number
    assert told[0].id
    assert there.channel.pushed(there.access, headers, body, now()) == told
    with pytest.raises(UnableToTrustNotice):
        there.channel.pushed(there.access, headers, body + b" ", now())
    with pytest.raises(UnableToTrustNotice):
        there.channel.pushed(there.access, {}, body, now())
    assert 200 <= there.channel.answer_push().status < 300


@of(PUSHES)
def test_a_push_signed_with_another_secret_is_not_trusted(there: ChannelWorld) -> None:
    there.fake.faults.set("webhook_bad_signature", times=1)
    there.asked() if there.channel.can.cases else there.sold()
    headers, body = there.heard()[0]
    with pytest.raises(UnableToTrustNotice):
        there.channel.pushed(there.access, headers, body, now())


@of(CASES)
def test_a_deadline_of_the_platform_is_told_while_it_is_the_merchants_turn(there: ChannelWorld) -> None:
    asked = there.asked("return_refund")
    told = there.one(asked.number)
    if told.deadline is not None:
        assert abs(told.deadline.timestamp() - asked.deadline) < 2
        assert isinstance(told.made, CaseMade)
        assert told.made.case["platform"]["deadline"]


def skips(there: ChannelWorld) -> int:
    """How many calls a refund makes before the one that moves money: fewer faults would strike a question."""
    deed = there.deed("agree_refund", there.ready("agree_refund") if there.channel.can.cases else there.asked())
    before = len(there.fake.events)
    there.act(deed)
    calls = [event for event in there.fake.events[before:] if event["what"] in ("call", "refund")]
    place = next((place for place, event in enumerate(calls) if event["what"] == "refund"), 1)
    return max(0, place - 1)
