"""What every book of cases must do. An implementation is held to it by a test class that gives `book` and `raw_rows`.

class TestOurBook(CaseBookContract):
    @pytest.fixture
    def book(self): ...
    def raw_rows(self, book, shop_name, key): ...   # rows kept for a case, as given, oldest first
    def stored(self, book, shop_name, key): ...     # the case file that is there, or None
"""

from __future__ import annotations

from typing import Any

import pytest

from amends.facts.imported import (
    CaseMade,
    IncomingCase,
    IncomingRefusal,
    Remark,
    RowRefused,
    RowSource,
    ShopSetting,
    State,
)

SHOP = ShopSetting(name="acme-douyin", channel="douyin")
OTHER = ShopSetting(name="beta-douyin", channel="douyin")


def incoming(
    key: str = "147", amount: str = "10.00", as_of: str | None = "2026-11-20T02:00:00Z", state: State = "open"
) -> IncomingCase:
    case: dict[str, Any] = {
        "case": key,
        "shop": {"channel": "douyin"},
        "market": "CN",
        "order": {
            "id": f"O{key}",
            "currency": "CNY",
            "placed_at": "2026-11-18T09:00:00+08:00",
            "paid_at": "2026-11-18T09:01:00+08:00",
            "lines": [{"id": "l1", "sku": "S", "title": "毛衣", "quantity": 1, "paid": "99.00", "category": "apparel"}],
            "payments": [{"id": "p1", "method": "alipay", "captured": "99.00"}],
        },
        "request": {
            "kind": "refund_only",
            "reason": "quality",
            "requested_at": "2026-11-20T10:00:00+08:00",
            "amount": amount,
        },
    }
    made = CaseMade(key=key, case=case, state=state, as_of=as_of)
    raw = {"售后单号": f"\t{key}", "退商品金额": amount}
    return IncomingCase(made, RowSource("售后单.xlsx", "ab" * 32, (2,), (raw,)))


class CaseBookContract:
    def raw_rows(self, book: Any, shop_name: str, key: str) -> list[dict[str, str]]:
        raise NotImplementedError

    def stored(self, book: Any, shop_name: str, key: str) -> dict[str, Any] | None:
        raise NotImplementedError

    def test_a_case_is_new_once_and_unchanged_after(self, book: Any) -> None:
        assert list(book.put(SHOP, [incoming()])) == ["new"]
        assert list(book.put(SHOP, [incoming()])) == ["unchanged"]

    def test_answers_stand_in_the_order_of_the_cases(self, book: Any) -> None:
        book.put(SHOP, [incoming("2")])
        assert list(book.put(SHOP, [incoming("1"), incoming("2"), incoming("2", "11.00")])) == [
            "new",
            "unchanged",
            "changed",
        ]

    def test_nothing_to_put_is_fine(self, book: Any) -> None:
        assert list(book.put(SHOP, [])) == []

    def test_what_is_put_can_be_read_back_exactly(self, book: Any) -> None:
        book.put(SHOP, [incoming()])
        assert self.stored(book, SHOP.name, "147") == incoming().made.case
        assert self.stored(book, SHOP.name, "148") is None

    def test_a_later_telling_changes_the_case(self, book: Any) -> None:
        book.put(SHOP, [incoming()])
        later = incoming(amount="12.00", as_of="2026-11-21T02:00:00Z")
        assert list(book.put(SHOP, [later])) == ["changed"]
        assert self.stored(book, SHOP.name, "147") == later.made.case

    def test_an_earlier_telling_changes_nothing(self, book: Any) -> None:
        book.put(SHOP, [incoming(as_of="2026-11-21T02:00:00Z")])
        for as_of in ("2026-11-20T02:00:00Z", None):
            assert list(book.put(SHOP, [incoming(amount="12.00", as_of=as_of)])) == ["older"]
        assert self.stored(book, SHOP.name, "147") == incoming().made.case

    def test_two_tellings_without_a_time_the_second_counts(self, book: Any) -> None:
        book.put(SHOP, [incoming(as_of=None)])
        assert list(book.put(SHOP, [incoming(amount="12.00", as_of=None)])) == ["changed"]

    def test_closing_a_case_is_a_change(self, book: Any) -> None:
        book.put(SHOP, [incoming()])
        assert list(book.put(SHOP, [incoming(state="closed")])) == ["changed"]
        assert list(book.put(SHOP, [incoming(state="closed")])) == ["unchanged"]

    def test_the_same_number_in_two_shops_is_two_cases(self, book: Any) -> None:
        assert list(book.put(SHOP, [incoming()])) == ["new"]
        assert list(book.put(OTHER, [incoming(amount="12.00")])) == ["new"]
        assert self.stored(book, SHOP.name, "147") == incoming().made.case

    def test_raw_rows_are_kept_as_given(self, book: Any) -> None:
        book.put(SHOP, [incoming()])
        assert self.raw_rows(book, SHOP.name, "147")[-1] == {"售后单号": "\t147", "退商品金额": "10.00"}
        book.put(SHOP, [incoming()])
        assert len(self.raw_rows(book, SHOP.name, "147")) == 1

    def test_all_or_none(self, book: Any) -> None:
        unfit = incoming("150")
        unfit.made.case["order"]["lines"] = {1, 2}  # no book can keep a set
        with pytest.raises((TypeError, ValueError)):
            book.put(SHOP, [incoming("149"), unfit])
        assert self.stored(book, SHOP.name, "149") is None

    def test_refused_rows_are_kept_once(self, book: Any) -> None:
        source = RowSource("售后单.xlsx", "ab" * 32, (9,), ({"售后单号": "6.98E+18"},))
        remark = Remark("id_damaged", "编号已损坏", "the number is damaged", "售后单号")
        refusal = IncomingRefusal(RowRefused(remark), source)
        book.keep_refused(SHOP, [refusal])
        book.keep_refused(SHOP, [refusal])
        assert self.refused_rows(book, SHOP.name) == [{"售后单号": "6.98E+18"}]

    def refused_rows(self, book: Any, shop_name: str) -> list[dict[str, str]]:
        raise NotImplementedError
