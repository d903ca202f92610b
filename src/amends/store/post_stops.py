"""Messages that have not left and are no longer to: taken back for good, whether they wait or are being tried again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from amends.store.models import MessageRow, PostRow


def stop_letters(cases: Collection[int], events: Collection[str], first_since: datetime | None = None) -> int:
    """Will take back messages about these events on cases, and mails and texts of nothing else that no server was handed yet.

    `first_since`: only the first of them that was written since then. A worker that holds one loses it, so that it hands nothing over.
    How many there were.
    """
    rows = MessageRow.objects.filter(case_id__in=list(cases), by_kind="shop", inside=False, event__in=list(events))
    if first_since is not None:
        first = rows.filter(at__gte=first_since).order_by("at", "pk").values_list("pk", flat=True)[:1]
        rows = rows.filter(pk__in=list(first))
    waiting = rows.filter(state="waiting").update(state="taken_back")
    posts = set(rows.filter(post__state="ready").values_list("post_id", flat=True))
    mixed = MessageRow.objects.filter(post_id__in=posts).exclude(pk__in=rows.values_list("pk", flat=True))
    alone = posts - set(mixed.values_list("post_id", flat=True))
    gone = [
        one
        for one in sorted(alone)
        if PostRow.objects.filter(pk=one, state="ready").update(
            state="dropped", lease="", lease_until=None, next_at=None
        )
    ]
    return waiting + rows.filter(post_id__in=gone).update(state="taken_back")
