"""Plain SQL answers as Django's managers do, on both databases, for every kind of column that the hot path reads or writes."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.databases import Database, database  # noqa: F401
from tests.money_house import case_of, desk_of, order_of

AT = datetime(2026, 11, 26, 4, 30, 12, 345678, tzinfo=UTC)
_NUMBERS = itertools.count(1)


@pytest.fixture
def case(database: Database) -> int:  # noqa: F811
    return case_of(order_of(buyer={"name": "Anna 安娜"}))


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def deadline(case: int, **given: Any) -> Any:
    from amends.store.models import DeadlineRow

    made = {"source": "own", "who": "merchant", "action": f"a{next(_NUMBERS)}", "rule": "own.x", "due_at": AT}
    return DeadlineRow(case_id=case, **{**made, **given})


def token(**given: Any) -> Any:
    from amends.store.models import ApiTokenRow

    name = f"t{next(_NUMBERS)}"
    made = {"name": name, "role": "lead", "scopes": ["cases:read", "钱"], "hashed": name, "hint": "h", "made_by": "wu"}
    return ApiTokenRow(made_at=AT, **{**made, **given})


def test_a_case_its_shop_and_its_file_read_as_by_the_manager(case: int) -> None:
    from amends.store.case_rows import whole_case
    from amends.store.models import CaseFile

    found = whole_case(case)
    assert found is not None
    wanted = CaseFile.objects.select_related("case__shop").get(case_id=case)
    with CaptureQueriesContext(connection) as asked:
        there = (columns(found[0]), columns(found[0].shop), columns(found[1]), found[1].case is found[0])
    assert there == (columns(wanted.case), columns(wanted.case.shop), columns(wanted), True)
    assert len(asked) == 0
    assert whole_case(case + 1) is None


def test_a_row_that_is_written_is_the_row_that_the_manager_writes(case: int) -> None:
    from amends.store import hot
    from amends.store.models import ApiTokenRow

    ours, theirs = token(used_at=AT), token(used_at=AT)
    hot.insert(ours)
    theirs.save(force_insert=True)
    assert (ours._state.adding, ours._state.db) == (theirs._state.adding, theirs._state.db)
    found = columns(ApiTokenRow.objects.get(pk=ours.pk))
    assert found == columns(ours)
    apart = {"id", "name", "hashed"}
    read = columns(ApiTokenRow.objects.get(pk=theirs.pk))
    assert {name: value for name, value in found.items() if name not in apart} == {
        name: value for name, value in read.items() if name not in apart
    }
    assert columns(hot.rows(ApiTokenRow, "WHERE id = %s", [ours.pk])[0]) == found


def test_several_rows_get_their_own_numbers_in_order(case: int) -> None:
    from amends.store import hot
    from amends.store.models import DeadlineRow

    made = [deadline(case) for _ in range(5)]
    hot.insert(*made)
    hot.insert()
    read = {row.action: row.pk for row in DeadlineRow.objects.filter(case_id=case)}
    assert all(read[row.action] == row.pk for row in made)


def test_only_the_columns_that_are_named_are_written(case: int) -> None:
    from amends.store import hot
    from amends.store.models import CaseFile, DeadlineRow

    row = deadline(case)
    hot.insert(row)
    row.told, row.due_at, row.left_minutes, row.rule = True, AT.replace(year=2027), 7, "own.y"
    hot.update(row, ["told", "due_at", "left_minutes"])
    hot.update(row, [])
    read = DeadlineRow.objects.get(pk=row.pk)
    assert (read.told, read.due_at, read.left_minutes, read.rule) == (True, AT.replace(year=2027), 7, "own.x")
    file = CaseFile.objects.get(case_id=case)
    file.agreed, file.ours = {"remedy": "refund_only", "n": None, "说": 1.5}, None
    hot.update(file, ["agreed", "ours"])
    fresh = CaseFile.objects.get(case_id=case)
    assert (fresh.agreed, fresh.ours) == (file.agreed, None)
    assert CaseFile.objects.filter(case_id=case, ours__isnull=True).exists()


def test_a_row_that_is_gone_is_a_fault(case: int) -> None:
    from amends.store import hot
    from amends.store.models import DeadlineRow

    row = deadline(case)
    hot.insert(row)
    DeadlineRow.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError):
        hot.update(row, ["told"])


def test_what_stands_in_the_way_is_given_and_nothing_is_written(case: int) -> None:
    from amends.store import hot
    from amends.store.models import ApiTokenRow

    row = token()
    assert hot.insert_new(row)
    again = token(name=row.name, role="agent")
    assert not hot.insert_new(again)
    assert again.pk is None
    assert columns(hot.same(again, ["name"])) == columns(ApiTokenRow.objects.get(name=row.name))
    with pytest.raises(IntegrityError):
        hot.insert(token(name=row.name))


def test_an_outer_join_that_finds_none_gives_none(case: int) -> None:
    from amends.store import hot
    from amends.store.models import Shop, ShopPage

    joined = "store_shop LEFT JOIN store_shoppage ON store_shoppage.shop_id = store_shop.id"
    found = hot.joined((Shop, ShopPage), joined)
    assert found
    assert all(shop.pk and page is None for shop, page in found)


def test_the_money_of_a_case_is_read_in_as_many_questions_for_many_plans_as_for_one(case: int) -> None:
    from amends.facts.people import Person
    from amends.store.money_till import DatabaseTill

    asked, person = [], Person("wu", "manager")
    for turn in range(3):
        made = desk_of().extra(case, turn, "goodwill", "1.00", "", person)
        with CaptureQueriesContext(connection) as looked:
            box = DatabaseTill().box(case)
        asked.append(len(looked))
        assert box is not None
        assert len(box.plans) == turn + 1
        read = box.plans[-1]
        assert read == made
        assert str(read.proposed_at) == str(made.proposed_at)
        assert str(read.steps[0].due_at) == str(made.steps[0].due_at)
    assert len(set(asked)) == 1
