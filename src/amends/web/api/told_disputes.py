"""How the API tells of a dispute."""

from __future__ import annotations

from typing import Any

from amends.desk.disputes.look import DisputeView
from amends.facts.disputes import KeptDispute
from amends.web.api import told


def shown(one: KeptDispute) -> dict[str, Any]:
    """A dispute in a list."""
    return {
        "id": one.number,
        "sort": one.sort,
        "forum": one.forum,
        "source": one.source,
        "reference": one.reference,
        "reason": one.reason,
        "stage": one.stage,
        "amount": told.amount(one.amount, one.currency),
        "currency": one.currency,
        "case": one.case,
        "shop": one.shop,
        "order": one.order,
        "payment": one.payment,
        "opened_at": one.opened.isoformat(),
        "due_at": told.when(one.due),
        "ruling": one.ruling,
        "liability": one.liability,
        "result": None if one.result is None else told.amount(one.result, one.currency),
    }


def whole(view: DisputeView) -> dict[str, Any]:
    """A dispute with what is possible now, what would be sent, and what each choice is expected to bring."""
    one, worth = view.dispute, view.worth
    return {
        **shown(one),
        "answer_by": told.when(view.answer_by),
        "appeal_until": told.when(view.appeal_until),
        "moves": sorted(view.moves),
        "by_calls": view.by_calls,
        "exhibits": list(one.exhibits),
        "texts": dict(one.texts),
        "digest": view.digest,
        "under_way": view.live.kind if view.live else "",
        "advice": {
            "choice": worth.advice,
            "why": worth.why,
            "percent": worth.percent,
            "fight": told.amount(worth.fight, one.currency),
            "offer": None if worth.offer is None else told.amount(worth.offer, one.currency),
            "accept": told.amount(worth.accept, one.currency),
        },
    }
