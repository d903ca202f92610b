"""What the pages of connections show besides their health: pushes, cases in trouble, and which connections fail. Only read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from amends.facts.connections import KeptPush, Trouble, Troubling
from amends.facts.people import Merchants
from amends.store.models import ConnectionRow, DeedRow, PlatformCaseRow, PushRow
from amends.store.walls import within

FAILS_AFTER: Final = 3
"""So many failures in a row are told on the work list; fewer may be a hiccup."""


def recent_pushes(connection: int, most: int) -> tuple[KeptPush, ...]:
    """Will give the newest messages that were pushed to a connection."""
    rows = PushRow.objects.filter(connection_id=connection).defer("body").order_by("-at", "-pk")[:most]
    return tuple([KeptPush(row.kind, row.what, row.number, row.state, row.reason, row.at) for row in rows])


def drifting(connection: int, most: int) -> tuple[Troubling, ...]:
    """Will give the cases about which platform and house disagree, latest first."""
    rows = PlatformCaseRow.objects.filter(connection_id=connection, drift_at__isnull=False)
    return tuple(
        [
            Troubling(
                row.case_id, row.case.order_no, row.status, row.drift_zh, row.drift_en, row.drift_at or row.read_at
            )
            for row in rows.select_related("case").order_by("-drift_at")[:most]
        ]
    )


def stuck(connection: int, most: int) -> tuple[Troubling, ...]:
    """Will give the deeds that a person must see to, oldest first."""
    rows = DeedRow.objects.filter(connection_id=connection, state="person").select_related("case")
    return tuple(
        [
            Troubling(row.case_id, row.case.order_no, row.action, row.message, row.message, row.made_at)
            for row in rows.order_by("made_at", "pk")[:most]
        ]
    )


def troubled(merchants: Merchants, now: datetime) -> tuple[Trouble, ...]:
    """Will give the connections of these merchants that fail again and again, wait for a person, or whose keys ran out."""
    failing = Q(faults__gte=FAILS_AFTER) | Q(faults__gt=0, again_at=None) | Q(keys_until__lte=now)
    rows = ConnectionRow.objects.filter(failing, within(merchants, "shop"), state="on").select_related("shop")
    return tuple([Trouble(row.pk, row.shop.name, row.fault_why or "keys") for row in rows.order_by("shop__name")[:20]])
