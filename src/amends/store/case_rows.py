"""A case with its shop and its file, in one question."""

from __future__ import annotations

from typing import Final

from amends.store import hot
from amends.store.models import CaseFile, CaseRow, Shop

_WHOLE: Final = (
    "store_caserow JOIN store_shop ON store_shop.id = store_caserow.shop_id "
    "JOIN store_casefile ON store_casefile.case_id = store_caserow.id WHERE store_caserow.id = %s"
)


def whole_case(number: int, *, lock: bool = False) -> tuple[CaseRow, CaseFile] | None:
    """Will give the rows of a case, its shop at hand; `lock` holds the case's row until the transaction ends."""
    found = hot.joined((CaseRow, Shop, CaseFile), _WHOLE, [number], lock=lock)
    if not found:
        return None
    row, shop, file = found[0]
    row.shop, file.case = shop, row
    return row, file


def merchant_of_case(number: int) -> str | None:
    """Will tell whose a case is."""
    found = hot.values(
        "SELECT store_shop.merchant FROM store_caserow JOIN store_shop ON store_shop.id = store_caserow.shop_id "
        "WHERE store_caserow.id = %s",
        [number],
    )
    return str(found[0][0]) if found else None


def shop_named(name: str) -> Shop | None:
    """Will give the shop of this name, or None."""
    return hot.first(Shop, "WHERE name = %s", [name])
