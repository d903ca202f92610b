"""What is decided once the policy has spoken, as SQL: the join of `amends.decide.answer` and `amends.decide.decide`, row by row at once.

Each layer adds columns to those before it. Names that end in `_x` belong to one side of a comparison; `_x` is replaced by the side's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import sqlglot
from sqlglot import exp

from amends.decide.rehearsal.conditions_sql import column, literal
from amends.decide.rehearsal.shelf_sql import ShelfRule, ShelfSql

SAID: Final[dict[str, str]] = {
    "rule_x": "INT",
    "said_outcome_x": "VARCHAR",
    "said_remedy_x": "VARCHAR",
    "said_auto_x": "BOOLEAN",
    "said_freight_x": "VARCHAR",
    "said_percent_x": "BIGINT",
    "said_amount_x": "BIGINT",
    "said_off_percent_x": "BIGINT",
    "said_off_amount_x": "BIGINT",
    "said_gives_x": "BIGINT",
    "said_asks_x": "BOOLEAN",
    "waives_gift_x": "BOOLEAN",
    "waives_free_shipping_lost_x": "BOOLEAN",
    "waives_discount_lost_x": "BOOLEAN",
}
"""What a rule proposes: column to SQL type."""
_LAYERS: Final = (
    {
        "wanted_x": "COALESCE(said_remedy_x, remedy_asked)",
        "yields_x": "said_outcome_x IN ('accept', 'offer')",
    },
    {
        "way_x": """CASE
            WHEN entitled AND yields_x
                AND (wanted_x = remedy_asked OR (wanted_x = 'refund_only' AND remedy_asked = 'return_refund')) THEN 'kept'
            WHEN entitled THEN 'law'
            WHEN law_stands AND NOT (said_outcome_x = 'accept' AND wanted_x = remedy_asked) THEN 'owed'
            WHEN law_doubtful AND NOT yields_x THEN 'doubt'
            WHEN NOT yields_x THEN 'said'
            WHEN wanted_x IN ('compensation', 'price_adjustment') THEN 'amount'
            ELSE 'free' END"""
    },
    {
        "given_x": """CASE
            WHEN way_x = 'kept' AND wanted_x = 'refund_only' THEN 'refund_only'
            WHEN way_x IN ('kept', 'law') OR (way_x = 'owed' AND law_gives_asked) THEN remedy_asked
            WHEN way_x = 'owed' AND COALESCE(ARRAY_CONTAINS(owed, said_remedy_x), FALSE) THEN said_remedy_x
            WHEN way_x = 'owed' THEN law_pick
            WHEN way_x IN ('doubt', 'said') THEN 'none'
            ELSE wanted_x END"""
    },
    {
        "floor_of_x": "CASE WHEN way_x IN ('kept', 'law') THEN remedy_asked WHEN way_x = 'owed' THEN given_x END",
        "agrees_x": "way_x = 'kept' OR (way_x = 'owed' AND yields_x AND wanted_x = given_x)",
        "pays_goods_x": "given_x IN ('refund_only', 'return_refund')",
    },
    {
        "floor_goods_x": """COALESCE(CASE floor_of_x
            WHEN 'refund_only' THEN law_refund_only_goods WHEN 'return_refund' THEN law_return_refund_goods
            WHEN 'compensation' THEN law_compensation_goods WHEN 'price_adjustment' THEN law_price_adjustment_goods END, 0)""",
        "floor_shipping_x": """COALESCE(CASE floor_of_x
            WHEN 'refund_only' THEN law_refund_only_shipping WHEN 'return_refund' THEN law_return_refund_shipping END, 0)""",
        "lines_x": """COALESCE(CASE WHEN way_x = 'owed' THEN CASE floor_of_x
            WHEN 'refund_only' THEN law_refund_only_lines WHEN 'return_refund' THEN law_return_refund_lines
            WHEN 'compensation' THEN law_compensation_lines WHEN 'price_adjustment' THEN law_price_adjustment_lines END END,
            paid_for_request)""",
    },
    {
        "proposed_x": """CASE
            WHEN said_percent_x IS NOT NULL THEN (2 * lines_x * said_percent_x + 100) // 200
            WHEN said_amount_x IS NOT NULL THEN LEAST(lines_x, said_amount_x)
            WHEN NOT pays_goods_x THEN 0
            WHEN way_x = 'free' THEN lines_x
            ELSE floor_goods_x END""",
        "cap_x": "CASE wanted_x WHEN 'compensation' THEN cap_compensation WHEN 'price_adjustment' THEN cap_price_adjustment END",
        "named_x": "CASE WHEN wanted_x = remedy_asked THEN amount_asked END",
    },
    {
        "off_x": """CASE
            WHEN said_off_percent_x IS NOT NULL THEN (2 * proposed_x * said_off_percent_x + 100) // 200
            ELSE COALESCE(said_off_amount_x, 0) END""",
        "amount_x": """LEAST(lines_x, COALESCE(cap_x, lines_x), COALESCE(named_x, lines_x),
            CASE WHEN said_percent_x IS NULL AND said_amount_x IS NULL THEN lines_x ELSE proposed_x END)""",
        "unpriced_x": """way_x = 'amount'
            AND COALESCE(named_x, cap_x, said_percent_x, said_amount_x) IS NULL""",
        "waived_x": """CASE WHEN waives_gift_x THEN law_off_gift ELSE 0 END
            + CASE WHEN waives_free_shipping_lost_x THEN law_off_free_shipping_lost ELSE 0 END
            + CASE WHEN waives_discount_lost_x THEN law_off_discount_lost ELSE 0 END""",
    },
    {
        "goods_x": """CASE
            WHEN agrees_x THEN GREATEST(floor_goods_x, proposed_x)
            WHEN way_x IN ('law', 'owed') THEN floor_goods_x
            WHEN way_x = 'amount' THEN amount_x
            ELSE proposed_x END""",
        "ship_x": "CASE WHEN way_x <> 'free' THEN floor_shipping_x WHEN pays_goods_x THEN outbound ELSE 0 END",
        "taken_x": """CASE
            WHEN agrees_x THEN law_off - waived_x
            WHEN way_x IN ('law', 'owed') THEN law_off
            WHEN way_x = 'free' THEN off_x + CASE WHEN given_x = 'return_refund' THEN found_off ELSE 0 END
            ELSE 0 END""",
        "conflict_x": """way_x = 'law' OR (way_x = 'owed' AND NOT yields_x) OR (way_x = 'doubt' AND said_outcome_x = 'refuse')
            OR (way_x = 'kept' AND (floor_goods_x > proposed_x OR off_x > 0
                OR (law_freight = 'merchant' AND COALESCE(said_freight_x = 'buyer', FALSE))))""",
    },
    {
        "due_x": "goods_x + ship_x - taken_x",
        "first_outcome_x": """CASE
            WHEN way_x IN ('kept', 'law') THEN 'accept'
            WHEN way_x = 'owed' THEN CASE WHEN law_gives_asked AND amount_asked <= goods_x + ship_x THEN 'accept' ELSE 'offer' END
            WHEN way_x = 'doubt' OR unpriced_x THEN 'ask'
            WHEN way_x = 'said' THEN said_outcome_x
            WHEN way_x = 'amount' THEN CASE WHEN named_x <= goods_x THEN 'accept' ELSE 'offer' END
            WHEN wanted_x = remedy_asked AND said_outcome_x = 'accept' THEN 'accept'
            ELSE 'offer' END""",
        "remedy_x": "CASE WHEN unpriced_x THEN 'none' ELSE given_x END",
    },
    {
        "refund_x": """CASE WHEN remedy_x IN ('refund_only', 'return_refund', 'compensation', 'price_adjustment') THEN
            LEAST("left", GREATEST(0, CASE WHEN first_outcome_x = 'accept' THEN LEAST(due_x, COALESCE(amount_asked, due_x)) ELSE due_x END))
            END""",
        "extra_x": "GREATEST(COALESCE(law_compensation, 0), said_gives_x)",
    },
    {
        "outcome_x": "CASE WHEN first_outcome_x = 'accept' AND amount_asked > refund_x THEN 'offer' ELSE first_outcome_x END",
        "money_x": "COALESCE(refund_x, 0) + extra_x",
        "handling_x": """CASE
            WHEN said_auto_x AND NOT conflict_x AND NOT law_review AND NOT unpriced_x
                AND NOT (way_x = 'doubt' AND facts_missing) AND NOT (way_x IN ('doubt', 'said') AND said_asks_x) THEN 'auto'
            ELSE 'review' END""",
    },
)  # fmt: skip
RESULTS: Final = ("rule", "outcome", "remedy", "refund", "money", "handling", "conflict")
"""What is known of a case on each side, without the side's name."""


