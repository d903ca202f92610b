"""Rounds of practice in the database. Cases are read here and never written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.practice import Mark, PastCase, Pick, Round, RoundLine
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import CaseFile, Membership, PracticeMarkRow, PracticeRoundRow, Shop
from amends.store.walls import of_shops, shops_within


class DatabasePractice:
    """Implements `amends.desk.practice.ports.PracticeBook`."""

    def past(self, merchants: Merchants, most: int) -> Sequence[PastCase]:
        """Will give the cases that were closed last."""
        rows = _files(merchants).filter(case__state="closed").order_by("-case__updated_at", "-case_id")[:most]
        return [_past(row) for row in rows]

    def sells(self, merchants: Merchants) -> Sequence[tuple[str, str]]:
        """Will give channel and market of every shop."""
        rows = Shop.objects.all() if merchants is None else Shop.objects.filter(merchant__in=merchants)
        return list(rows.values_list("channel", "market"))

    def past_case(self, number: int, merchants: Merchants) -> PastCase | None:
        """Will give one case, or None."""
        row = _files(merchants).filter(case_id=number).first()
        return _past(row) if row else None

    def begin(self, person: str, merchant: str, seed: str, picks: Sequence[Pick], at: datetime) -> int:
        """Will begin a round where none is open."""
        with writing():
            told = {"merchant": merchant, "seed": seed, "picks": [[one.source, one.key] for one in picks], "begun": at}
            row, _ = PracticeRoundRow.objects.get_or_create(person=person, over=None, defaults=told)
            return int(row.pk)

    def round(self, number: int, person: str) -> Round | None:
        """Will give a round of this person, or None."""
        row = PracticeRoundRow.objects.prefetch_related("marks").filter(pk=number, person=person).first()
        if row is None:
            return None
        picks = tuple([Pick(source, key) for source, key in row.picks])
        marks = tuple([_mark(one) for one in sorted(row.marks.all(), key=lambda one: one.pk)])
        return Round(int(row.pk), row.person, row.seed, picks, row.begun, row.over, marks)

    def rounds(self, person: str, most: int) -> Sequence[RoundLine]:
        """Will give the newest rounds."""
        rows = PracticeRoundRow.objects.prefetch_related("marks").filter(person=person).order_by("-pk")[:most]
        return [_line(row) for row in rows]

    def keep(self, number: int, marks: Sequence[Mark], at: datetime) -> None:
        """Will keep the marks of one place where it has none."""
        with writing():
            PracticeRoundRow.objects.select_for_update().get(pk=number)
            if PracticeMarkRow.objects.filter(round=number, place__in=[one.place for one in marks]).exists():
                return
            PracticeMarkRow.objects.bulk_create(
                [
                    PracticeMarkRow(
                        round_id=number,
                        place=one.place,
                        asked=one.asked,
                        topic=one.topic,
                        given=one.given,
                        wanted=one.wanted,
                        at=at,
                    )
                    for one in marks
                ]
            )

    def finish(self, number: int, deed: Deed, at: datetime) -> None:
        """Will end a round once."""
        with writing():
            if PracticeRoundRow.objects.filter(pk=number, over=None).update(over=at):
                DatabaseAudit().write(deed, at)

    def marks(self, people: Sequence[str], merchants: Merchants) -> Sequence[tuple[str, Mark]]:
        """Will give every mark with whose it is, the oldest first."""
        rows = PracticeMarkRow.objects.select_related("round").filter(round__in=_rounds(people, merchants))
        return [(row.round.person, _mark(row)) for row in rows.order_by("pk")]

    def finished(self, people: Sequence[str], merchants: Merchants) -> Sequence[str]:
        """Will give the person of each round that is over."""
        return list(_rounds(people, merchants).filter(over__isnull=False).values_list("person", flat=True))

    def people(self, merchants: Merchants) -> Sequence[str]:
        """Will give everyone with a seat, by name."""
        rows = Membership.objects.filter(user__is_active=True)
        if merchants is not None:
            rows = rows.filter(merchant__name__in=merchants)
        return sorted(set(rows.values_list("user__username", flat=True)))


def _files(merchants: Merchants) -> QuerySet[CaseFile]:
    return CaseFile.objects.select_related("case__shop").filter(**of_shops(shops_within(merchants), "case__shop_id"))


def _rounds(people: Sequence[str], merchants: Merchants) -> QuerySet[PracticeRoundRow]:
    rows = PracticeRoundRow.objects.filter(person__in=people)
    return rows if merchants is None else rows.filter(merchant__in=merchants)


def _past(row: CaseFile) -> PastCase:
    return PastCase(int(row.case_id), row.case.shop.name, row.case_json)


def _mark(row: PracticeMarkRow) -> Mark:
    return Mark(row.place, row.asked, row.topic, row.given, row.wanted)


def _line(row: PracticeRoundRow) -> RoundLine:
    marks = [_mark(one) for one in row.marks.all()]
    return RoundLine(int(row.pk), row.begun, row.over, sum(one.right for one in marks), len(marks))
