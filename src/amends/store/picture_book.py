"""Pieces to be looked at, where pictures are known from within a merchant's walls, and the signals that were found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from amends.facts.pictures import GIVERS, PictureSignal, PieceToLookAt, ProductPicture, ShownSignal, UsedPicture
from amends.facts.rulebook import Says
from amends.store.database import writing
from amends.store.models import (
    CaseRow,
    EvidenceRow,
    EvidenceSignalRow,
    PictureRow,
    PieceLookRow,
    ProductPictureRow,
    VaultFileRow,
)
from amends.store.picture_index import forget

_BACK: Final = 10_000
"""Numbers of pieces are given before they are written: so far below the last that was looked at, one may still turn up."""
_MOST_OTHERS: Final = 3


class DatabasePictureBook:
    """Implements `amends.desk.picture_ports.PictureBook`."""

    def pending(self, most: int) -> list[PieceToLookAt]:
        """Will give pieces that nobody has looked at, oldest first."""
        last = PieceLookRow.objects.aggregate(last=Max("pk"))["last"] or 0
        rows = EvidenceRow.objects.filter(pk__gt=last - _BACK, look__isnull=True).select_related("case__shop")
        return [_piece(row) for row in rows.annotate(made=_made_here()).order_by("pk")[:most]]

    def same_file(self, piece: PieceToLookAt) -> list[UsedPicture]:
        """Will give earlier pieces of the merchant's other orders that are this very file."""
        return [_used(row, 0) for row in _others(piece).filter(sha256=piece.sha256).order_by("pk")[:_MOST_OTHERS]]

    def used(self, piece: PieceToLookAt, pictures: Collection[int]) -> list[UsedPicture]:
        """Will give where these pictures are known from: earlier pieces of the merchant's other orders, and its own pictures."""
        by_sum = dict(PictureRow.objects.filter(pk__in=pictures).values_list("sha256", "pk"))
        pieces = _others(piece).filter(sha256__in=by_sum).exclude(sha256=piece.sha256).order_by("pk")
        own = ProductPictureRow.objects.filter(merchant=piece.merchant, sha256__in=by_sum).order_by("pk")
        found = [_used(row, by_sum[row.sha256]) for row in pieces[:200]]
        return [UsedPicture(by_sum[row.sha256], row.sha256, name=row.name) for row in own] + found

    def keep(self, piece: PieceToLookAt, outcome: str, signals: Sequence[PictureSignal], at: datetime) -> bool:
        """Will note that a piece was looked at, with its signals; False where somebody did before."""
        _, new = PieceLookRow.objects.get_or_create(evidence_id=piece.number, defaults={"at": at, "outcome": outcome})
        if new:
            EvidenceSignalRow.objects.bulk_create([_row(piece, one, at) for one in signals])
        return new

    def shown(self, case: int, merchants: frozenset[str] | None) -> list[ShownSignal]:
        """Will give the signals on a case's pieces, strong ones first, and those on later pieces elsewhere that are like one of them."""
        rows = EvidenceSignalRow.objects.select_related("evidence", "other__case__shop").order_by("strength", "pk")
        found = [_shown(row, row.evidence, row.other, merchants) for row in rows.filter(evidence__case=case)]
        later = EvidenceSignalRow.objects.select_related("other", "evidence__case__shop").filter(other__case=case)
        return found + [
            _shown(row, row.other, row.evidence, merchants, later=True) for row in later.order_by("pk")[:20]
        ]

    def add_product(self, merchant: str, sha256: str, name: str, small: bytes, at: datetime) -> bool:
        """Will keep a merchant's own picture; False where it is there."""
        told = {"name": name[:80], "small": small, "at": at}
        return ProductPictureRow.objects.get_or_create(merchant=merchant, sha256=sha256, defaults=told)[1]

    def products(self, merchant: str, most: int) -> tuple[list[ProductPicture], int]:
        """Will give a merchant's own pictures, newest first, and how many there are."""
        rows = ProductPictureRow.objects.filter(merchant=merchant)
        shown = rows.order_by("-pk").values_list("pk", "name", "at")[:most]
        return [ProductPicture(*row) for row in shown], rows.count()

    def small(self, merchant: str, number: int | None = None, sha256: str = "") -> bytes | None:
        """Will give one of the merchant's own pictures, by its number or its content, as a small JPEG."""
        rows = ProductPictureRow.objects.filter(merchant=merchant)
        rows = rows.filter(sha256=sha256) if number is None else rows.filter(pk=number)
        found = rows.values_list("small", flat=True).first()
        return None if found is None else bytes(found)

    def drop_product(self, merchant: str, number: int) -> None:
        """Will forget one of the merchant's own pictures, and its prints where nothing else has it."""
        with writing():
            rows = ProductPictureRow.objects.filter(merchant=merchant, pk=number)
            found = rows.values_list("sha256", flat=True).first()
            rows.delete()
            if found is not None:
                forget(found)


def unlooked() -> Exists:
    """Whether a case has a buyer's photo that nobody has looked at."""
    rows = EvidenceRow.objects.filter(case=OuterRef("pk"), kind="photo", look__isnull=True)
    return Exists(rows.filter(by_kind__in=GIVERS))


def _made_here() -> Exists:
    """Whether the house made a piece itself: a covered copy, a conversation, a snapshot."""
    made = VaultFileRow.objects.filter(sha256=OuterRef("sha256"))
    return Exists(made.filter(Q(source="house") | ~Q(origin="")))


def _piece(row: EvidenceRow) -> PieceToLookAt:
    made: bool = row.made  # type: ignore[attr-defined]
    return PieceToLookAt(
        row.pk, row.sha256, row.mime, row.by_kind, row.at, row.case_id, row.case.shop.merchant, made=made
    )


def _others(piece: PieceToLookAt) -> QuerySet[EvidenceRow]:
    """Earlier pieces of the same merchant, but for those of the same order and those made here."""
    case = CaseRow.objects.get(pk=piece.case)
    rows = EvidenceRow.objects.filter(pk__lt=piece.number, case__shop__merchant=piece.merchant).exclude(case=case)
    if case.order_no:
        rows = rows.exclude(case__shop=case.shop_id, case__order_no=case.order_no)
    return rows.exclude(_made_here()).select_related("case__shop")


def _used(row: EvidenceRow, picture: int) -> UsedPicture:
    return UsedPicture(picture, row.sha256, row.pk, row.case_id, row.case.key, row.case.shop.name)


def _row(piece: PieceToLookAt, one: PictureSignal, at: datetime) -> EvidenceSignalRow:
    says = one.says
    return EvidenceSignalRow(
        evidence_id=piece.number,
        code=one.code,
        strength=one.strength,
        says_zh=says.zh[:400],
        says_en=says.en[:400],
        detail=dict(one.detail),
        other_id=one.other,
        at=at,
    )


def _shown(
    row: EvidenceSignalRow,
    mine: EvidenceRow | None,
    other: EvidenceRow | None,
    merchants: frozenset[str] | None,
    *,
    later: bool = False,
) -> ShownSignal:
    visible = other is not None and (merchants is None or other.case.shop.merchant in merchants)
    return ShownSignal(
        sha256=mine.sha256 if mine else "",
        code=row.code,
        strength=row.strength,
        says=Says(row.says_en, row.says_zh),
        other_case=other.case_id if visible and other else None,
        other_key=other.case.key if visible and other else "",
        later=later,
    )
