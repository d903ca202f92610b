"""Having a thing read again on its platform: heard of once more, in the transaction of whoever changed something."""

from __future__ import annotations

from datetime import datetime

from amends.store.channel_hints import hint
from amends.store.models import CaseRow, PlatformCaseRow


def hint_case(case: int, at: datetime) -> None:
    """Will have a case read again on its platform; nothing where it came by no connection."""
    connection = PlatformCaseRow.objects.filter(case_id=case).values_list("connection_id", flat=True).first()
    if connection is None:
        return
    number = CaseRow.objects.values_list("key", flat=True).get(pk=case)
    hint(connection, "case", number, at)
