"""Having a thing read again on its platform: heard of once more, in the transaction of whoever changed something."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from amends.store.models import CaseRow, HintRow, PlatformCaseRow


def hint_case(case: int, at: datetime) -> None:
    """Will have a case read again on its platform; nothing where it came by no connection."""
    connection = PlatformCaseRow.objects.filter(case_id=case).values_list("connection_id", flat=True).first()
    if connection is None:
        return
    number = CaseRow.objects.values_list("key", flat=True).get(pk=case)
    row, new = HintRow.objects.get_or_create(
        connection_id=connection, what="case", number=number, defaults={"first_at": at, "due_at": at}
    )
    if not new:
        HintRow.objects.filter(pk=row.pk).update(heard=F("heard") + 1, due_at=at, tries=0)
