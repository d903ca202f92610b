"""The work list's questions are answered right: views, filters, search, order, pages, neighbours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.facts.listed import PAGE_SIZE, VIEWS, ListQuery
from tests.django_house import NOW
from tests.rooms.web.samples import DIRECT, DOUYIN, TAOBAO, fill, kettle, knitted, put, shrimps


@pytest.fixture
def reader() -> Any:
    from amends.store.case_reader import DatabaseCaseReader

    fill()
    return DatabaseCaseReader()


def keys(reader: Any, **asked: Any) -> list[str]:
    return [line.key for line in reader.page(ListQuery(**asked), NOW, None).lines]


JUMPER, SHRIMPS, KETTLE = "7012345678901", "TK88120034", "HP-2041"


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("open", [KETTLE, SHRIMPS, JUMPER]),
        ("running_out", [SHRIMPS, JUMPER]),
        ("overdue", [KETTLE]),
        ("inspect", []),
        ("risk", []),
        ("approve", []),
        ("exceptions", []),
        ("buyer", []),
        ("mine", []),
        ("review", [KETTLE, SHRIMPS]),
        ("auto", [JUMPER]),
        ("disputes", [SHRIMPS]),
        ("evidence", []),
        ("high_value", []),
        ("closed", []),
    ],
)
def test_each_view_holds_its_cases_and_counts_them(reader: Any, view: str, found: list[str]) -> None:
    assert keys(reader, view=view) == found
    assert reader.counts(NOW, None)[view] == len(found)


def test_every_view_is_counted(reader: Any) -> None:
    assert set(reader.counts(NOW, None)) == set(VIEWS)


def test_time_moves_cases_between_views(reader: Any) -> None:
    later = NOW + timedelta(hours=2)
    assert reader.counts(later, None)["overdue"] == 2
    assert reader.counts(NOW - timedelta(days=2), None)["running_out"] == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"shop": "鲜渔记"}, [SHRIMPS]),
        ({"platform": "douyin"}, [JUMPER]),
        ({"market": "DE"}, [KETTLE]),
        ({"kind": "refund_only"}, [SHRIMPS]),
        ({"reason": "wrong_size"}, [JUMPER]),
        ({"outcome": "refuse"}, [KETTLE]),
        ({"outcome": "refuse", "market": "CN"}, []),
    ],
)
def test_filters_narrow_and_join(reader: Any, asked: dict[str, str], found: list[str]) -> None:
    assert keys(reader, **asked) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (JUMPER, [JUMPER]),
        ("6928HP", [KETTLE]),
        ("hp-20", [KETTLE]),
        ("weber", [KETTLE]),
        ("DHL0034", [KETTLE]),
        ("SF13982004", [KETTLE, SHRIMPS, JUMPER]),
        ("xy-xia", [SHRIMPS]),
        ("白虾", [SHRIMPS]),
        ("厄瓜多尔白虾", [SHRIMPS]),
        ("虾", [SHRIMPS]),
        ("臭的", [SHRIMPS]),
        ("白虾 臭的", [SHRIMPS]),
        ("白虾 weber", []),
        ("nothing here", []),
        ('"', []),
        ("100%", []),
        ("_", []),
        ("NEAR(", []),
    ],
)
def test_search_finds_any_part_of_any_word(reader: Any, text: str, found: list[str]) -> None:
    assert keys(reader, text=text) == found


def test_search_follows_a_change(reader: Any) -> None:
    changed, _ = kettle()
    changed.made.case["request"]["message"] = "It whistles off key"
    from amends.store.case_book import DatabaseCaseBook

    DatabaseCaseBook(lambda: NOW).put(DIRECT, [changed])
    assert keys(reader, text="whistles") == [KETTLE]
    assert keys(reader, text="do not need it") == []


def test_orders(reader: Any) -> None:
    assert keys(reader, sort="deadline") == [KETTLE, SHRIMPS, JUMPER]
    assert keys(reader, sort="amount")[0] == KETTLE
    other, decision = knitted("555", 900.0)
    other.made.case["request"]["requested_at"] = NOW.isoformat()
    put([(DOUYIN, (other, decision))])
    assert keys(reader, sort="newest")[0] == "555"


def test_at_the_same_deadline_more_money_comes_first(reader: Any) -> None:
    dear, decision = shrimps("dear", 5.2)
    decision["refund"]["total"] = "650.00"
    put([(TAOBAO, (dear, decision))])
    assert keys(reader) == [KETTLE, SHRIMPS, "dear", JUMPER]
    assert keys(reader, view="high_value") == ["dear"]


def test_a_case_without_a_deadline_comes_last(reader: Any) -> None:
    idle, decision = knitted("idle")
    idle.made.case["platform"] = {}
    decision["deadlines"] = []
    put([(DOUYIN, (idle, decision))])
    page = reader.page(ListQuery(), NOW, None)
    assert page.lines[-1].key == "idle"
    assert page.lines[-1].due is None


def test_what_the_buyer_must_do_is_neither_running_out_nor_overdue(reader: Any) -> None:
    waiting, decision = knitted("waiting", 1.0)
    decision["deadlines"] = [one | {"due": NOW.isoformat()} for one in decision["deadlines"] if one["who"] == "buyer"]
    before = reader.counts(NOW, None)
    put([(DOUYIN, (waiting, decision))])
    after = reader.counts(NOW, None)
    assert (after["running_out"], after["overdue"]) == (before["running_out"], before["overdue"])
    assert after["open"] == before["open"] + 1


def test_pages_hold_every_case_once(reader: Any) -> None:
    put([(DOUYIN, knitted(f"more{index:03}", 50.0)) for index in range(PAGE_SIZE)])
    first, last = reader.page(ListQuery(), NOW, None), reader.page(ListQuery(page=99), NOW, None)
    assert (first.total, first.pages, last.page) == (PAGE_SIZE + 3, 2, 2)
    assert len({line.id for line in (*first.lines, *last.lines)}) == PAGE_SIZE + 3


@pytest.mark.parametrize("sort", ["deadline", "amount", "newest"])
def test_neighbours_walk_the_list_in_its_order(reader: Any, sort: str) -> None:
    put([(DOUYIN, knitted(f"more{index:03}", 50.0 + index % 3)) for index in range(7)])
    query = ListQuery(sort=sort)
    ids = [line.id for line in reader.page(query, NOW, None).lines]
    for place, number in enumerate(ids):
        beside = reader.neighbours(query, number, NOW, None)
        assert beside.before == (ids[place - 1] if place else None)
        assert beside.after == (ids[place + 1] if place + 1 < len(ids) else None)
        assert (beside.place, beside.total) == (place + 1, len(ids))


def test_a_case_outside_the_list_has_no_neighbours(reader: Any) -> None:
    beside = reader.neighbours(ListQuery(view="closed"), 1, NOW, None)
    assert (beside.before, beside.after, beside.place) == (None, None, 0)


def test_choices_are_what_occurs(reader: Any) -> None:
    choices = reader.choices(None)
    assert choices.platform == ("direct", "douyin", "taobao")
    assert choices.market == ("CN", "DE")
    assert set(choices.shop) == {"暖屿服饰", "鲜渔记", "Harbour & Pine"}


def test_a_case_comes_back_whole(reader: Any) -> None:
    stored = reader.case(1, None)
    incoming, decision = knitted()
    assert stored.case == incoming.made.case
    assert stored.decision == decision
    assert stored.raw_rows[0].cells["售后单号"] == f"\t{JUMPER}"
    assert reader.case(999, None) is None


def test_a_refusal_that_no_rule_speaks_for_gives_no_reason() -> None:
    from amends.store.summary import first_reason

    holds = {"verdict": "holds", "effect": "flags", "rule": "risk.x"}
    assert first_reason({"outcome": "refuse", "because": [holds]}) is None
    excludes = {"verdict": "holds", "effect": "excludes", "rule": "cn.x"}
    assert first_reason({"outcome": "refuse", "because": [holds, excludes]}) == excludes


def test_queries_compare_by_what_they_ask() -> None:
    assert replace(ListQuery(), page=2).pairs() == {"page": "2"}
    assert ListQuery(text="白虾", view="auto").pairs() == {"view": "auto", "q": "白虾"}
