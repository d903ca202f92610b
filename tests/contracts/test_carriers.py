"""What every tracking network promises, against its fake over real HTTP: scans as they were told, nothing guessed, nothing bought twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from amends.carriers.codes import CARRIERS
from amends.carry_out.wire import UnableToReach
from amends.facts.channels import UnableToTalk
from amends.facts.traces import SCAN_KINDS, trace_of
from amends.facts.wire import UnableToTrustNotice
from amends.wiring.networks import BY_NAME
from tests.contracts.carrier_world import NAMES, CarrierWorld, carrier_world, now, seal, wanted

SIGNED = [name for name in NAMES if BY_NAME[name].can.signs]
STOPS = [name for name in NAMES if BY_NAME[name].can.intercepts]
SELLS = [name for name in NAMES if BY_NAME[name].can.labels]
NOT_TOLD = {"easypost": {"intercepted", "returned"}, "shippo": {"refused", "intercepted", "returned"}}
"""What a network has no word for: it is told as the nearest thing that it has."""
NEAREST = {"intercepted": "returning", "returned": "returning", "refused": "attempted"}


@pytest.fixture
def there(request: pytest.FixtureRequest) -> Iterator[CarrierWorld]:
    with carrier_world(request.param) as found:
        yield found


def of(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("there", names, indirect=True)


def each() -> pytest.MarkDecorator:
    return of(list(NAMES))


@each()
def test_a_test_call_shows_that_the_keys_are_good_and_wrong_keys_are_told(there: CarrierWorld) -> None:
    there.say(there.network.probe(there.access, seal()))
    secret = next(setting.name for setting in there.network.settings if setting.secret)
    wrong = replace(there.access, values={**there.access.values, secret: "wrong"})
    with pytest.raises(UnableToTalk) as told:
        there.say(there.network.probe(wrong, seal()))
    assert told.value.why == "keys"


@each()
def test_what_it_is_connected_with_is_named_and_explained(there: CarrierWorld) -> None:
    assert set(there.fake.config()) <= {setting.name for setting in there.network.settings}
    said = [*(one.says for one in there.network.settings), *(one.hint for one in there.network.settings)]
    for one in (*said, *there.network.guide, there.network.title):
        assert one.en
        assert one.zh
    assert any("{push_url}" in one.en and "{push_url}" in one.zh for one in there.network.guide)
    assert set(there.network.codes) <= set(CARRIERS)
    assert len(set(there.network.codes.values())) == len(there.network.codes)


@each()
def test_a_parcel_is_followed_once_however_often_it_is_asked_for(there: CarrierWorld) -> None:
    parcel = there.waybill()
    first = there.subscribe(parcel)
    there.fake.advance(parcel.number, "picked_up")
    assert there.subscribe(parcel).reference == first.reference
    assert len(there.pushed(1)) == 1
    told = there.ask(first)
    assert told is not None
    assert [scan.kind for scan in told.scans] == ["picked_up"]


@each()
@pytest.mark.parametrize("hand", [kind for kind in SCAN_KINDS if kind != "note"])
def test_what_happens_to_a_parcel_is_told_as_what_it_is(there: CarrierWorld, hand: str) -> None:
    parcel = there.moved("announced", hand) if hand != "announced" else there.moved(hand)
    told = there.ask(parcel)
    assert told is not None
    assert told.alarms == ()
    expected = NEAREST[hand] if hand in NOT_TOLD.get(there.name, set()) else hand
    if there.name == "aftership" and hand == "intercepted":
        expected = "returning"
    last = max(told.scans, key=lambda scan: scan.order)
    assert last.kind == expected
    assert last.text
    assert last.place
    assert abs((last.at - now()).total_seconds()) < 60
    assert (told.number, told.carrier) == (parcel.number, parcel.carrier)


@each()
def test_a_push_tells_the_same_as_an_answer_and_the_same_again_is_the_same(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up", "in_transit", "out_for_delivery", "delivered")
    there.fake.tell_again(parcel.number)
    told = there.pushed(5)
    asked = there.ask(parcel)
    assert asked is not None
    assert len(told) == 5
    assert set(told[-1].scans) == set(asked.scans) == {scan for one in told for scan in one.scans}
    assert trace_of(asked.scans).state == "delivered"


@each()
def test_a_push_that_proves_nothing_is_not_believed(there: CarrierWorld) -> None:
    there.fake.faults.set("webhook_bad_signature")
    there.moved("picked_up")
    headers, body = there.ear.wait(1)[0]
    with pytest.raises(UnableToTrustNotice):
        there.network.pushed(there.access, headers, body, now())
    for junk in (b"", b"[]", b"\xff\xfe", b"param=1", b'{"a":' * 3000):
        with pytest.raises(UnableToTrustNotice):
            there.network.pushed(there.access, {}, junk, now())


@of(SIGNED)
def test_without_a_secret_no_push_is_believed(there: CarrierWorld) -> None:
    there.moved("picked_up")
    headers, body = there.ear.wait(1)[0]
    assert there.network.pushed(there.access, headers, body, now())
    bare = replace(there.access, values={**there.access.values, "salt": "", "webhook_secret": ""})
    with pytest.raises(UnableToTrustNotice):
        there.network.pushed(bare, headers, body, now())


@each()
def test_a_parcel_that_nobody_knows_is_none(there: CarrierWorld) -> None:
    assert there.ask(there.waybill()) is None


@each()
def test_a_word_that_nobody_knows_alarms_and_the_rest_is_still_told(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up", "in_transit", strange="NEVER_SEEN_77")
    told = there.ask(parcel)
    assert told is not None
    assert "NEVER_SEEN_77" in told.alarms[0]
    assert sorted(scan.kind for scan in told.scans) == ["note", "picked_up"]
    assert trace_of(told.scans).state == "picked_up"


@each()
@pytest.mark.parametrize(
    ("fault", "why"),
    [("throttle", "throttled"), ("error_before", "down"), ("malformed", "strange"), ("refuse", "refused")],
)
def test_faults_of_a_subscription_are_told_as_what_they_are(there: CarrierWorld, fault: str, why: str) -> None:
    parcel = there.waybill()
    there.fake.faults.set(fault)
    with pytest.raises(UnableToTalk) as told:
        there.subscribe(parcel)
    assert told.value.why == why
    there.subscribe(parcel)
    assert there.fake.parcels[parcel.number].subscribed


@each()
def test_an_answer_that_is_lost_is_asked_for_again_and_one_subscription_stands(there: CarrierWorld) -> None:
    parcel = there.waybill()
    there.fake.faults.set("drop_after")
    with pytest.raises(UnableToReach):
        there.subscribe(parcel)
    again = there.subscribe(parcel)
    there.fake.advance(parcel.number, "picked_up")
    told = there.ask(again)
    assert told is not None
    assert len(told.scans) == 1


@of(STOPS)
def test_a_parcel_is_stopped_once_and_a_refusal_says_why(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up")
    ask = lambda key: there.say(there.network.intercept(there.access, parcel, key, "wrong address", seal()))  # noqa: E731
    first, again = ask("am1"), ask("am1")
    assert (first.outcome, again.outcome) == ("asked", "asked")
    assert first.reference == again.reference
    assert there.fake.parcels[parcel.number].stops == ["am1"]
    there.fake.advance(parcel.number, "intercepted")
    told = there.ask(parcel)
    assert told is not None
    assert trace_of(told.scans).intercepted
    there.fake.faults.set("refuse")
    refused = ask("am2")
    assert refused.outcome == "failed"
    assert refused.message
    there.fake.faults.set("error_before")
    assert ask("am3").outcome == "unknown"
    there.fake.faults.set("throttle")
    assert ask("am4").outcome == "absent"


@of([name for name in NAMES if name not in STOPS])
def test_a_network_that_stops_nothing_says_so_without_a_call(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up")
    calls = called(there)
    receipt = there.say(there.network.intercept(there.access, parcel, "am1", "", seal()))
    assert (receipt.outcome, receipt.code) == ("failed", "not_offered")
    assert called(there) == calls


def called(there: CarrierWorld) -> int:
    return len([event for event in there.fake.events if event["what"] == "call"])


def labels(there: CarrierWorld) -> int:
    return len([one for one in there.fake.sold.values() if one.label])


@of(SELLS)
@pytest.mark.parametrize("fault", ["", "drop_after", "error_after", "throttle", "error_before", "malformed"])
@pytest.mark.parametrize("skip", [0, 1, 2])
def test_a_label_is_bought_once_for_one_key_whatever_answers_are_lost(
    there: CarrierWorld, fault: str, skip: int
) -> None:
    asked = wanted()
    if fault:
        there.fake.faults.set(fault, skip=skip)
    receipt = None
    for _ in range(4):
        try:
            receipt = there.say(there.network.label(there.access, asked, seal()))
        except UnableToReach:
            continue
        if receipt.outcome == "bought":
            break
    assert receipt is not None
    assert receipt.outcome == "bought"
    assert labels(there) == 1
    assert (receipt.cost, receipt.currency, receipt.carrier) == (758, "USD", "ups")
    assert receipt.waybill
    assert receipt.url.endswith(".pdf")
    again = there.say(there.network.label(there.access, asked, seal()))
    assert (again.outcome, again.waybill, labels(there)) == ("bought", receipt.waybill, 1)


@of(SELLS)
def test_no_more_is_paid_for_a_label_than_was_allowed_and_the_carrier_is_the_one_wanted(there: CarrierWorld) -> None:
    dear = there.say(there.network.label(there.access, wanted(most=700), seal()))
    assert (dear.outcome, dear.code, labels(there)) == ("failed", "no_rate", 0)
    ours = there.say(there.network.label(there.access, wanted(carrier="usps"), seal()))
    assert (ours.outcome, ours.carrier, ours.cost) == ("bought", "usps", 920)
    there.fake.faults.set("refuse", skip=2)
    poor = there.say(there.network.label(there.access, wanted(), seal()))
    assert (poor.outcome, labels(there)) == ("failed", 1)
    assert poor.message


@of(SELLS)
def test_an_unused_label_is_given_back_and_a_used_one_is_not(there: CarrierWorld) -> None:
    bought = there.say(there.network.label(there.access, wanted(), seal()))
    first = there.say(there.network.void_label(there.access, bought.reference, seal()))
    assert first.outcome == "voiding"
    again = there.say(there.network.void_label(there.access, bought.reference, seal()))
    assert again.outcome in ("voiding", "voided")
    used = there.say(there.network.label(there.access, wanted(), seal()))
    there.fake.advance(used.waybill, "picked_up")
    assert there.say(there.network.void_label(there.access, used.reference, seal())).outcome == "failed"


@of([name for name in NAMES if name not in SELLS])
def test_a_network_that_sells_no_labels_says_so(there: CarrierWorld) -> None:
    assert there.say(there.network.label(there.access, wanted(), seal())).code == "not_sold"
    assert there.say(there.network.void_label(there.access, "x", seal())).code == "not_sold"


@of(["kuaidi100"])
def test_the_lock_strikes_above_forty_eight_questions_and_our_limit_stays_below_it(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up")
    for _ in range(48):
        assert there.ask(parcel) is not None
    with pytest.raises(UnableToTalk) as told:
        there.ask(parcel)
    assert (told.value.why, told.value.retry_after) == ("throttled", 86_400)
    assert 2 * there.network.can.asks_a_day < 48


@of(["kuaidi100"])
def test_a_subscription_that_was_given_up_is_told_and_can_be_made_again(there: CarrierWorld) -> None:
    parcel = there.moved("picked_up")
    there.fake.give_up(parcel.number)  # type: ignore[attr-defined]
    told = there.pushed(2)
    assert [one.again for one in told] == [False, True]
    there.subscribe(parcel)
    assert there.fake.parcels[parcel.number].subscriptions == 2