def ruled(history: exp.Expr, shelves: dict[str, ShelfSql]) -> exp.Select:
    """The history with the number of the rule that speaks on each side (`rule_SIDE`)."""
    numbers = [exp.alias_(shelf.rule_number(), f"rule_{side}", quoted=True) for side, shelf in shelves.items()]
    return exp.select(exp.Star(), *numbers).from_(history, copy=False)


def decided(history: exp.Expr, shelves: dict[str, ShelfSql]) -> exp.Select:
    """The history with the columns of `RESULTS` for each side, among others. A case for which no policy speaks is left out."""
    found = ruled(history, shelves)
    for side, shelf in shelves.items():
        told = exp.select(exp.Star()).from_(found.subquery("h", copy=False), copy=False)
        on = f"rule_{side}"
        found = told.join(_said(shelf.rules, side), using=[exp.to_identifier(on, quoted=True)], copy=False)
    for layer in _layers():
        added = [_for_side(one, side) for side in shelves for one in layer]
        found = exp.select(exp.Star(), *added).from_(found.subquery("h", copy=False), copy=False)
    return found


def _said(rules: Sequence[ShelfRule], side: str) -> exp.Expr:
    """What every rule of a shelf proposes, as a table of its own."""
    rows = [
        exp.Tuple(
            expressions=[exp.cast(literal(value), kind) for value, kind in zip(_told(rule), SAID.values(), strict=True)]
        )
        for rule in rules
    ]
    names = [exp.to_identifier(_named(name, side), quoted=True) for name in SAID]
    table = exp.TableAlias(this=exp.to_identifier(f"said_{side}", quoted=True), columns=names)
    return exp.Values(expressions=rows, alias=table)


