"""One policy of thirty rules in three forms: Amends' own, a decision table for zen-engine, and a json-logic expression.

Every rule asks three things of a case; only the last holds for the cases of the benchmark, so that each engine has to look at all thirty.
"""

from __future__ import annotations

import json
from typing import Any, Final

REASONS: Final = ("quality", "damaged", "wrong_item", "not_as_described", "missing_item", "counterfeit")
COUNT: Final = 30

Row = tuple[tuple[str, str], int, int]
"""Two reasons, the most that would be paid back (minor units), the most days since the order."""


def rows() -> list[Row]:
    """Twenty-nine rules that want more than any case of the benchmark has, in amounts below one unit of currency."""
    return [
        ((REASONS[index % 6], REASONS[(index + 2) % 6]), 10 + index, 400 + 10 * index) for index in range(COUNT - 1)
    ]


def as_amends() -> str:
    """The policy as YAML."""
    lines = ["policy: thirty", "version: 1", "rules:"]
    for index, (reasons, most, days) in enumerate(rows()):
        when = (
            f"{{days_since_order: {{at_most: {days}}}, reason: [{', '.join(reasons)}, changed_mind, wrong_size], "
            f'refund_total: {{at_most: "{most / 100:.2f} CNY"}}}}'
        )
        lines += [f"  - id: r{index}", f"    when: {when}", "    then: {outcome: accept, remedy: refund_only}"]
    return "\n".join([*lines, "otherwise: {outcome: ask}", ""])


def as_zen() -> str:
    """The policy as a decision graph with one table (JDM)."""
    columns = (("d", "days_since_order"), ("r", "reason"), ("t", "refund_total"))
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": key, "name": name, "field": name, "type": "expression"} for key, name in columns],
        "outputs": [{"id": "x", "name": "rule", "field": "rule", "type": "expression"}],
        "rules": [
            *[_zen_rule(index, row) for index, row in enumerate(rows())],
            {"_id": "otherwise", "d": "", "r": "", "t": "", "x": "'otherwise'"},
        ],
    }
    nodes: list[dict[str, Any]] = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _zen_rule(index: int, row: Row) -> dict[str, str]:
    reasons, most, days = row
    named = ", ".join([f"'{reason}'" for reason in (*reasons, "changed_mind", "wrong_size")])
    return {"_id": str(index), "d": f"<= {days}", "r": named, "t": f"<= {most}", "x": f"'r{index}'"}


def as_json_logic() -> dict[str, Any]:
    """The policy as one `if` with thirty branches."""
    branches: list[Any] = []
    for index, (reasons, most, days) in enumerate(rows()):
        branches.append(
            {
                "and": [
                    {"<=": [{"var": "days_since_order"}, days]},
                    {"in": [{"var": "reason"}, [*reasons, "changed_mind", "wrong_size"]]},
                    {"<=": [{"var": "refund_total"}, most]},
                ]
            }
        )
        branches.append(f"r{index}")
    return {"if": [*branches, "otherwise"]}
