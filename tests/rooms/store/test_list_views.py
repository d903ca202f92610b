"""Views, pages that follow, capped counts, own views and who looks: on both databases, and never across a wall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.imported import ShopSetting
from amends.facts.listed import COUNTED, NOBODY, PAGE_SIZE, VIEWS, ListQuery
from tests.databases import database
from tests.django_house import NOW
from tests.money_house import case_of, order_of

__all__ = ["database"]

NORTH = ShopSetting("north-store", "direct", "DE", "EUR", merchant="north")
SOUTH = ShopSetting("south-store", "direct", "DE", "EUR", merchant="south")


@pytest.fixture
def reader(database: Any) -> Any:
    from amends.store.case_reader import DatabaseCaseReader

    return DatabaseCaseReader()


def case(key: str, shop: ShopSetting = NORTH, **columns: Any) -> int:
    from amends.store.models import CaseRow

    number = case_of(order_of(order=f"O-{key}"), key=key, shop=shop)
    CaseRow.objects.filter(pk=number).update(**columns)
    return number


COLUMNS: dict[str, dict[str, Any]] = {
    "inspect": {"status": "to_inspect"},
    "risk": {"risky": True},
    "approve": {"to_approve": True},
    "exceptions": {"exception": "money_trouble"},
    "buyer": {"status": "offered"},
    "mine": {"assignee": "mei"},
}


@pytest.mark.parametrize("view", COLUMNS)
def test_a_view_holds_what_its_name_says(reader: Any, view: str) -> None:
    case("plain")
    number = case("it", **COLUMNS[view])
    query = ListQuery(view=view, me="mei", role="lead")
    assert [line.id for line in reader.page(query, NOW, None).lines] == [number]
    assert reader.counts(NOW, None, "mei", "lead")[view] == 1
    assert reader.page(query, NOW, frozenset({"south"})).lines == ()
    assert reader.counts(NOW, frozenset({"south"}), "mei", "lead")[view] == 0


def test_mine_holds_what_was_handed_up_to_my_role_and_nobody_has(reader: Any) -> None:
    free = case("free", escalated_to="lead")
    case("had", escalated_to="lead", assignee="lin")
    case("higher", escalated_to="finance")
    assert reader.numbers(ListQuery(view="mine", me="mei", role="lead"), NOW, None, 9) == [free]
    assert reader.numbers(ListQuery(view="mine", me="", role=""), NOW, None, 9) == []


def test_filters_by_person_stage_and_origin(reader: Any) -> None:
    had = case("had", assignee="lin", status="offered", origin="buyer")
    free = case("free")
    assert reader.numbers(ListQuery(assignee="lin"), NOW, None, 9) == [had]
    assert reader.numbers(ListQuery(assignee=NOBODY), NOW, None, 9) == [free]
    assert reader.numbers(ListQuery(status="offered"), NOW, None, 9) == [had]
    assert reader.numbers(ListQuery(origin="buyer"), NOW, None, 9) == [had]


@pytest.mark.parametrize("sort", ["deadline", "amount", "newest"])
def test_pages_that_follow_hold_every_case_once(reader: Any, sort: str) -> None:
    from amends.store.models import CaseRow

    row = CaseRow.objects.get(pk=case("one"))
    many = PAGE_SIZE * 2 + 7
    CaseRow.objects.bulk_create(
        [CaseRow(**{**values(row), "key": f"k{at}", "due_order": row.due_order + at % 5}) for at in range(many)]
    )
    seen, after = list[int](), ""
    for number in range(1, 4):
        page = reader.page(ListQuery(sort=sort, page=number, after=after), NOW, None)
        seen, after = [*seen, *[line.id for line in page.lines]], page.last
    assert len(seen) == len(set(seen)) == many + 1
    assert seen == [one for number in range(1, 4) for one in ids(reader, sort, number)]


def ids(reader: Any, sort: str, number: int) -> list[int]:
    return [line.id for line in reader.page(ListQuery(sort=sort, page=number), NOW, None).lines]


def values(row: Any) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname != "id"}


def test_more_than_is_counted_is_said_to_be_more(reader: Any) -> None:
    from amends.store.models import CaseRow

    row = CaseRow.objects.get(pk=case("one"))
    CaseRow.objects.bulk_create([CaseRow(**{**values(row), "key": f"k{at}"}) for at in range(COUNTED + 5)])
    page = reader.page(ListQuery(), NOW, None)
    assert (page.total, page.pages) == (COUNTED + 1, 2)
    assert reader.counts(NOW, None)["open"] == COUNTED + 1
    assert reader.page(ListQuery(page=21), NOW, None).pages == 21


@pytest.mark.parametrize("text", ["白虾", "虾", "O-on", "ab退货", "zz"])
def test_search_finds_short_parts_on_both_databases(reader: Any, text: str) -> None:
    from amends.store.models import CaseText

    number = case("one")
    CaseText.objects.filter(case_id=number).update(words="O-one\n厄瓜多尔白虾\nab退货")
    assert reader.numbers(ListQuery(text=text), NOW, None, 9) == ([] if text == "zz" else [number])


def test_what_changed_and_what_left(reader: Any) -> None:
    from amends.store.models import CaseRow

    same, changed, gone = case("same"), case("changed"), case("gone")
    seen = {row.pk: row.version for row in CaseRow.objects.all()}
    CaseRow.objects.filter(pk=changed).update(version=99)
    CaseRow.objects.filter(pk=gone).update(state="closed")
    fresh = reader.fresh(ListQuery(), seen, NOW, None)
    assert [line.id for line in fresh.changed] == [changed]
    assert fresh.gone == (gone,)
    assert same not in fresh.gone
    assert reader.fresh(ListQuery(), seen, NOW, frozenset({"south"})).changed == ()


def test_writing_into_any_log_moves_the_version(reader: Any) -> None:
    before = reader.version()
    case("one")
    assert reader.version() > before


def test_the_wall_holds_for_lines_choices_and_people(reader: Any) -> None:
    number = case("one", SOUTH)
    assert reader.line(number, frozenset({"north"})) is None
    assert reader.choices(frozenset({"north"})).shop == ()
    assert reader.choices(None).shop == ("south-store",)
    assert reader.choices(None).market == ("DE",)


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_place_or_as_none(text: str) -> None:
    from amends.store.case_asked import read_place

    assert len(read_place(text, "deadline")) in (0, 3)
    assert len(read_place(text, "newest")) in (0, 2)


@given(st.text(alphabet="aB7-退货虾é", min_size=1, max_size=12), st.integers(0, 8), st.integers(1, 6))
def test_a_part_of_words_has_no_gram_that_they_have_not(words: str, start: int, length: int) -> None:
    from amends.store.search import has_gram

    part = words[start : start + length]
    if not part:
        return
    assert has_gram(part) == bool(grams(part))
    assert grams(part) <= grams(words)


def grams(text: str) -> set[str]:
    """What `store_grams` gives, told in Python."""
    wide = [ord(one) >= 0x2E80 for one in text]
    found = set()
    for at in range(len(text) - 1):
        if wide[at] or wide[at + 1]:
            found.add(text[at : at + 2])
        elif at + 2 < len(text) and not wide[at + 2]:
            found.add(text[at : at + 3])
    return found


def test_own_views_are_ones_own(database: Any) -> None:
    from amends.store.own_views import UnableToSaveView, forget_view, rename_view, save_view, saved_views

    save_view("mei", "Mine in DE", "view=mine&market=DE")
    (one,) = saved_views("mei")
    assert saved_views("lin") == ()
    assert not rename_view("lin", one.number, "stolen")
    assert not forget_view("lin", one.number)
    with pytest.raises(UnableToSaveView, match="already"):
        save_view("mei", "Mine in DE", "")
    with pytest.raises(UnableToSaveView, match="1 to 40"):
        save_view("mei", "  ", "")
    assert rename_view("mei", one.number, "Germany")
    assert saved_views("mei")[0].name == "Germany"
    assert forget_view("mei", one.number)
    assert saved_views("mei") == ()


def test_who_looks_is_forgotten_after_a_minute(reader: Any) -> None:
    from amends.store.own_views import look_at, lookers

    number = case("one")
    assert look_at(number, "mei", NOW) == ()
    assert look_at(number, "lin", NOW) == ("mei",)
    assert lookers(number, "", NOW + timedelta(seconds=61)) == ()
    assert look_at(999_999, "mei", NOW) == ()


def test_every_view_can_be_asked_for(reader: Any) -> None:
    case("one")
    for view in VIEWS:
        reader.page(ListQuery(view=view, me="mei", role="lead", text="退货 O-one"), NOW, frozenset({"north"}))


def test_a_common_word_is_found_as_the_index_finds_it(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from amends.facts.listed import COUNTED, ListQuery
    from amends.store import case_early, case_reader
    from amends.store.case_reader import DatabaseCaseReader
    from amends.store.models import CaseFile, CaseRow, CaseText
    from tests.django_house import NOW
    from tests.money_house import case_of, order_of

    number = case_of(order_of())
    first, text = CaseRow.objects.get(pk=number), CaseText.objects.get(pk=number).words
    fields = {one.attname: getattr(first, one.attname) for one in CaseRow._meta.concrete_fields if one.attname != "id"}
    copies = [CaseRow(**{**fields, "key": f"K{at}", "due_order": at // 3}) for at in range(COUNTED + 60)]
    made = CaseRow.objects.bulk_create(copies)
    CaseText.objects.bulk_create([CaseText(case_id=row.pk, words=f"{text} K{row.pk}") for row in made])
    assert CaseFile.objects.count() == 1
    reader = DatabaseCaseReader()
    for asked in (
        ListQuery(text="Lamp"),
        ListQuery(text="lamp bulb", sort="newest"),
        ListQuery(text="Lamp", sort="amount"),
    ):
        early = reader.page(asked, NOW, None)
        assert case_early.common_search(asked, NOW, None)
        monkeypatch.setattr(case_reader, "common_search", lambda *given: None)
        assert reader.page(asked, NOW, None) == early
        monkeypatch.undo()
    assert case_early.common_search(ListQuery(text="nowhere"), NOW, None) is None
