from typing import Any

import pytest

from tests.contracts.case_book import CaseBookContract
from tests.contracts.memory_book import MemoryCaseBook


class TestMemoryCaseBook(CaseBookContract):
    @pytest.fixture
    def book(self) -> MemoryCaseBook:
        return MemoryCaseBook()

    def raw_rows(self, book: Any, shop_name: str, key: str) -> list[dict[str, str]]:
        return list(book.rows[shop_name, key])

    def stored(self, book: Any, shop_name: str, key: str) -> dict[str, Any] | None:
        return book.case(shop_name, key) if (shop_name, key) in book.cases else None

    def refused_rows(self, book: Any, shop_name: str) -> list[dict[str, str]]:
        return [row for (shop, _, _), (_, rows) in book.refused.items() if shop == shop_name for row in rows]
