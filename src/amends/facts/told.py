"""What a case file says outright of where its case stands, and how what the house found out is kept under what is told anew. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from amends.facts.stage import needs_goods_back
from amends.facts.tracks import Tracks

Json = dict[str, Any]
_CARD: Final = {
    "alert": "alert",
    "open": "opened",
    "chargeback": "opened",
    "evidence_due": "evidence_due",
    "won": "won",
    "lost": "lost",
    "accepted": "accepted",
}
_FOR_US: Final = ("merchant", "seller", "商家", "卖家")
_GOODS_ORDER: Final = ("none", "awaited", "on_the_way", "arrived", "inspected")


def told_tracks(case: Mapping[str, Any], state: str, now: Tracks | None = None) -> dict[str, str]:
    """The tracks that a case file states, where that differs from `now` (the start of every track where there is none).

    What a file does not mention it does not deny: our own answer, or a parcel that our warehouse has, stays.
    """
    here = now or Tracks()
    found = {
        "decision": _decision(case),
        "goods": _goods(case),
        "platform": _platform(case),
        "card": _CARD.get(str((case.get("dispute") or {}).get("stage")), ""),
        "desk": state,
    }
    if here.goods in _GOODS_ORDER and found["goods"] in _GOODS_ORDER:
        if _GOODS_ORDER.index(found["goods"]) <= _GOODS_ORDER.index(here.goods):
            found["goods"] = ""
    return {track: told for track, told in found.items() if told and told != getattr(here, track)}


def _decision(case: Mapping[str, Any]) -> str:
    request = case.get("request") or {}
    if request.get("refused_at"):
        return "refused"
    return "approved" if request.get("agreed_at") else ""


def _goods(case: Mapping[str, Any]) -> str:
    back = case.get("return_parcel") or {}
    if case.get("inspection"):
        return "inspected"
    if back.get("signed_at"):
        return "arrived"
    if back.get("shipped_at") or back.get("waybill"):
        return "on_the_way"
    request = case.get("request") or {}
    return "awaited" if request.get("agreed_at") and needs_goods_back(str(request.get("kind"))) else ""


def _platform(case: Mapping[str, Any]) -> str:
    said = case.get("platform") or {}
    if said.get("ruling"):
        return "ruled_for_us" if any(word in str(said["ruling"]) for word in _FOR_US) else "ruled_for_buyer"
    if said.get("evidence_asked_at"):
        return "evidence_due"
    return "stepped_in" if said.get("dispute_opened_at") else ""


def with_ours(told: Mapping[str, Any], ours: Mapping[str, Any]) -> Json:
    """A case file as told, with what the house found out filled in wherever the file says nothing. Lists of evidence are joined.

    Of shipments the carrier's own word goes before what a platform tells.
    """
    joined = dict(told)
    for name, value in ours.items():
        there = joined.get(name)
        if there is None:
            joined[name] = value
        elif isinstance(there, Mapping) and isinstance(value, Mapping):
            joined[name] = with_ours(there, value)
        elif isinstance(there, list) and isinstance(value, list):
            same = _shipments(there, value, _under_carrier) if name == "shipments" else there
            joined[name] = [*same, *[one for one in value if not _is_in(one, same)]]
    return joined


def _is_in(one: Any, there: list[Any]) -> bool:
    """Whether a list holds a thing already; things with an id are the same by it."""
    if isinstance(one, Mapping) and one.get("id"):
        return any(isinstance(other, Mapping) and other.get("id") == one["id"] for other in there)
    return one in there


def _shipments(
    there: list[Any], ours: list[Any], join: Callable[[Mapping[str, Any], Mapping[str, Any]], Json]
) -> list[Any]:
    """The shipments that are there, each joined with what we know of the one with its id."""
    known = {one["id"]: one for one in ours if isinstance(one, Mapping) and isinstance(one.get("id"), str)}
    return [
        join(one, known[one["id"]]) if isinstance(one, Mapping) and one.get("id") in known else one for one in there
    ]


def _under_carrier(told: Mapping[str, Any], ours: Mapping[str, Any]) -> Json:
    """A shipment as told, where the carrier's own word of its way goes before the platform's: trace, signature and its time.

    A signature before the dispatch that the platform tells is left out: one of the two is wrong, and nobody knows which.
    """
    joined = with_ours(told, ours)
    if "trace" in ours:
        for name in ("trace", "delivered_at", "signed_by"):
            if name in ours or name in joined:
                joined[name] = ours.get(name)
        if _earlier(joined.get("delivered_at"), joined.get("shipped_at")):
            joined["delivered_at"] = None
    return joined


def _earlier(one: Any, other: Any) -> bool:
    try:
        return datetime.fromisoformat(str(one)) < datetime.fromisoformat(str(other))
    except (TypeError, ValueError):
        return False


def noted(ours: Mapping[str, Any], facts: Mapping[str, Any]) -> Json:
    """What the house has found out so far, with newer facts over older ones; evidence is added, shipments are joined by id."""
    joined = dict(ours)
    for name, value in facts.items():
        there = joined.get(name)
        if isinstance(there, Mapping) and isinstance(value, Mapping):
            joined[name] = noted(there, value)
        elif name == "evidence" and isinstance(there, list) and isinstance(value, list):
            joined[name] = [*there, *[one for one in value if one not in there]]
        elif name == "shipments" and isinstance(there, list) and isinstance(value, list):
            same = _shipments(there, value, noted)
            joined[name] = [*same, *[one for one in value if not _is_in(one, same)]]
        else:
            joined[name] = value
    return joined


def as_agreed(case: Mapping[str, Any], agreed: Mapping[str, Any] | None) -> Json:
    """The case file as both sides agreed to settle it: the request stays as asked in what is kept, and is read as agreed."""
    if not agreed or not agreed.get("remedy"):
        return dict(case)
    request = {**(case.get("request") or {}), "kind": agreed["remedy"], "amount": agreed.get("amount")}
    return {**case, "request": request}
