"""A Medusa return as a case of ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from amends.channels.case_form import said
from amends.channels.kernel_rest import items_of, moment, part, stamp, text_of
from amends.channels.medusa.orders import added_by, file_of, refunds_of
from amends.channels.medusa.standing import STATUSES, marks_of, refunds_for, status_of
from amends.channels.reasons import reason_of
from amends.facts.codes import REASONS
from amends.facts.imported import CaseMade, Remark, ShopSetting, State
from amends.facts.platforms import OVER, ToldCase


def told(
    found: Mapping[str, Any], order: Mapping[str, Any], returns: list[Mapping[str, Any]], shop: ShopSetting
) -> ToldCase:
    """The return as it stands. `returns`: all of the order, this one among them."""
    number, status = text_of(found, "id"), status_of(found, order)
    known = STATUSES.get(status)
    refunds = refunds_for(found, order)
    at = _latest(found, order)
    file = file_of(order, added_by(returns), shop)
    parcel = _parcel(found)
    case = {
        **file,
        "case": number,
        "request": _request(found, order),
        "platform": {"status": status},
        **({"return_parcel": parcel} if parcel else {}),
    }
    state: State = "closed" if known and known.standing in OVER else "open"
    made = CaseMade(number, case, state, at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    by_itself = (
        "refund" if known and known.standing == "succeeded" and refunds and not any(r.key for r in refunds) else ""
    )
    return ToldCase(
        number, made, status, known.standing if known else None, at,
        final=status == "canceled", refunds=refunds, by_itself=by_itself,
        alarms=() if known else (_unknown(status),), raw={"return": dict(found), "order": dict(order)},
    )  # fmt: skip


def _latest(found: Mapping[str, Any], order: Mapping[str, Any]) -> datetime:
    """The latest change that bears on it: its own, the order's (our marks lie there), and of refunds, which move neither."""
    times = [moment(text_of(found, "updated_at")), moment(text_of(order, "updated_at"))]
    times += [refund.at for refund in refunds_of(order)]
    return max([time for time in times if time] or [datetime.fromtimestamp(0, UTC)]).replace(microsecond=0)


def _request(found: Mapping[str, Any], order: Mapping[str, Any]) -> dict[str, Any]:
    items, marks = items_of(found, "items"), marks_of(order, text_of(found, "id"))
    notes = [note for item in items if (note := text_of(item, "note"))]
    pieces = [(text_of(item, "item_id"), part(item, "quantity")) for item in items]
    return said(
        kind="exchange" if _goes_out_again(found) else "return_refund",
        reason=_reason(items),
        requested_at=stamp(text_of(found, "requested_at")) or stamp(text_of(found, "created_at")),
        agreed_at=stamp(marks.agreed_at),
        refused_at=stamp(marks.refused_at),
        lines=[said(id=line, quantity=count) for line, count in pieces if isinstance(count, int) and count > 0],
        message="\n".join(dict.fromkeys(notes)),
    )


def _goes_out_again(found: Mapping[str, Any]) -> bool:
    return bool(part(found, "exchange_id")) or text_of(found, "claim", "type") == "replace"


def _reason(items: list[Mapping[str, Any]]) -> str:
    """The merchant makes these reasons: ours by its own code, else by the words of its value, its label or the buyer's note."""
    for item in items:
        value = text_of(item, "reason", "value").casefold()
        if value in REASONS:
            return value
        for text in (
            value.replace("_", " ").replace("-", " "),
            text_of(item, "reason", "label"),
            text_of(item, "note"),
        ):
            if known := reason_of(text):
                return known
    return "other"


def _parcel(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the way back."""
    labels = [label for parcel in items_of(found, "fulfillments") for label in items_of(parcel, "labels")]
    shipped = [time for parcel in items_of(found, "fulfillments") if (time := stamp(text_of(parcel, "shipped_at")))]
    return said(
        shipped_at=shipped[0] if shipped else None,
        signed_at=stamp(text_of(found, "received_at")),
        waybill=next((number for label in labels if (number := text_of(label, "tracking_number"))), None),
    )


def _unknown(status: str) -> Remark:
    return Remark(
        "status_unknown",
        f"Medusa 退货状态「{status[:40]}」不在已知取值内，按处理中收下",
        f"the status {status[:40]!r} of a Medusa return is not among the known ones; taken as open",
    )
