"""Withdrawal from distance contracts (消費者保護法 arts 19, 19-2; the exceptions of 2016)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_law, months_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_MERCHANT, Due, ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at, received_back_at
from amends.rules.kernel_distance import MONEY_KINDS, buyer_has_goods, goes_back, left_out, ways_back
from amends.rules.tw.pack import TW

EXCEPTIONS: Final = frozenset(
    {"custom_made", "perishable", "sealed_hygiene", "sealed_media", "digital_started", "periodical"}
)


def _until(case: Case, p: Params) -> datetime | None:
    signed = delivered_at(case)
    if signed is None:
        return None
    if case.withdrawal_informed:
        return days_of_law(signed, p["withdrawal.days"], "TW")
    return months_of_law(signed, p["withdrawal.most_months"], "TW")


def _told_and_left_out(case: Case) -> dict[str, str]:
    told = {item.line.id for item in case.request.lines if item.line.no_return_confirmed}
    return {line: ground for line, ground in left_out(case, EXCEPTIONS).items() if line in told}


def stands(case: Case, p: Params) -> bool:
    """The contract is being withdrawn from in time, and some of it is not left out of the right."""
    if not goes_back(case) or len(_told_and_left_out(case)) == len(case.request.lines):
        return False
    until = _until(case, p)
    return until is None or case.request.requested_at < until


@TW.rule(
    "tw.withdrawal",
    "entitles",
    "CPA-TW art 19",
    holds=(
        "Notice sent on {requested_at}: inside the {days} days after receipt, or {months} months where the buyer was not informed "
        "(informed: {informed}), which end at {until}. No reason is needed and no cost falls on the buyer.",
        "于 {requested_at} 发出通知：在收货后 {days} 日内；未告知解除权的（已告知：{informed}）最长 {months} 个月，至 {until} 止。"
        "无须说明理由，也不负担任何费用。",
    ),
    fails=(
        "The notice ({requested_at}) came after the period was over ({until}; informed of the right: {informed}).",
        "通知（{requested_at}）晚于期限（{until}；已告知解除权：{informed}）。",
    ),
)
def withdrawal(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    until, asked = _until(case, p), case.request.requested_at
    facts = {
        "requested_at": local(asked, "TW"),
        "days": p["withdrawal.days"],
        "months": p["withdrawal.most_months"],
        "informed": case.withdrawal_informed,
        "until": until and local(until, "TW"),
    }
    if until is not None and asked >= until:
        return rule.fails(facts)
    return rule.holds(facts, Grant("no_reason", ways_back(case), FREIGHT_MERCHANT))


@TW.rule(
    "tw.withdrawal.exception",
    "excludes",
    "EXC-TW art 2",
    of=("no_reason",),
    holds=(
        "A reasonable exception that the buyer was told of: {grounds} (lines {lines}).",
        "属合理例外情形且已告知消费者：{grounds}（商品行 {lines}）。",
    ),
    fails=(
        "The goods are of a kind that may be left out ({grounds}), but nothing shows that the buyer was told so: the right stands.",
        "商品属于可排除解除权的类别（{grounds}），但没有已告知消费者的记录：解除权不受影响。",
    ),
)
def exception(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    found = left_out(case, EXCEPTIONS)
    if not found:
        return None
    told = _told_and_left_out(case)
    if not told:
        return rule.fails({"grounds": sorted(set(found.values())), "no_return_confirmed": False})
    facts = {"grounds": sorted(set(told.values())), "lines": list(told), "no_return_confirmed": True}
    return rule.holds(facts, ExcludeLines(frozenset(told)))


@TW.rule(
    "tw.withdrawal.collect",
    "requires",
    "CPA-TW art 19-2",
    holds=(
        "The trader collects the goods within {days} days of the notice, by {until}.",
        "企业经营者须在收到通知起 {days} 日内（{until} 前）取回商品。",
    ),
)
def collect(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in MONEY_KINDS or not stands(case, p) or not buyer_has_goods(case):
        return None
    if received_back_at(case) or (case.return_parcel and case.return_parcel.shipped_at):
        return None
    until = days_of_law(case.request.requested_at, p["withdrawal.collect_days"], "TW")
    facts = {"days": p["withdrawal.collect_days"], "until": local(until, "TW")}
    return rule.holds(facts, dues=(Due("merchant", "collect", until, "law_breach"),))


@TW.rule(
    "tw.withdrawal.refund_due",
    "requires",
    "CPA-TW art 19-2",
    holds=(
        "The goods are back since {received_at}: the price is due within {days} days, by {until}.",
        "已于 {received_at} 收回商品，须在 {days} 日内（{until} 前）退款。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    received = received_back_at(case)
    if received is None or case.request.kind not in MONEY_KINDS or not stands(case, p):
        return None
    until = days_of_law(received, p["withdrawal.refund_days"], "TW")
    facts = {"received_at": local(received, "TW"), "days": p["withdrawal.refund_days"], "until": local(until, "TW")}
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))
