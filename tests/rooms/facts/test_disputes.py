"""Stages and moves of disputes, reason codes as data, Compelling Evidence 3.0, and what a dispute is worth."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amends.facts.compelling import ELEMENTS, Signs, compelling, rule_on
from amends.facts.dispute_code import SOURCES
from amends.facts.dispute_codes import CODES, FORUMS, code_of
from amends.facts.dispute_worth import Record, Stakes, record_of, worth
from amends.facts.disputes import LOST, OPEN, OURS, PARTLY, STAGES, WON, case_track, file_stage, move_to
from amends.facts.tracks import TABLES, Tracks
from amends.facts.words import words

OPENED = datetime(2026, 11, 20, 9, tzinfo=UTC)
BEFORE = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("sort", STAGES)
def test_every_stage_is_reached_and_named(sort: str) -> None:
    table = STAGES[sort]
    assert table.reachable() == table.states
    assert [stage for stage in table.states if words("dispute_state", stage) is None] == []
    targets = {to for moves in table.moves.values() for to in moves.values()}
    assert targets <= table.states


@pytest.mark.parametrize("sort", STAGES)
def test_a_stage_is_led_to_by_one_move_only(sort: str) -> None:
    for here, moves in STAGES[sort].moves.items():
        assert len(set(moves.values())) == len(moves), here
        assert all(move_to(sort, here, to) == move for move, to in moves.items())


def test_open_and_decided_stages_do_not_meet() -> None:
    assert OURS <= OPEN
    assert not OPEN & (WON | LOST | PARTLY)


@pytest.mark.parametrize("sort", STAGES)
def test_the_cases_track_follows_from_wherever_it_stands(sort: str) -> None:
    track = "platform" if sort == "platform" else "card"
    for stage in STAGES[sort].states - {"told", "charged_back"}:
        for here in TABLES[track].states:
            moves, told = case_track(sort, stage, Tracks(**{track: here}))
            after = Tracks(**{track: here}).placed(told).moved(moves)
            again = case_track(sort, stage, after)
            assert again == ((), {})


def test_a_dispute_that_is_open_blocks_refunds_by_the_file() -> None:
    from amends.facts.codes import DISPUTE_STAGES, OPEN_DISPUTE_STAGES

    for stage in STAGES["card"].states - {"told"}:
        told = file_stage("card", stage)
        assert told in DISPUTE_STAGES
        assert (told in OPEN_DISPUTE_STAGES) == (stage in OPEN)


def test_every_reason_code_has_words_wins_and_a_source() -> None:
    for one in CODES.values():
        assert one.forum in FORUMS
        assert one.title.en
        assert one.title.zh
        assert one.wins
        assert all(win.en and win.zh for win in one.wins)
        assert one.source in SOURCES
        assert one.confidence in "HML"
        if one.source == "HOUSE":
            assert one.confidence == "L"
            assert (one.file_days, one.wait_days, one.outer_days) == (None, None, None)
        assert words("dispute_family", one.family)


def test_every_visa_condition_of_the_list_is_there() -> None:
    wanted = [f"10.{n}" for n in (4, 5)] + [f"11.{n}" for n in (1, 2, 3)]
    wanted += [f"12.{n}" for n in range(1, 8)] + [f"13.{n}" for n in range(1, 10)]
    assert [one for one in wanted if ("visa", one) not in CODES] == []
    assert [one for one in ("4808", "4834", "4837", "4849", "4853") if ("mastercard", one) not in CODES] == []


def test_a_row_counts_from_its_day_on() -> None:
    assert code_of("visa", "13.1", date(2026, 4, 17)) is None
    found = code_of("visa", "13.1", date(2026, 4, 18))
    assert found is not None
    assert (found.file_days, found.wait_days, found.outer_days, found.answer_days) == (120, 15, 540, 30)


def paid(
    name: str, days: int, opened: datetime = OPENED, card: str = "card-1", *, disputed: bool = False, **signs: str
) -> Signs:
    return Signs(name, f"order {name}", opened - timedelta(days=days), card, signs, disputed)


@pytest.mark.parametrize(("days", "against"), [(119, ("too_new",)), (120, ()), (365, ()), (366, ("too_old",))])
def test_an_earlier_payment_is_120_to_365_days_old(days: int, against: tuple[str, ...]) -> None:
    found = compelling(paid("now", 3, ip="a", account="b"), [paid("one", days, ip="a", account="b")], OPENED)
    assert found.candidates[0].against == against


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"card": "card-2"}, "other_card"),
        ({"disputed": True}, "disputed"),
        ({"ip": "z"}, "too_few_matches"),
        ({"ip": "z", "address": "Road 1"}, "no_ip_or_device"),
    ],
)
def test_each_reason_against_is_told(change: dict[str, object], why: str) -> None:
    given_now = paid("now", 3, ip="a", account="b", address="road  1")
    other: dict[str, object] = {"ip": "a", "account": "b", **change}
    found = compelling(given_now, [paid("one", 200, **other)], OPENED)  # type: ignore[arg-type]
    assert found.candidates[0].against == (why,)
    assert not found.qualifies
    assert found.why == ("none_earlier",)


def test_two_payments_that_share_different_signs_do_not_do() -> None:
    now = paid("now", 3, ip="a", account="b", address="c")
    found = compelling(now, [paid("1", 200, ip="a", account="b"), paid("2", 210, ip="a", address="c")], OPENED)
    assert not found.qualifies
    assert found.why == ("not_the_same_elements",)


def test_device_and_fingerprint_are_one_element_since_late_october() -> None:
    signs = {"device": "d", "fingerprint": "f"}
    for opened, enough in ((BEFORE, True), (OPENED, False)):
        now = paid("now", 3, opened, **signs)
        found = compelling(now, [paid("1", 200, opened, **signs), paid("2", 220, opened, **signs)], opened)
        assert found.qualifies is enough
        assert found.rule == rule_on(opened.date())


@given(
    some.lists(
        some.tuples(
            some.integers(1, 500),
            some.sampled_from(["card-1", "card-2", ""]),
            some.booleans(),
            some.dictionaries(some.sampled_from(ELEMENTS), some.sampled_from(["a", "b", ""])),
        ),
        max_size=6,
    ),
    some.dictionaries(some.sampled_from(ELEMENTS), some.sampled_from(["a", "b", ""])),
)
def test_whatever_qualifies_keeps_every_word_of_the_rule(
    earlier: list[tuple[int, str, bool, dict[str, str]]], signs: dict[str, str]
) -> None:
    now = paid("now", 3, **signs)
    told = [
        paid(str(at), days, OPENED, card, disputed=bad, **more) for at, (days, card, bad, more) in enumerate(earlier)
    ]
    found = compelling(now, told, OPENED)
    if not found.qualifies:
        return
    assert len({one.payment.payment for one in found.pair}) == 2
    for one in found.pair:
        assert one.payment.credential == now.credential != ""
        assert 120 <= one.days <= 365
        assert not one.payment.disputed
        assert all(one.payment.signs[name] == now.signs[name] != "" for name in found.shared)
    kinds = {"device" if name == "fingerprint" else name for name in found.shared}
    assert len(kinds) >= 2
    assert kinds & {"ip", "device"}


def test_the_arithmetic_of_the_advice() -> None:
    found = worth(Stakes(10_000, 2_000, minutes=30, hour=4_000), Record(4, 4))
    assert (found.percent, found.back, found.work, found.fight) == (37, 4_500, 2_000, 2_500)
    assert (found.advice, found.why) == ("fight", "worth_it")


def test_small_sums_are_not_worth_the_work() -> None:
    found = worth(Stakes(1_000, 0, minutes=60, hour=4_000), record_of(["lost", "lost"]))
    assert (found.advice, found.fight) == ("accept", -3_834)


def test_what_was_owed_is_accepted_whatever_the_sum_says() -> None:
    found = worth(Stakes(10_000_000, 0, 0, 0, owed="agreed"), record_of(["won"] * 50))
    assert (found.advice, found.why) == ("accept", "owed")
    assert found.fight > 0


@given(
    some.integers(0, 10**9), some.integers(0, 10**6), some.integers(0, 600), some.integers(0, 10**6),
    some.lists(some.sampled_from(["won", "partly", "lost", "accepted"]), max_size=40), some.booleans(),
)  # fmt: skip
def test_the_advice_is_never_worse_than_accepting(
    amount: int, fee: int, minutes: int, hour: int, outcomes: list[str], may_offer: bool
) -> None:
    found = worth(Stakes(amount, fee, minutes, hour, may_offer), record_of(outcomes))
    assert 0 < found.percent < 100
    if found.advice == "fight":
        assert found.fight >= 0
    if found.advice == "offer":
        assert found.offer is not None
        assert found.offer >= max(found.fight, 0)
    assert found.record.cases == len([one for one in outcomes if one != "accepted"])
