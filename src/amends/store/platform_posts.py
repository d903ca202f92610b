"""What is said to buyers in a platform's own conversation, as it stands among the messages out: each is a deed on that platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import Count, QuerySet

from amends.facts.outgoing import PostState, PostView
from amends.facts.people import Merchants
from amends.store.models import DeedRow

_STATES: Final[Mapping[str, PostState]] = {
    "wanted": "ready", "sent": "ready", "unknown": "unsure", "done": "sent", "failed": "failed", "person": "hand", "cancelled": "dropped",
}  # fmt: skip


class DatabasePlatformPosts:
    """Implements `amends.desk.talk.ports.PlatformPosts`."""

    def listed(self, merchants: Merchants, state: str, before: int, most: int) -> Sequence[PostView]:
        """Will give messages on platforms, the newest first."""
        rows = _within(merchants)
        rows = rows.filter(state__in=[one for one, shown in _STATES.items() if shown == state]) if state else rows
        rows = rows.filter(pk__lt=before) if before else rows
        return [_view(row) for row in rows.select_related("case__shop").order_by("-pk")[:most]]

    def counts(self, merchants: Merchants) -> Mapping[str, int]:
        """Will count them by state."""
        found: dict[str, int] = {}
        for state, many in _within(merchants).order_by().values_list("state").annotate(many=Count("pk")):
            found[_STATES[state]] = found.get(_STATES[state], 0) + int(many)
        return found


def _within(merchants: Merchants) -> QuerySet[DeedRow]:
    rows = DeedRow.objects.filter(action="message")
    return rows if merchants is None else rows.filter(case__shop__merchant__in=sorted(merchants))


def _view(row: DeedRow) -> PostView:
    case, text = row.case, str(row.deed.get("text", ""))
    return PostView(
        row.pk, case.pk, case.key, case.shop.name, case.shop.merchant, case.buyer, text[:80], text,
        _STATES[row.state], "", row.message or row.alarm, row.sends, row.made_at, row.due_at, row.settled_at, "platform",
    )  # fmt: skip
