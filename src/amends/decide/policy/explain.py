"""A policy rule's conditions in words: what was wanted, what was found, in both languages."""

from __future__ import annotations

from typing import Final

from amends.basics.money import exponent, write_minor
from amends.decide.policy.model import Condition, Group, Operator, Test, Value
from amends.facts.rulebook import Says
from amends.facts.vocabulary_fact import NUMERIC
from amends.facts.words import Language, say

_SIGN: Final[dict[Operator, tuple[str, str]]] = {
    "at_least": ("≥", "<"),
    "at_most": ("≤", ">"),
    "over": (">", "≤"),
    "under": ("<", "≥"),
}
"""The sign of a threshold that is met, and of one that is not."""
_UNITS_ZH: Final = {
    "days": "天",
    "hours": "小时",
    "photos": "张",
    "videos": "段",
    "reports": "份",
    "pieces": "件",
    "percent": "%",
    "repairs": "次",
}
_JOIN: Final[dict[str, tuple[str, str]]] = {
    "all": ("all of", "全部满足"),
    "any": ("any of", "任一满足"),
    "none": ("none of", "均不满足"),
}
_YES: Final = {"en": ("is so", "is not so"), "zh": ("是", "否")}
_LANGUAGES: Final[tuple[Language, Language]] = ("en", "zh")


def wanted(test: Test, value: Value, language: Language) -> str:
    """One wanted value as people read it."""
    if test.fact.kind == "money" and test.currency:
        return f"{write_minor(int(value), exponent(test.currency))} {test.currency}"
    if test.fact.kind in NUMERIC:
        return f"{value}{_unit(test, language)}"
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    return say(test.fact.group, str(value), language) if test.fact.group else str(value)


def _unit(test: Test, language: Language) -> str:
    unit = test.fact.unit or ""
    if language == "zh":
        return f" {_UNITS_ZH.get(unit, '')}".rstrip()
    return f" {unit}" if unit else ""


def _place(test: Test, language: Language) -> str:
    """The fact's name and, as a place, its value."""
    unit = test.currency or (_unit(test, language) if test.fact.kind in NUMERIC else "")
    unit = f" {unit.strip()}" if unit else ""
    return f"{say('fact', test.fact.name, language)} {{{test.fact.name}}}{unit}"


def told(condition: Condition, language: Language, held: bool | None) -> str:
    """One condition with a place for the fact's value: how it held (True), failed (False), or could not be told (None)."""
    zh = language == "zh"
    if isinstance(condition, Group):
        how = _JOIN[condition.how][1 if zh else 0]
        inner = ("；" if zh else "; ").join([told(part, language, True) for part in condition.parts])
        mark = "" if held else ("未达成：" if zh else "not met: ")
        return f"{mark}{how}{'（' if zh else ' ('}{inner}{'）' if zh else ')'}"
    place = _place(condition, language)
    if condition.operator == "known":
        known = condition.values[0] is bool(held)
        name = say("fact", condition.fact.name, language)
        return f"{name}{'已知' if known else '未知'}" if zh else f"{name} is {'known' if known else 'unknown'}"
    if held is None:
        text = f"{say('fact', condition.fact.name, language)}"
        return f"{text}未知" if zh else f"{text} is unknown"
    values = [escaped(wanted(condition, value, language)) for value in condition.values]
    if condition.operator in _SIGN:
        return f"{place} {_SIGN[condition.operator][0 if held else 1]} {values[0]}"
    listed = ("、" if zh else ", ").join(values)
    inside = (condition.operator == "one_of") is held
    if condition.fact.kind == "bool" and condition.operator == "one_of":
        place = place.replace(" {", "：{" if zh else ": {", 1)
        return place if held else (f"{place}（需为 {listed}）" if zh else f"{place} (wanted: {listed})")
    if len(values) == 1 and condition.fact.kind != "codes":
        return f"{place} {'=' if inside else '≠'} {listed}"
    if zh:
        return f"{place}{'属于' if inside else '不属于'}（{listed}）"
    return f"{place} is {'one of' if inside else 'none of'} ({listed})"


def escaped(text: str) -> str:
    """Text that stays as it is where {places} are filled in."""
    return text.replace("{", "{{").replace("}", "}}")


def matched(conditions: tuple[Condition, ...], say_own: Says | None) -> Says:
    """What a matching rule says: the merchant's own sentence where there is one, and every condition with its value."""
    texts = {}
    for language in _LANGUAGES:
        listed = ("；" if language == "zh" else "; ").join([told(item, language, True) for item in conditions])
        own = escaped(say_own.zh if language == "zh" else say_own.en) if say_own else ""
        always = "适用于其余情况" if language == "zh" else "For everything else"
        if own and listed:
            texts[language] = f"{own}（{listed}）" if language == "zh" else f"{own} ({listed})"
        else:
            texts[language] = own or (f"{listed or always}。" if language == "zh" else f"{listed or always}.")
    return Says(texts["en"], texts["zh"])


def unmatched(conditions: tuple[Condition, ...], index: int, held: bool | None) -> Says:
    """Why a rule did not match: the conditions before `index` held, that one failed (False) or could not be told (None)."""
    texts = {}
    for language in _LANGUAGES:
        parts = [told(item, language, True) for item in conditions[:index]] + [told(conditions[index], language, held)]
        listed = ("；" if language == "zh" else "; ").join(parts)
        texts[language] = f"不适用：{listed}。" if language == "zh" else f"Does not apply: {listed}."
    return Says(texts["en"], texts["zh"])


def other_currency(named: frozenset[str]) -> Says:
    """Why a rule with amounts did not match: the order is in another currency."""
    listed = ", ".join(sorted(named))
    return Says(
        f"Does not apply: the rule names amounts in {listed}, the order is in {{currency}}.",
        f"不适用：规则金额以 {listed} 计，订单币种为 {{currency}}。",
    )
