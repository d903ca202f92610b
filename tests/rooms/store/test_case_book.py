"""The database's book of cases does what every book of cases must do, and keeps its columns right."""

from __future__ import annotations

from typing import Any

import pytest

from amends.facts.work import DecidedCase
from tests.contracts.case_book import SHOP, CaseBookContract, incoming
from tests.django_house import NOW


class TestDatabaseCaseBook(CaseBookContract):
    @pytest.fixture
    def book(self) -> Any:
        from amends.store.case_book import DatabaseCaseBook

        return DatabaseCaseBook(lambda: NOW)

    def raw_rows(self, book: Any, shop_name: str, key: str) -> list[dict[str, str]]:
        from amends.store.models import RawRow

        rows = RawRow.objects.filter(case__shop__name=shop_name, case__key=key).order_by("id")
        return [row.cells for row in rows]

    def stored(self, book: Any, shop_name: str, key: str) -> dict[str, Any] | None:
        from amends.store.models import CaseFile

        file = CaseFile.objects.filter(case__shop__name=shop_name, case__key=key).first()
        return file.case_json if file else None

    def refused_rows(self, book: Any, shop_name: str) -> list[dict[str, str]]:
        from amends.store.models import RawRow

        return [row.cells for row in RawRow.objects.filter(shop__name=shop_name, case__isnull=True)]

    def test_a_changed_case_loses_its_decision(self, book: Any) -> None:
        from amends.store.decision_book import DatabaseDecisionBook
        from amends.store.models import CaseRow

        book.put(SHOP, [incoming()])
        decisions = DatabaseDecisionBook()
        [(number, _, _, _)] = decisions.waiting()
        decision = {"outcome": "accept", "remedy": "refund_only", "handling": "auto"}
        decisions.keep([DecidedCase(number, decision, [])], NOW)
        assert list(decisions.waiting()) == []
        book.put(SHOP, [incoming(amount="12.00")])
        assert [number for number, *_ in decisions.waiting()] == [number]
        assert CaseRow.objects.get(pk=number).outcome == ""
