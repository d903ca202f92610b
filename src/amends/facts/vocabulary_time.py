"""Facts about time and the parcels."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.basics.zones import local
from amends.facts.codes import SIGNED_BY, TRACES
from amends.facts.rulebook import Says
from amends.facts.situation import Situation
from amends.facts.stage import (
    LOST_TRACES,
    bought_at,
    delivered_at,
    is_unshipped,
    parcels,
    received_back_at,
    sent_back_at,
)
from amends.facts.vocabulary_fact import Fact, count, yes_no

_HOUR: Final = timedelta(hours=1)


def days_until_request(situation: Situation, since: datetime | None) -> int | None:
    """Whole local days from a moment to the buyer's request; 0 where the moment came later; None where there is none."""
    if since is None:
        return None
    market = situation.case.market
    asked = local(situation.case.request.requested_at, market).date()
    return max(0, (asked - local(since, market).date()).days)


def _hours_since_request(situation: Situation) -> int:
    return max(0, (situation.at - situation.case.request.requested_at) // _HOUR)


def _trace(situation: Situation) -> str | None:
    sent = parcels(situation.case)
    if not sent:
        return "none"
    return next((parcel.trace for parcel in sent if parcel.trace in LOST_TRACES), sent[-1].trace)


def _signed_by(situation: Situation) -> str | None:
    sent = parcels(situation.case)
    return sent[-1].signed_by if sent else None


def _return_sent(situation: Situation) -> bool:
    parcel = situation.case.return_parcel
    return bool(parcel and parcel.shipped_at) or sent_back_at(situation.case) is not None


TIME_FACTS: Final = (
    count("days_since_delivery", "days", "Local days from delivery of the last parcel to the buyer's request; unknown when not delivered.", "从最后一个包裹签收到买家申请的自然日数；未签收则未知。", lambda s: days_until_request(s, delivered_at(s.case))),
    count("days_since_order", "days", "Local days from the purchase to the buyer's request.", "从下单到买家申请的自然日数。", lambda s: days_until_request(s, bought_at(s.case))),
    count("hours_since_request", "hours", "Whole hours from the buyer's request to now.", "从买家申请到现在的整小时数。", _hours_since_request),
    yes_no("shipped", "A parcel of the request has left.", "申请涉及的包裹已发出。", lambda s: not is_unshipped(s.case)),
    yes_no("delivered", "Every parcel of the request was delivered.", "申请涉及的包裹已全部签收。", lambda s: delivered_at(s.case) is not None),
    Fact("trace", "code", Says("What the carrier says of the parcel: a lost one first, else the last.", "物流状态：有丢失或退回的以其为准，否则取最后一个包裹。"), _trace, None, TRACES, "trace"),
    Fact("signed_by", "code", Says("Who signed for the last parcel.", "最后一个包裹由谁签收。"), _signed_by, None, SIGNED_BY, "signed_by"),
    yes_no("return_sent", "The buyer has sent the goods back.", "买家已寄回商品。", _return_sent),
    yes_no("return_received", "The merchant has the goods back.", "商家已收到退货。", lambda s: received_back_at(s.case) is not None),
)  # fmt: skip
