"""What a rehearsal or a shadow found as a table of a file: every change of answers with its counts and money, or the cases one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from amends.basics.money import exponent, write_minor
from amends.facts.rehearsed import Example, Flow, Rehearsed, Side
from amends.facts.words import Language, say
from amends.learn.metrics.sheet import Cell

WAYS: Final = ("moves", "cases")
_SIDE: Final = (
    ("规则", "rule"),
    ("结果", "outcome"),
    ("处理方式", "remedy"),
    ("是否人工", "handling"),
    ("被法律或平台推翻", "overruled"),
    ("退款金额", "money back"),
)
_YES: Final = ("是", "yes")
_HEADS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "moves": (("币种", "Currency"), ("案件数", "Cases"), ("其中有变化", "Of them changed")),
    "cases": (("售后单", "Case"), ("店铺", "Shop"), ("币种", "Currency")),
}


def rehearsal_table(
    found: Rehearsed, keys: Mapping[int, str], way: str, language: Language
) -> tuple[list[str], list[list[Cell]]]:
    """Will give the header and the rows. `way`: one of `WAYS`; `keys`: the numbers that people know the cases by."""
    named = 0 if language == "zh" else 1
    head = [one[named] for one in _HEADS[way]]
    for side in (("现在", "Before"), ("改后", "After")):
        head += [f"{side[named]}: {one[named]}" for one in _SIDE]
    if way == "cases":
        head += [one[named] for one in (("现在的理由", "Reason before"), ("改后的理由", "Reason after"))]
    if way == "moves":
        return head, [_move(one, language) for one in found.flows]
    return head, [_case(one, keys, language) for one in found.examples]


def _move(flow: Flow, language: Language) -> list[Cell]:
    digits = exponent(flow.currency)
    return [
        flow.currency,
        flow.cases,
        flow.changed,
        *_side(flow.before, language),
        write_minor(flow.money_before, digits),
        *_side(flow.after, language),
        write_minor(flow.money_after, digits),
    ]


def _case(one: Example, keys: Mapping[int, str], language: Language) -> list[Cell]:
    digits = exponent(one.currency)
    reasons = [side.reason.zh if language == "zh" else side.reason.en for side in (one.before, one.after)]
    return [
        keys.get(one.number, str(one.number)),
        one.shop,
        one.currency,
        *_side(one.before.side, language),
        write_minor(one.before.money, digits),
        *_side(one.after.side, language),
        write_minor(one.after.money, digits),
        *reasons,
    ]


def _side(side: Side, language: Language) -> Sequence[Cell]:
    remedy = "" if side.remedy == "none" else say("kind", side.remedy, language)
    return [
        side.rule,
        say("outcome", side.outcome, language),
        remedy,
        say("handling", side.handling, language),
        _YES[0 if language == "zh" else 1] if side.conflict else "",
    ]
