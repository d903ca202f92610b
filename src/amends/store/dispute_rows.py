"""Rows of disputes as plain values."""

from __future__ import annotations

from amends.facts.disputes import Fight, KeptDispute
from amends.store.models import DisputeRow, FightRow


def dispute_of(row: DisputeRow) -> KeptDispute:
    """Will give a dispute as it stands; its case and shop at hand."""
    shop, case = row.shop, row.case
    return KeptDispute(
        number=row.pk,
        sort=row.sort,
        forum=row.forum,
        source=row.source,
        reference=row.reference,
        reason=row.reason,
        stage=row.stage,
        amount=row.amount_minor,
        currency=row.currency,
        fee=row.fee_minor,
        opened=row.opened_at,
        due=row.due_at,
        answer_by=None,
        case=row.case_id,
        case_key=case.key if case else "",
        shop=shop.name if shop else "",
        channel=shop.channel if shop else "",
        merchant=shop.merchant if shop else "",
        market=case.market if case else shop.market if shop else "",
        payment=row.payment_reference,
        order=row.order_no,
        exhibits=tuple(row.exhibits),
        texts=dict(row.texts),
        ruling=row.ruling,
        liability=row.liability,
        result=row.result_minor,
        plan=row.plan,
        round=row.round,
        more=dict(row.more),
        story=tuple(row.story),
    )


def fight_of(row: FightRow) -> Fight:
    """Will give what is done about a dispute."""
    return Fight(
        number=row.pk,
        dispute=row.dispute_id,
        kind=row.kind,
        round=row.round,
        key=row.key,
        state=row.state,
        content={**row.content, "again": row.again, "replayed": row.code == "replayed"},
        after=row.after,
        sends=row.sends,
        tries=row.tries,
        may_send=row.may_send,
        message=row.alarm or row.message,
        reference=row.reference,
        by=row.by,
        at=row.at,
        settled=row.settled_at,
        lease=row.lease,
    )
