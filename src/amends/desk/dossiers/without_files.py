"""What proves something without a file: the carrier's trace, the money, the inspection, the conversation, the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from amends.facts.compelling import Finding
from amends.facts.dossier_story import Story
from amends.facts.parcels import ParcelView
from amends.facts.rulebook import Says
from amends.facts.words import say
from amends.facts.work import CaseState
from amends.prove.dossier.letter import day

_IN_PERSON: Final = frozenset({"buyer", "family"})


def told_without_files(
    state: CaseState, parcels: Sequence[ParcelView], story: Story, past: Finding | None = None
) -> Mapping[str, Says]:
    """What is known of a case that a checklist may ask for, by proof. `past`: earlier payments that show who bought."""
    found: dict[str, Says] = {}
    if past is not None and past.qualifies:
        found["history"] = _of_past(past)
    if paid := story.sum("paid"):
        found["order"] = Says(f"paid {paid}", f"实付 {paid}")
    if disputed := story.sum("in_dispute"):
        found["loss"] = Says(f"in dispute {disputed}", f"争议金额 {disputed}")
    if back := story.sum("refunded"):
        found["refund"] = Says(f"refunded {back}", f"已退款 {back}")
    if story.talk:
        count = len(story.talk)
        found["conversation"] = Says(
            f"{count} message{'s' if count > 1 else ''}, printed here", f"{count} 条消息，见本材料"
        )
    if story.inspection is not None:
        found["inspection"] = story.inspection
    if story.outcome is not None and story.grounds:
        found["decision"] = story.outcome
    return {**found, **_of_trace(state, parcels)}


def _of_past(past: Finding) -> Says:
    """The two payments of Compelling Evidence 3.0, by order and age, and what all three have in common."""
    en = " and ".join([f"order {one.payment.order} ({one.days} days before)" for one in past.pair])
    zh = "、".join([f"订单 {one.payment.order}（争议前 {one.days} 天）" for one in past.pair])
    same_en = ", ".join([say("ce_element", name, "en") for name in past.shared])
    same_zh = "、".join([say("ce_element", name, "zh") for name in past.shared])
    return Says(f"{en}: same {same_en}, undisputed", f"{zh}：{same_zh}一致，且无争议")


def _of_trace(state: CaseState, parcels: Sequence[ParcelView]) -> Mapping[str, Says]:
    """What carriers told of the parcels out, or what the case file says where nobody follows them."""
    found: dict[str, Says] = {}
    for view in [one for one in parcels if one.link.part == "out" and one.scans]:
        number = view.link.parcel.waybill.number
        found["tracking"] = _named("trace", view.trace.state, number)
        if view.trace.delivered_at is not None:
            at = day(view.trace.delivered_at, state.market)
            found["delivery"] = Says(f"delivered {at} ({number})", f"{at} 已签收（{number}）")
            if view.trace.signed_by in _IN_PERSON:
                found["signature"] = _named("signed_by", view.trace.signed_by, number)
    for one in state.case.get("shipments") or ():
        _of_file(one, found, state.market)
    return found


def _of_file(shipment: Mapping[str, Any], found: dict[str, Says], market: str) -> None:
    number, trace = str(shipment.get("waybill") or shipment.get("id") or ""), str(shipment.get("trace") or "none")
    if trace != "none":
        found.setdefault("tracking", _named("trace", trace, number))
    if shipment.get("delivered_at"):
        at = day(datetime.fromisoformat(str(shipment["delivered_at"])), market)
        found.setdefault("delivery", Says(f"delivered {at} ({number})", f"{at} 已签收（{number}）"))
        if shipment.get("signed_by") in _IN_PERSON:
            found.setdefault("signature", _named("signed_by", str(shipment["signed_by"]), number))


def _named(group: str, code: str, number: str) -> Says:
    tail = (f" ({number})", f"（{number}）") if number else ("", "")
    return Says(say(group, code, "en") + tail[0], say(group, code, "zh") + tail[1])
