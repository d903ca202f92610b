"""A made-up store of facts: so many cases over three years, with sales, straight into the Parquet files as the house writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from amends.facts.metric_columns import TABLES, Table
from amends.facts.metric_story import Manifest, Mark
from amends.learn.metrics.duck import connected, quoted
from amends.learn.metrics.parquet import BUCKET, ParquetStore, days_of

DAYS: Final = 1095
SALES_A_CASE: Final = 2
_FAR: Final = 10**12


def _numbers(whole: int, last: int, merchants: int) -> dict[Table, dict[str, str]]:
    """An expression for each column that is not nothing; `i` is the row's number, `h(n)` a number made from it."""
    day = f"({last} - {DAYS - 1} + CAST(i * {DAYS} // {whole} AS BIGINT))"
    shop = "'shop-' || (h1 % 24)"
    sku = "'SKU-' || (h2 * h2 // 1000 % 400)"
    closed = "h5 % 100 < 93"
    back = "h6 % 100 < 38"
    paid = "h7 % 100 < 62"
    value = "(1900 + h8 % 40000)"
    plain = {
        "id": "i",
        "merchant": f"'m' || (h1 % {merchants})",
        "shop": shop,
        "platform": "['douyin','taobao','jd','shopify'][1 + h1 % 4]",
        "market": "'CN'",
        "currency": "'CNY'",
        "sku": sku,
    }
    reasons = (
        "['changed_mind','quality','damaged','not_as_described','wrong_item','not_received','size','missing_item']"
    )
    cases = plain | {
        "kind": "['refund_only','return_refund','exchange'][1 + h3 % 3]",
        "reason": f"{reasons}[1 + h4 % 8]",
        "quality": "CASE WHEN h4 % 8 IN (1, 2, 3, 4, 7) THEN 1 ELSE 0 END",
        "carrier": "['sf','zto','yto','jd'][1 + h9 % 4]",
        "state": f"CASE WHEN {closed} THEN 'closed' ELSE 'open' END",
        "answered_by": "CASE WHEN h5 % 3 = 0 THEN 'system' ELSE 'person' END",
        "automatic": "CASE WHEN h5 % 3 = 0 THEN 1 ELSE 0 END",
        "wrong": "CASE WHEN h9 % 100 < 2 THEN 1 ELSE 0 END",
        "overturned": "CASE WHEN h9 % 100 < 1 THEN 1 ELSE 0 END",
        "stepped_in": "CASE WHEN h6 % 200 < 3 THEN 1 ELSE 0 END",
        "ruled": "CASE WHEN h6 % 200 < 1 THEN 'buyer' WHEN h6 % 200 < 2 THEN 'us' ELSE '' END",
        "version": "5",
        "opened_day": day,
        "opened_at": f"{day} * 86400 + h8 % 86400",
        "order_known": "1",
        "limited": "1",
        "in_limit": "CASE WHEN h8 % 100 < 97 THEN 1 ELSE 0 END",
        "counts_order": "1",
        "counts_refund": f"CASE WHEN {paid} THEN 1 ELSE 0 END",
        "counts_return": f"CASE WHEN {back} THEN 1 ELSE 0 END",
        "pieces": "1 + h3 % 2",
        "refunded_pieces": f"CASE WHEN {paid} THEN 1 + h3 % 2 ELSE 0 END",
        "back_pieces": f"CASE WHEN {back} THEN 1 + h3 % 2 ELSE 0 END",
        "came_back": f"CASE WHEN {back} THEN 1 ELSE 0 END",
        "grade": f"CASE WHEN {back} THEN ['A','A','B','C','D'][1 + h9 % 5] ELSE '' END",
        "value_minor": value,
        "asked_minor": value,
        "returned_minor": f"CASE WHEN {paid} THEN {value} ELSE 0 END",
        "kept_minor": f"CASE WHEN h3 % 9 = 0 THEN {value} ELSE 0 END",
        "lost_minor": f"CASE WHEN {paid} AND NOT {back} THEN {value} ELSE 0 END",
        "back_minor": f"CASE WHEN {back} THEN {value} ELSE 0 END",
        "replies": "h2 % 4",
        "reply_seconds": "h2 % 4 * (60 + h9 % 900)",
        "disputed": "CASE WHEN h7 % 120 = 0 THEN 1 ELSE 0 END",
        "dispute_end": "CASE WHEN h7 % 120 = 0 THEN ['won','lost','lost','accepted'][1 + h9 % 4] ELSE '' END",
        "disputed_minor": f"CASE WHEN h7 % 120 = 0 THEN {value} ELSE 0 END",
        "won_minor": f"CASE WHEN h7 % 120 = 0 AND h9 % 4 = 0 THEN {value} ELSE 0 END",
        "dispute_net_minor": f"CASE WHEN h7 % 120 = 0 AND h9 % 4 < 3 THEN (CASE WHEN h9 % 4 = 0 THEN {value} ELSE 0 END) - 1500 ELSE 0 END",
        "seconds_to_act": "300 + h8 % 50000",
        "seconds_to_close": f"CASE WHEN {closed} THEN 7200 + h9 * 7 % 600000 END",
        "closed_at": f"CASE WHEN {closed} THEN {day} * 86400 + h9 * 7 % 600000 END",
        "closed_day": f"CASE WHEN {closed} THEN LEAST({last}, {day} + h9 * 7 % 600000 // 86400) END",
    }
    sales = plain | {
        "whole": "1",
        "one": "1",
        "pieces": "1 + h3 % 2",
        "value_minor": value,
        "paid_day": day,
        "shipped_day": f"{day} + 1",
        "signed_day": f"LEAST({last}, {day} + 2 + h5 % 4)",
    }
    return {"cases": cases, "sales": sales}


