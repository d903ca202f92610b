"""A book of cases that forgets when the test ends. It is held to the same contract as the real one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from amends.facts.imported import IncomingCase, IncomingRefusal, PutOutcome, ShopSetting


class MemoryCaseBook:
    def __init__(self) -> None:
        self.cases: dict[tuple[str, str], tuple[str, str, str]] = {}
        self.rows: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.refused: dict[tuple[str, str, tuple[int, ...]], tuple[str, list[dict[str, str]]]] = {}

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> list[PutOutcome]:
        written = [(one, json.dumps(one.made.case, ensure_ascii=False, sort_keys=True)) for one in cases]
        return [self._put(shop, one, text) for one, text in written]

    def _put(self, shop: ShopSetting, one: IncomingCase, text: str) -> PutOutcome:
        at = (shop.name, one.made.key)
        there = self.cases.get(at)
        now = (text, one.made.state, one.made.as_of or "")
        if there and there[:2] == now[:2]:
            return "unchanged"
        if there and there[2] > now[2]:
            return "older"
        self.cases[at] = now
        kept = self.rows.setdefault(at, [])
        kept += [dict(row) for row in one.source.raw if dict(row) not in kept]
        return "changed" if there else "new"

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        for one in refusals:
            raw = [dict(row) for row in one.source.raw]
            self.refused[shop.name, one.source.sha256, one.source.numbers] = (one.refused.remark.code, raw)

    def case(self, shop: str, key: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.cases[shop, key][0])
        return found
