"""Decisions as a table for people: a row a case, and the first reason below it."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from amends.facts.words import Language, say

_HEADS = {
    "en": ("Case", "Outcome", "Remedy", "Refund", "Handling", "Next deadline (UTC)", "First reason"),
    "zh": ("售后单", "结论", "方案", "退款", "处理", "最近期限（UTC）", "首要理由"),
}
_ROWS = 200


class DecisionTable:
    """Collects decisions and prints them in tables of at most 200 rows, so that memory stays flat."""

    def __init__(self, lang: str) -> None:
        self.lang: Language = "zh" if lang == "zh" else "en"
        self.console = Console()
        self.rows: list[tuple[str, ...]] = []

    def add(self, decision: dict[str, Any]) -> None:
        """One more decision."""
        self.rows.append(self._row(decision))
        if len(self.rows) == _ROWS:
            self.close()

    def close(self) -> None:
        """Print what has been collected."""
        if not self.rows:
            return
        table = Table(show_lines=False, pad_edge=False, header_style="bold")
        for index, head in enumerate(_HEADS[self.lang]):
            table.add_column(head, justify="right" if index == 3 else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*row)
        self.console.print(table)
        self.rows = []

    def _row(self, decision: dict[str, Any]) -> tuple[str, ...]:
        refund, deadlines = decision["refund"], decision["deadlines"]
        first = deadlines[0] if deadlines else None
        due = f"{first['due'][:16].replace('T', ' ')} {say('action', first['action'], self.lang)}" if first else ""
        return (
            decision["case"],
            say("outcome", decision["outcome"], self.lang),
            say("remedy", decision["remedy"], self.lang),
            f"{refund['total']} {refund['currency']}" if refund else "",
            say("handling", decision["handling"], self.lang),
            due,
            first_reason(decision)[self.lang],
        )


def first_reason(decision: dict[str, Any]) -> dict[str, str]:
    """The sentence that decides: the first rule that entitles, else that takes the right away, else the first of all."""
    because = decision["because"]
    for wanted in (
        ("entitles", "holds"),
        ("excludes", "holds"),
        ("requires", "fails"),
        ("entitles", "fails"),
        ("limits", "holds"),
    ):
        for item in because:
            if (item["effect"], item["verdict"]) == wanted:
                return dict(item["says"])
    return dict(because[0]["says"]) if because else {"en": "", "zh": ""}