def fill(folder: Path, cases: int, last: int, at: str, merchants: int = 6) -> ParquetStore:
    """Will write the store; `last`: its last day, counted from 1970. Merchants are called m0, m1, ..."""
    first = 1
    store = ParquetStore(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, dict[str, str]] = {"cases": {}, "sales": {}}
    days: dict[str, tuple[int, int]] = {}
    with connected("2GB") as duck:
        for table, columns in TABLES.items():
            many = cases * (SALES_A_CASE if table == "sales" else 1)
            told = _numbers(many, last, merchants)[table]
            asked = [
                f"{told.get(one.name, chr(39) * 2 if one.kind == 'text' else 'NULL' if one.empty else '0')} AS {one.name}"
                for one in columns
            ]
            mixed = ", ".join([f"CAST(hash(i * 31 + {n}) >> 34 AS BIGINT) AS h{n}" for n in range(1, 10)])
            for bucket in range(first // BUCKET, (first + many - 1) // BUCKET + 1):
                start, end = max(first, bucket * BUCKET), min(first + many, (bucket + 1) * BUCKET)
                name = f"{table}-{bucket}-1.parquet"
                types = [
                    f"CAST({one.name} AS {'BIGINT' if one.kind == 'number' else 'VARCHAR'}) AS {one.name}"
                    for one in columns
                ]
                duck.execute(
                    f"COPY (SELECT {', '.join(types)} FROM (SELECT {', '.join(asked)} FROM "
                    f"(SELECT range AS i, {mixed.replace('i *', 'range *')} FROM range({start}, {end})))) "
                    f"TO {quoted(str(folder / name))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"
                )
                files[table][str(bucket)] = name
                days[name] = days_of(duck, table, folder / name)
    mark = Mark(entry=_FAR, case=_FAR, order=_FAR, order_at="2999-01-01T00:00:00+00:00", full=True)
    store.keep(Manifest(mark, files, at, 0, {}, 1, days))
    store.sum_up(store.manifest())
    return store
