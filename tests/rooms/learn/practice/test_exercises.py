"""Exercises from past cases: nothing of a person in them, decided as the case is, and asked by topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.decide.decide import decide
from amends.facts.knowledge import Example
from amends.facts.practice import TOPICS, Mark, Pick, Tally, tallies
from amends.learn.practice.ask import exercise
from amends.learn.practice.choose import Candidate, choose
from amends.learn.practice.masked import SOON, as_asked, masked
from amends.wiring.house import load_rulebooks
from amends.wiring.knowledge import examples
from amends.wiring.policies import load_policy

BY_NAME = {one.name: one for one in examples()}
SEVEN_DAYS = BY_NAME["cn-ex-inside-seven-days"]


def test_a_masked_case_is_decided_as_the_case_itself() -> None:
    books, policy = load_rulebooks(), load_policy(None)
    for one in examples():
        whole, without = decide(one.case, one.at, books, policy), decide(masked(one.case), one.at, books, policy)
        told = [(item.rule.id, item.verdict) for item in whole.because if not item.rule.id.startswith("risk.")]
        kept = [(item.rule.id, item.verdict) for item in without.because if not item.rule.id.startswith("risk.")]
        assert (whole.outcome, whole.remedy, whole.deadlines) == (without.outcome, without.remedy, without.deadlines)
        assert (told, whole.refund and whole.refund.total) == (kept, without.refund and without.refund.total), one.name


def test_nothing_about_a_person_is_left_in_a_masked_case() -> None:
    case = SEVEN_DAYS.case
    line = replace(case.order.lines[0], title="茶壶 寄上海市浦东新区世纪大道100号 13812345678 a.b@mail.example")
    order = replace(case.order, id="6928-77", lines=(line,))
    asked = replace(
        case.request, message="我叫张伟", lines=tuple([replace(one, line=line) for one in case.request.lines])
    )
    shown = repr(masked(replace(case, order=order, request=asked, id="C-77")))
    for secret in ("13812345678", "世纪大道", "a.b@mail", "张伟", "6928-77", "C-77"):
        assert secret not in shown


def test_what_came_after_the_request_is_taken_out() -> None:
    case = SEVEN_DAYS.case
    later = case.request.requested_at + timedelta(days=3)
    payments = tuple([replace(one, refunded=one.captured) for one in case.order.payments])
    over = replace(
        case,
        order=replace(case.order, payments=payments),
        request=replace(case.request, agreed_at=later),
        shipments=tuple([replace(one, delivered_at=later) for one in case.shipments]),
    )
    then, at = as_asked(over)
    assert at == case.request.requested_at + SOON
    assert then.request.agreed_at is None
    assert [one.refunded for one in then.order.payments] == [0]
    assert [(one.delivered_at, one.trace) for one in then.shipments] == [(None, "in_transit")]


def asked(one: Example, seed: str = "s") -> dict[str, tuple[tuple[str, ...], str, list[str]]]:
    decision = decide(one.case, one.at, load_rulebooks(), load_policy(None))
    made = exercise(one.case, one.at, decision, seed)
    return {ask.asked: (ask.topics, ask.right, [option.code for option in ask.options]) for ask in made.questions}


def test_the_answer_the_amount_and_the_next_deadline_are_asked() -> None:
    found = asked(SEVEN_DAYS)
    assert found["answer"][:2] == (("law",), "accept:return_refund")
    assert found["money"][:2] == (("money",), "18000")
    assert found["deadline"][:2] == (("deadline",), "2026-06-23T16:00:00+00:00")
    assert asked(BY_NAME["cn-ex-eighth-day"])["answer"][:2] == (("law",), "refuse:")
    assert "money" not in asked(BY_NAME["cn-ex-eighth-day"])


def test_every_question_has_its_right_choice_once_and_others_beside_it() -> None:
    topics = set()
    for one in examples():
        found = asked(one)
        assert found == asked(one), "the same seed asks the same"
        for of, right, codes in found.values():
            topics |= set(of)
            assert codes.count(right) == 1
            assert 2 <= len(set(codes)) == len(codes) <= 5
    assert topics == set(TOPICS)


def test_the_latest_answers_are_counted_by_topic() -> None:
    marks = [Mark(n, "answer", "law", "x", "x" if n > 2 else "y") for n in range(1, 5)]
    assert tallies(marks)[0] == Tally("law", 2, 4)
    assert tallies(marks, 2)[0] == Tally("law", 2, 2)
    assert tallies(marks)[4] == Tally("money", 0, 0)


CASES = [
    Candidate(Pick("sample", f"{topic}{n}"), frozenset({topic}), (topic, str(n)))
    for topic in ("law", "money")
    for n in range(40)
]


def test_what_is_not_known_well_comes_more_often() -> None:
    lately = [Tally("law", 20, 20), Tally("money", 2, 20)]
    drawn = [pick.key for seed in range(20) for pick in choose(CASES, lately, 10, str(seed))]
    money = sum(key.startswith("money") for key in drawn)
    assert money > 1.5 * (len(drawn) - money)


@settings(max_examples=25)
@given(many=st.integers(0, 100), seed=st.text(max_size=5), right=st.integers(0, 20))
def test_a_round_draws_each_case_at_most_once_and_as_many_as_there_are(many: int, seed: str, right: int) -> None:
    drawn = choose(CASES[:12], [Tally("law", right, 20)], many, seed)
    assert len(drawn) == len(set(drawn)) == min(many, 12)
    assert drawn == choose(CASES[:12], [Tally("law", right, 20)], many, seed)


def test_cases_like_each_other_do_not_fill_a_round() -> None:
    same = [Candidate(Pick("case", str(n)), frozenset({"law"}), ("return", "size")) for n in range(50)]
    other = [Candidate(Pick("sample", str(n)), frozenset({"law"}), (str(n),)) for n in range(10)]
    drawn = choose([*same, *other], [], 10, "seed")
    assert sum(one.source == "case" for one in drawn) < 7