def _told(rule: ShelfRule) -> tuple[str | int | bool | None, ...]:
    said = rule.proposal
    takes = said.deduct_kind is not None
    waives = [kind in said.waive for kind in ("gift", "free_shipping_lost", "discount_lost")]
    return (
        rule.number,
        said.outcome,
        said.remedy,
        said.handling == "auto",
        said.shipping_paid_by,
        said.refund_percent,
        said.refund_amount,
        said.deduct_percent if takes else None,
        said.deduct_amount if takes else None,
        said.compensation or 0,
        bool(said.ask),
        *waives,
    )


@cache
def _layers() -> tuple[tuple[exp.Expr, ...], ...]:
    """The layers as trees, each column under its name."""
    return tuple(
        [
            tuple(
                [exp.alias_(sqlglot.parse_one(text, read="duckdb"), name, quoted=True) for name, text in layer.items()]
            )
            for layer in _LAYERS
        ]
    )


def _for_side(tree: exp.Expr, side: str) -> exp.Expr:
    """A tree with every name that ends in `_x` under the side's name, all quoted."""
    found = tree.copy()
    for name in found.find_all(exp.Identifier):
        name.replace(exp.to_identifier(_named(name.name, side), quoted=True))
    return found


def _named(name: str, side: str) -> str:
    return f"{name.removesuffix('_x')}_{side}" if name.endswith("_x") else name


def result(name: str, side: str) -> exp.Column:
    """A column of `RESULTS` of one side."""
    return column(f"{name}_{side}")
