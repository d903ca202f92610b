"""Case files as they stand: `.jsonl`, `.json`, `.yaml`. The file says everything; nothing is derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting, SourceRow, State

_NOT_YET: Final = frozenset({"deadline", "ship_promised_by"})
_CLOSED: Final = ("closed", "success", "succeeded", "done", "refunded", "cancelled", "canceled", "关闭", "成功", "完结")
_DEEPEST: Final = 12


class CaseFiles:
    """Our own form, one case a row."""

    name = "cases"
    title = ("案例文件 amends.case/1", "Case files (amends.case/1)")
    channel = "direct"
    wanted = None

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Every record is a case."""
        return ((row,) for row in rows)

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Will take the case file as it stands; the name of the shop is added where the file gives none."""
        row = rows[0]
        if row.fault:
            return RowRefused(row.fault)
        case = row.record
        if not isinstance(case, dict):
            return RowRefused(Remark("not_a_case", "这一条不是案例对象", "this record is not a case (a mapping)"))
        key = case.get("case")
        if not isinstance(key, str) or not key:
            return RowRefused(
                Remark("missing", "缺少案例编号 case（文本）", "`case`, the case's own id (text), is missing", "case")
            )
        return CaseMade(key, _with_shop(case, shop), _state(case), _latest(case))


def _with_shop(case: dict[str, Any], shop: ShopSetting) -> dict[str, Any]:
    part = case.get("shop")
    if not isinstance(part, dict) or "name" in part:
        return case
    return {**case, "shop": {**part, "name": shop.name}}


def _state(case: dict[str, Any]) -> State:
    platform = case.get("platform")
    status = platform.get("status") if isinstance(platform, dict) else None
    if isinstance(status, str) and any(word in status.casefold() for word in _CLOSED):
        return "closed"
    return "open"


def _latest(case: dict[str, Any]) -> str | None:
    moments = list(_moments(case, 0))
    return max(moments).strftime("%Y-%m-%dT%H:%M:%SZ") if moments else None


def _moments(value: object, depth: int) -> Iterator[datetime]:
    """Every instant under a name that ends in `at`: what has happened, not what is due."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _moments(item, depth + 1)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield from _moments(inner, depth + 1)
            elif isinstance(inner, str) and isinstance(name, str) and name.endswith("at") and name not in _NOT_YET:
                try:
                    moment = datetime.fromisoformat(inner)
                    if moment.tzinfo is not None:
                        yield moment.astimezone(UTC)
                except (ValueError, OverflowError):
                    continue
