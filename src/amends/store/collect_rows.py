"""Rows of money that is taken in, read and written: views, claims, what is wanted, what is called off, what notices tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from amends.facts.collect import CollectKind, CollectOrder, collect_key
from amends.facts.collect_work import CollectClaim, Collection, NewCollection
from amends.store.models import CaseRow, CollectionRow


def view_of(row: CollectionRow) -> Collection:
    """Will give a step as it stands."""
    return Collection(
        number=row.pk,
        charge=row.charge,
        kind=cast("CollectKind", row.kind),
        turn=row.turn,
        gateway=row.gateway,
        amount=row.amount_minor,
        currency=row.currency,
        hold=row.hold,
        brought=row.brought_id,
        state=row.state,
        reference=row.reference,
        payment=row.payment,
        link=row.link,
        until=row.until,
        code=row.code,
        message=row.message,
        alarm=row.alarm,
        told=row.told,
    )


def views_of(case: int) -> Sequence[Collection]:
    """Will give every step of a case, oldest first."""
    return [view_of(row) for row in CollectionRow.objects.filter(case_id=case).order_by("pk")]


def order_of(row: CollectionRow) -> CollectOrder:
    """Will give what the gateway is told about a step; of one about what another brought, by that one's ids."""
    about = ""
    if row.brought is not None:
        about = row.brought.reference if row.kind == "close" else row.brought.payment
    return CollectOrder(
        key=row.key,
        kind=cast("CollectKind", row.kind),
        amount=row.amount_minor,
        currency=row.currency,
        digits=row.digits,
        text=row.text,
        hold=row.hold,
        held=row.brought.amount_minor if row.brought is not None else 0,
        earlier=row.earlier,
        about=about,
        reference=row.reference,
        first_sent_at=row.first_sent_at,
        page=row.brought.reference if row.brought is not None else "",
        wanted=not row.unwanted,
        made_at=row.made_at,
    )


def watch_of(row: CollectionRow) -> CollectOrder:
    """Will give the question whether what a step brought is held still: asked as its release would be."""
    return CollectOrder(
        row.key,
        "release",
        row.amount_minor,
        row.currency,
        row.digits,
        held=row.amount_minor,
        about=row.payment,
        page=row.reference,
        wanted=False,
    )


def claim_of(row: CollectionRow) -> CollectClaim:
    """Will give a leased step as its worker sees it."""
    watched = row.state == "succeeded"
    order = watch_of(row) if watched else order_of(row)
    may_send = row.may_send and not watched and not row.unwanted
    return CollectClaim(
        row.pk, row.lease, row.gateway, order, row.state, may_send, row.sends, row.asks, watched=watched
    )


def put(case: CaseRow, wanted: NewCollection, at: datetime) -> None:
    """Will write a step down, once for its key."""
    key = collect_key(case.shop.name, case.key, wanted.charge, wanted.kind, wanted.turn, wanted.amount, wanted.currency)
    CollectionRow.objects.get_or_create(
        key=key,
        defaults={
            "case": case,
            "charge": wanted.charge,
            "kind": wanted.kind,
            "turn": wanted.turn,
            "gateway": wanted.gateway,
            "amount_minor": wanted.amount,
            "currency": wanted.currency,
            "digits": wanted.digits,
            "hold": wanted.hold,
            "text": wanted.text[:250],
            "earlier": wanted.earlier[:160],
            "brought_id": wanted.brought,
            "made_at": at,
            "due_at": at,
        },
    )


def call_off(number: int, at: datetime) -> bool:
    """Will call a step off that has not left the house; False where it has: then it is not sent again, and is asked about."""
    rows = CollectionRow.objects.filter(pk=number)
    if rows.filter(state="requested", sends=0).update(state="cancelled", settled_at=at):
        return True
    rows.update(unwanted=True)
    return False


def mark_told(number: int, mark: str) -> None:
    """Will note what the case's log tells of a step."""
    CollectionRow.objects.filter(pk=number).update(told=mark)
