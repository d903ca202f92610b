"""Case files as a form of import: taken as they stand."""

from __future__ import annotations

from typing import Any

import pytest

from amends.channels.cases.case_rows import CaseFiles
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting, SourceRow
from tests.contracts.case_book import incoming

FORM = CaseFiles()
SHOP = ShopSetting("Nordhus", "direct")


def taken(case: dict[str, Any]) -> CaseMade:
    found = FORM.translate([SourceRow(1, record=case)], SHOP)
    assert isinstance(found, CaseMade)
    return found


def test_the_file_is_taken_as_it_stands_with_the_shops_name() -> None:
    case = incoming().made.case
    assert taken(case).case == {**case, "shop": {**case["shop"], "name": "Nordhus"}}
    named = {**case, "shop": {**case["shop"], "name": "Other"}}
    assert taken(named).case == named


def test_the_latest_event_is_what_has_happened_not_what_is_due() -> None:
    case = incoming().made.case
    case["platform"] = {"deadline": "2027-01-01T00:00:00Z"}
    assert taken(case).as_of == "2026-11-20T02:00:00Z"
    case["evidence"] = [{"kind": "photo", "by": "buyer", "at": "2026-11-21T00:00:00Z"}]
    assert taken(case).as_of == "2026-11-21T00:00:00Z"


@pytest.mark.parametrize(
    ("status", "state"), [("closed: refunded", "closed"), ("退款成功", "closed"), ("open", "open"), (7, "open")]
)
def test_state_by_the_platforms_status(status: object, state: str) -> None:
    assert taken({**incoming().made.case, "platform": {"status": status}}).state == state


@pytest.mark.parametrize("record", [None, 7, [], "x", {}, {"case": 7}, {"case": ""}])
def test_what_is_no_case_is_refused(record: object) -> None:
    assert isinstance(FORM.translate([SourceRow(1, record=record)], SHOP), RowRefused)


def test_a_faulty_line_keeps_its_fault() -> None:
    fault = Remark("not_json", "坏", "bad")
    assert FORM.translate([SourceRow(3, fault=fault)], SHOP) == RowRefused(fault)
