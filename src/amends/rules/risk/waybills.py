"""Signals of waybills that do not fit: explained, never a verdict (swapped and reused waybills, parcels signed for after they were stopped)."""

from __future__ import annotations

from datetime import datetime

from amends.facts.case import Case
from amends.facts.rulebook import Finding, Params, Rule
from amends.rules.risk.pack import RISK


def _seen(rule: Rule, case: Case, code: str) -> Finding | None:
    one = next((told for told in case.suspicions if told.code == code), None)
    if one is None:
        return None
    return rule.holds({"waybill": one.waybill, "case": one.case or "", "place": one.place or "", "when": one.at or ""})


@RISK.rule(
    "risk.waybill_same_as_outbound",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "The return bears the number of the parcel out ({waybill}), which its carrier did not turn round.",
        "退货单号与发货单号相同（{waybill}），而该包裹并未被快递退回。",
    ),
)
def same_as_outbound(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "same_as_outbound")


@RISK.rule(
    "risk.waybill_outbound_elsewhere",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "The return bears the number of another order's parcel out ({waybill}, case {case}).",
        "退货单号 {waybill} 是其他订单的发货单号（售后单 {case}）。",
    ),
)
def outbound_elsewhere(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "outbound_elsewhere")


@RISK.rule(
    "risk.waybill_used_elsewhere",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "The return's number {waybill} was used in another case ({case}).",
        "退货单号 {waybill} 已用于另一售后单（{case}）。",
    ),
)
def used_elsewhere(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "used_elsewhere")


@RISK.rule(
    "risk.waybill_delivered_before",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "The return's number {waybill} was signed for before the buyer asked ({when}).",
        "退货单号 {waybill} 在买家申请之前（{when}）就已签收。",
    ),
)
def delivered_before(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "delivered_before")


@RISK.rule(
    "risk.waybill_delivered_away",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "The return {waybill} was signed for at {place}, which is not where the warehouse is.",
        "退货 {waybill} 签收地为 {place}，不是仓库所在地。",
    ),
)
def delivered_away(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "delivered_away")


@RISK.rule(
    "risk.waybill_signed_after_stop",
    "flags",
    "house signal",
    governs="now",
    holds=(
        "Parcel {waybill} was stopped, and then signed for by somebody else (place: {place}).",
        "包裹 {waybill} 拦截成功后又被他人签收（地点：{place}）。",
    ),
)
def signed_after_stop(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    return _seen(rule, case, "signed_after_stop")
