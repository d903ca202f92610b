"""Deeds of cases, found for the house and for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from amends.facts.deed_work import DeedNews, DeedView, PlatformSide, shown_by
from amends.store.database import writing
from amends.store.deed_rows import ADDRESS, action_of, side_of_case, state_of_deed, view_of
from amends.store.models import ConnectionRow, DeedRow, RefusalWordRow

_ENDED = ("done", "failed", "person")


class CaseDeeds:
    """The part of `amends.desk.cases.ports.Casework` that is about platforms."""

    def platform(self, number: int) -> PlatformSide | None:
        """Will give how a case stands on its platform."""
        return side_of_case(number)

    def deeds(self, number: int) -> Sequence[DeedView]:
        """Will give everything that was wanted on a case's platform, oldest first."""
        return [view_of(row) for row in DeedRow.objects.filter(case_id=number).order_by("pk")]

    def deed_news(self, most: int) -> Sequence[DeedNews]:
        """Will give deeds whose log tells another state, and those whose outcome a person must look after."""
        ended = Q(state__in=_ENDED) & ~Q(told=F("state"))
        alarmed = Q(state__in=("wanted", "sent", "unknown"), told="") & ~Q(alarm="")
        return [_news(row, "") for row in DeedRow.objects.filter(ended | alarmed).order_by("pk")[:most]]

    def tasks_seen(self, most: int) -> Sequence[DeedNews]:
        """Will give tasks of persons of which a reading made after them shows what became of them."""
        rows = DeedRow.objects.filter(state="person", case__platform__read_at__gt=F("made_at"))
        found = []
        for row in rows.select_related("case__platform").order_by("pk").iterator():
            side = row.case.platform
            seen = shown_by(row.action, side.standing, side.final)
            if seen is not None:
                found.append(_news(row, seen))
            if len(found) == most:
                break
        return found

    def refusal_word(self, connection: int, ours: str) -> str:
        """Will give the platform's reason that last went with one of ours."""
        found = RefusalWordRow.objects.filter(connection_id=connection, ours=ours).values_list("code", flat=True)
        return found.first() or ""

    def keep_refusal_word(self, connection: int, ours: str, code: str, text: str, at: datetime) -> None:
        """Will keep which reason of the platform's goes with one of ours."""
        with writing():
            RefusalWordRow.objects.update_or_create(
                connection_id=connection, ours=ours, defaults={"code": code[:80], "text": text[:200], "at": at}
            )

    def keep_return_address(self, connection: int, address: str) -> None:
        """Will keep a connection's id of the address to which goods go back."""
        with writing():
            row = ConnectionRow.objects.select_for_update().get(pk=connection)
            row.plain = {**row.plain, ADDRESS: address}
            row.save(update_fields=["plain"])


def _news(row: DeedRow, seen: str) -> DeedNews:
    return DeedNews(
        row.pk, row.case_id, action_of(row), state_of_deed(row), row.reference, row.code, row.message or row.alarm, seen
    )
