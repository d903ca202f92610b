"""Fills a database with as many cases as wanted, by copying a few real ones inside the database."""

from __future__ import annotations

from typing import Any

SHOPS, MERCHANTS, STEP = 20, 4, 50_000
OPEN_IN = 16
"""One case in so many is open."""


def fill(cases: int) -> list[int]:
    """Put in this many cases; gives the numbers of some that are open and decided."""
    from django.db import connection

    first = seeds()
    with connection.cursor() as cursor:
        grams = without_grams(cursor)
        for start in range(0, cases - len(first), STEP):
            copy(cursor, first, start, min(STEP, cases - len(first) - start))
        if grams:
            cursor.execute(grams)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('store_caserow', 'id'), {cases + 1000})")
        for table in ("store_caserow", "store_casefile", "store_casetext"):
            cursor.execute(f"VACUUM ANALYZE {table}" if grams else f"ANALYZE {table}")
    from amends.store.models import CaseRow

    return list(
        CaseRow.objects.filter(state="open", pk__gt=max(first)).order_by("pk").values_list("pk", flat=True)[:200]
    )


def without_grams(cursor: Any) -> str:
    """Take PostgreSQL's index of grams away for the time of filling; gives how it is made again, or nothing elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return ""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'store_casetext_grams'")
    made: str = cursor.fetchone()[0]
    cursor.execute("DROP INDEX store_casetext_grams")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    return made


def seeds() -> list[int]:
    """Twenty shops of four merchants, and a few cases as they are after they were taken in and decided."""
    from amends.facts.imported import ShopSetting
    from amends.store.members import ensure_merchant
    from amends.store.models import CaseRow, Shop
    from tests.money_house import case_of, order_of
    from tests.rooms.web.samples import DIRECT, DOUYIN, TAOBAO, kettle, knitted, put, shrimps

    put([(DOUYIN, knitted()), (TAOBAO, shrimps()), (DIRECT, kettle())])
    case_of(order_of(order="B1"), key="B1", shop=ShopSetting("acme", "direct", "DE", "EUR"))
    for place in range(SHOPS - Shop.objects.count()):
        merchant = ("main", "north", "south", "west")[place % MERCHANTS]
        ensure_merchant(merchant)
        Shop.objects.create(name=f"shop {place}", merchant=merchant, channel="douyin")
    return list(CaseRow.objects.order_by("pk").values_list("pk", flat=True))


def copy(cursor: Any, first: list[int], start: int, many: int) -> None:
    """Copy the seeds in turn; what lists sort and filter by is spread by the copy's number."""
    from django.db import connection

    series = (
        f"SELECT generate_series({start + 1}::bigint, {start + many}) AS i"
        if connection.vendor == "postgresql"
        else f"SELECT value AS i FROM ({_sqlite_series(start + 1, many)})"
    )
    base, seeds_ = max(first), len(first)
    seed = f"(CASE n.i % {seeds_} {' '.join(f'WHEN {k} THEN {v}' for k, v in enumerate(first))} END)"
    number = f"n.i + {base}"
    is_open = f"n.i % {OPEN_IN} = 0"
    yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")

    def flag(every: int) -> str:
        return f"CASE WHEN n.i % {every} = 0 THEN {yes} ELSE {no} END"

    changed = {
        "id": number,
        "key": "s.key || '-' || n.i",
        "shop_id": f"1 + n.i % {SHOPS}"
        if connection.vendor == "sqlite"
        else f"(SELECT min(id) FROM store_shop) + n.i % {SHOPS}",
        "order_no": "'69' || n.i",
        "state": f"CASE WHEN {is_open} THEN 'open' ELSE 'closed' END",
        "status": f"CASE WHEN NOT ({is_open}) THEN 'closed' WHEN n.i % 160 = 0 THEN 'to_inspect' "
        "WHEN n.i % 112 = 0 THEN 'offered' ELSE 'to_decide' END",
        "due_order": "1764043200 + (n.i * 7919) % 2000000 - 40000",
        "asked_order": "1764043200 - n.i % 9000000",
        "value_points": "(n.i * 104729) % 1400",
        "risky": flag(208),
        "disputed": flag(320),
        "to_approve": flag(800),
        "evidence_due": flag(960),
        "exception": "CASE WHEN n.i % 1600 = 0 THEN 'money_trouble' ELSE '' END",
        "assignee": "CASE WHEN n.i % 64 = 0 THEN 'mei' WHEN n.i % 48 = 0 THEN 'lin' ELSE '' END",
        "escalated_to": "CASE WHEN n.i % 3200 = 0 THEN 'manager' ELSE '' END",
    }
    _copy_table(cursor, "store_caserow", "id", changed, seed, series)
    _copy_table(cursor, "store_casefile", "case_id", {"case_id": number}, seed, series)
    words = f"replace(s.words, '6928', '69' || n.i || ' ') || '69' || substr('00000000000' || ({number}), -11)"
    if connection.vendor == "postgresql":
        words = f"replace(s.words, '6928', '69' || n.i || ' ') || '69' || lpad(({number})::text, 11, '0')"
    _copy_table(cursor, "store_casetext", "case_id", {"case_id": number, "words": words}, seed, series)


def _copy_table(cursor: Any, table: str, key: str, changed: dict[str, str], seed: str, series: str) -> None:
    from django.db import connection

    with connection.cursor() as look:
        names = [one.name for one in connection.introspection.get_table_description(look, table)]
    values = ", ".join(changed.get(name, f's."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({quoted}) SELECT {values} FROM ({series}) AS n JOIN {table} AS s ON s.{key} = {seed}"
    )


def _sqlite_series(start: int, many: int) -> str:
    return f"WITH RECURSIVE c(value) AS (SELECT {start} UNION ALL SELECT value + 1 FROM c LIMIT {many}) SELECT value FROM c"


def approvable(many: int) -> list[int]:
    """Take in this many real cases that can be approved."""
    from tests.money_house import case_of, order_of

    return [case_of(order_of(order=f"AP{place}"), key=f"AP{place}") for place in range(many)]
