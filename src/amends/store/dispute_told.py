"""What somebody outside tells of a dispute, made a row or laid beside the row that is there: each word once, and none backwards in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from amends.facts.disputes import OPEN, STAGES, DisputeTold, move_to
from amends.store.models import DisputeRow, OrderPayment

_LONGEST_STORY: Final = 200
_ENDS: Final = {"won": "won", "appeal_won": "won", "lost": "lost", "appeal_lost": "lost", "accepted": "lost"}
"""What an ending comes to where nobody says more; an amount that was won in part is a person's to write."""
_FILLED: Final = ("reason", "currency", "order_no", "payment_reference")


def take_told(told: DisputeTold, at: datetime) -> tuple[DisputeRow, bool]:
    """Will keep what was told, inside a transaction; the row, and whether anything of it is new."""
    row = _there(told)
    if row is None:
        return _made(told, at), True
    changed = _fill(row, told)
    moved = _move(row, told, at)
    if changed or moved:
        row.fresh = row.fresh or moved or "due_at" in changed
        row.save()
    return row, bool(changed or moved)


def _there(told: DisputeTold) -> DisputeRow | None:
    rows = DisputeRow.objects.select_for_update(of=("self",))
    found = rows.filter(source=told.source, reference=told.reference[:120]).first()
    if found is None and told.payment and told.sort == "card" and told.stage not in ("to_answer", "inquiry"):
        # Some gateways number every event of a dispute anew: what ends one is about the open one of the same payment.
        same = rows.filter(source=told.source, payment_reference=told.payment, sort="card")
        found = same.order_by("-pk").first()
    return found


def _made(told: DisputeTold, at: datetime) -> DisputeRow:
    table = STAGES[told.sort]
    stage = told.stage if told.stage and move_to(told.sort, table.start, told.stage) else "told"
    row = DisputeRow(
        sort=told.sort,
        forum=told.forum[:16],
        source=told.source[:40],
        reference=told.reference[:120],
        reason=told.reason[:64],
        stage=stage,
        amount_minor=told.amount or 0,
        currency=told.currency[:3],
        fee_minor=told.fee,
        payment_reference=told.payment[:160],
        order_no=told.order[:120],
        opened_at=told.opened or told.at or at,
        due_at=told.due,
        told_at=told.at,
        more=dict(told.more),
        fresh=True,
        made_at=at,
    )
    tell(row, "told", told.source, at, {"stage": stage, "was": table.start})
    row.save()
    return row


def _fill(row: DisputeRow, told: DisputeTold) -> list[str]:
    """What was not known before, and the deadline, which the other side may move."""
    given = {
        "reason": told.reason[:64],
        "currency": told.currency[:3],
        "order_no": told.order[:120],
        "payment_reference": told.payment[:160],
    }
    changed = [name for name in _FILLED if given[name] and not getattr(row, name)]
    for name in changed:
        setattr(row, name, given[name])
    if told.forum not in ("", "card") and row.forum == "card":
        row.forum = told.forum[:16]
        changed.append("forum")
    if told.amount and not row.amount_minor:
        row.amount_minor = told.amount
        changed.append("amount_minor")
    if told.due and told.due != row.due_at and row.stage in OPEN:
        row.due_at = told.due
        changed.append("due_at")
    return changed


def _move(row: DisputeRow, told: DisputeTold, at: datetime) -> bool:
    """Bring the row to the stage that was told, by a published move. A word from before the last one changes nothing."""
    if not told.stage or told.stage == row.stage:
        return False
    old = told.at is not None and row.told_at is not None and told.at < row.told_at
    move = move_to(row.sort, row.stage, told.stage)
    if old or not move or (move == "ask" and not _asks_anew(row, told)):
        return False
    put_stage(row, told.stage, told.source, at, {"as_of": told.at.isoformat() if told.at else None})
    row.told_at = told.at or row.told_at
    return True


def _asks_anew(row: DisputeRow, told: DisputeTold) -> bool:
    """Whether they ask once more after an answer of ours: read from them now, or surely said later than what was told last."""
    if told.ready:
        return told.given is not True
    return told.at is not None and row.told_at is not None and told.at > row.told_at and told.given is not True


def put_stage(row: DisputeRow, stage: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
    """Will put a row on a stage, unsaved, and write it into its story; what is open no longer has no clock."""
    tell(row, "moved", by, at, {"was": row.stage, "stage": stage, **(data or {})})
    row.stage, row.fresh = stage, True
    if row.sort != "alert" and (end := _ENDS.get(stage)):
        row.ruling, row.result_minor = end, -row.amount_minor if end == "lost" else 0
    hold_payment(row)


def hold_payment(row: DisputeRow) -> None:
    """Will hold the refunds of its payment while a card dispute is open, and let them go when none is."""
    if row.sort != "card" or row.payment_id is None:
        return
    others = DisputeRow.objects.filter(payment_id=row.payment_id, sort="card", stage__in=sorted(OPEN))
    held = row.stage in OPEN or others.exclude(pk=row.pk).exists()
    OrderPayment.objects.filter(pk=row.payment_id).update(disputed=held)


def tell(row: DisputeRow, what: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
    """Will add to a row's own story, unsaved: what the case's log tells of as soon as there is a case."""
    one = {"what": what, "by": by, "at": at.isoformat(), "data": dict(data or {}), "logged": False}
    row.story = [*row.story, one][-_LONGEST_STORY:]
