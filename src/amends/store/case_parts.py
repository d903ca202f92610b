"""What a case's rows hold, as plain values: where it stands, its offers, the verb that waits."""

from __future__ import annotations

from amends.facts.offers import Offer
from amends.facts.work import CaseState, WaitingApproval
from amends.store.case_log import tracks_of
from amends.store.models import ApprovalRow, CaseFile, CaseRow, OfferRow


def state_of(row: CaseRow, file: CaseFile) -> CaseState:
    """Will give a case as a verb finds it."""
    shop = row.shop
    return CaseState(
        number=row.pk,
        key=row.key,
        shop=shop.name,
        channel=shop.channel,
        market=row.market,
        merchant=shop.merchant,
        currency=row.currency,
        version=row.version,
        tracks=tracks_of(row),
        assignee=row.assignee,
        case=file.case_json,
        ours=file.ours or {},
        decision=file.decision_json,
        agreed=file.agreed,
        exception=row.exception,
        escalated_to=row.escalated_to,
        to_approve=row.to_approve,
        origin=row.origin,
        automatic=shop.automatic,
        undo_seconds=shop.undo_seconds,
        answer_within_minutes=shop.answer_within_minutes,
        settle_within_hours=shop.settle_within_hours,
    )


def offer_of(row: OfferRow) -> Offer:
    """Will give the offer that a row holds."""
    return Offer(
        row.number, row.kind, row.amount_minor, row.coupon, row.note, row.by, row.made_at, row.expires_at, row.state
    )


def waiting_of(row: ApprovalRow | None) -> WaitingApproval | None:
    """Will give the verb that a row holds; None for none."""
    if row is None:
        return None
    case = row.case
    return WaitingApproval(
        number=row.pk,
        case=case.pk,
        key=case.key,
        shop=case.shop.name,
        merchant=case.shop.merchant,
        verb=row.verb,
        given=row.given,
        total=row.total_minor,
        currency=case.currency,
        needs_role=row.needs_role,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
    )
