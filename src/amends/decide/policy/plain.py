"""A policy in plain words for whoever reads it before there is a case: what each rule asks, and what it changes."""

from __future__ import annotations

from typing import Final

from amends.basics.money import exponent, write_minor
from amends.decide.policy.explain import wanted
from amends.decide.policy.model import Condition, Group, PolicyRule, PolicyText, Test, Then
from amends.facts.knowledge import PolicyPage, PolicyWhole
from amends.facts.rulebook import Says
from amends.facts.words import say

_SIGNS: Final = {
    "at_least": ("at least", "不少于"),
    "at_most": ("at most", "不超过"),
    "over": ("more than", "超过"),
    "under": ("less than", "少于"),
}
_GROUPS: Final = {
    "all": ("all of", "全部满足"),
    "any": ("any of", "任一满足"),
    "none": ("none of", "均不满足"),
}


def tell_policy(text: PolicyText, merchant: str) -> PolicyWhole:
    """Will tell a whole policy: for whom, by which rules in which order, and what holds beside them."""
    return PolicyWhole(
        text.id,
        text.version,
        merchant,
        tuple(sorted(text.shops)),
        tuple(sorted(text.markets)),
        tuple(sorted(text.channels)),
        _terms(text),
        tuple([_page(text, rule, place) for place, rule in enumerate(text.rules, 1)]),
    )


def _page(text: PolicyText, rule: PolicyRule, place: int) -> PolicyPage:
    return PolicyPage(
        f"policy.{text.id}.{rule.id}",
        place,
        rule.say,
        tuple([asks(one) for one in rule.when]),
        does(rule.then),
        _only(rule, "kind"),
        _only(rule, "reason"),
        _only(rule, "market") or text.markets,
        _only(rule, "channel") or text.channels,
    )


def _only(rule: PolicyRule, fact: str) -> frozenset[str]:
    """The words to which a rule's own conditions hold a fact; a fact under "any" or "none" holds it to nothing."""
    found = [one for one in rule.when if isinstance(one, Test) and one.fact.name == fact and one.operator == "one_of"]
    return frozenset([str(value) for one in found for value in one.values])


def asks(condition: Condition) -> Says:
    """Will tell one condition."""
    if isinstance(condition, Group):
        en, zh = _GROUPS[condition.how]
        parts = [asks(part) for part in condition.parts]
        return Says(f"{en}: {'; '.join([one.en for one in parts])}", f"{zh}：{'；'.join([one.zh for one in parts])}")
    en, zh = say("fact", condition.fact.name, "en"), say("fact", condition.fact.name, "zh")
    if condition.operator == "known":
        yes = bool(condition.values[0])
        return Says(f"{en} is {'known' if yes else 'not known'}", f"{zh}{'已知' if yes else '未知'}")
    in_en = [wanted(condition, value, "en") for value in condition.values]
    in_zh = [wanted(condition, value, "zh") for value in condition.values]
    if condition.operator in _SIGNS:
        sign_en, sign_zh = _SIGNS[condition.operator]
        return Says(f"{en}: {sign_en} {in_en[0]}", f"{zh}：{sign_zh} {in_zh[0]}")
    if condition.operator == "not":
        return Says(f"{en}: not {', '.join(in_en)}", f"{zh}：不是{'、'.join(in_zh)}")
    return Says(f"{en}: {' or '.join(in_en)}", f"{zh}：{'或'.join(in_zh)}")


def does(then: Then) -> tuple[Says, ...]:
    """Will tell what a rule changes: the answer first, then each part of what it gives, takes or asks for."""
    said = [_answer(then), _both("handling", then.handling)]
    if then.approver:
        said.append(_pair("approval", _both("role", then.approver)))
    if then.shipping_paid_by:
        said.append(_pair("freight", _both("who", then.shipping_paid_by)))
    said += _refund(then)
    if then.compensation is not None:
        said.append(_pair("compensation", _money(then, then.compensation)))
    for kind in sorted(then.waive):
        said.append(_pair("waive", _both("deduction", kind)))
    for field in then.ask:
        said.append(_pair("ask", _both("missing", field)))
    return tuple(said)


_NAMES: Final = {
    "approval": ("Approved at least by", "至少由以下角色批准"),
    "freight": ("The way back is paid by", "退货运费承担方"),
    "refund": ("Pays back", "退还"),
    "compensation": ("Pays on top", "另付补偿"),
    "waive": ("Takes nothing off for", "不扣"),
    "ask": ("Asks for", "需补充"),
}


def _answer(then: Then) -> Says:
    answer = _both("outcome", then.outcome)
    if then.outcome in ("refuse", "ask"):
        return answer
    open_to = (
        Says("what was asked for", "按买家申请") if then.outcome == "accept" else Says("what is owed", "买家应得的方案")
    )
    what = _both("kind", then.remedy) if then.remedy else open_to
    return Says(f"{answer.en}: {what.en}", f"{answer.zh}：{what.zh}")


def _refund(then: Then) -> list[Says]:
    said = []
    if then.refund_percent is not None:
        said.append(
            _pair("refund", Says(f"{then.refund_percent} % of the price", f"商品价款的 {then.refund_percent}%"))
        )
    if then.refund_amount is not None:
        said.append(_pair("refund", _money(then, then.refund_amount)))
    if then.deduct_kind:
        kind = _both("deduction", then.deduct_kind)
        much = Says("", "")
        if then.deduct_percent is not None:
            much = Says(f" {then.deduct_percent} %", f" {then.deduct_percent}%")
        elif then.deduct_amount is not None:
            told = _money(then, then.deduct_amount)
            much = Says(f" {told.en}", f" {told.zh}")
        said.append(Says(f"Takes off: {kind.en}{much.en}", f"扣减：{kind.zh}{much.zh}"))
    return said


def _terms(text: PolicyText) -> tuple[Says, ...]:
    said = []
    for one in text.approvals:
        role = _both("role", one.role)
        if one.up_to is None or one.currency is None:
            said.append(Says(f"Any amount may be approved by: {role.en}", f"任意金额可由以下角色批准：{role.zh}"))
        else:
            much = f"{write_minor(one.up_to, exponent(one.currency))} {one.currency}"
            said.append(Says(f"Up to {much} may be approved by: {role.en}", f"{much} 以内可由以下角色批准：{role.zh}"))
    if (hours := text.answer_before_hours) is not None:
        said.append(
            Says(
                f"Where nobody answered, the suggested answer is given {hours} hours before it is due",
                f"无人答复时，到期前 {hours} 小时按建议自动答复",
            )
        )
    terms = text.remedy_terms
    if (days := terms.price_protection_days) is not None:
        said.append(Says(f"A lower price within {days} days is given back", f"{days} 天内降价可申请价保"))
    said.append(
        Says(
            f"Stock for an exchange is held for {terms.stock_hold_days} days",
            f"换货库存保留 {terms.stock_hold_days} 天",
        )
    )
    return tuple(said)


def _money(then: Then, minor: int) -> Says:
    currency = min(then.currencies, default="")
    told = f"{write_minor(minor, exponent(currency))} {currency}" if currency else str(minor)
    return Says(told, told)


def _both(group: str, code: str) -> Says:
    return Says(say(group, code, "en"), say(group, code, "zh"))


def _pair(name: str, what: Says) -> Says:
    en, zh = _NAMES[name]
    return Says(f"{en}: {what.en}", f"{zh}：{what.zh}")
