"""The team's chats in the database, and what is news for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet

from amends.facts.people import Merchants
from amends.facts.team import NEAR, TEAM_KINDS, News, TeamHook, TeamKeys
from amends.store.database import writing
from amends.store.models import CaseRow, DeadlineRow, TeamHookRow, TeamLineRow
from amends.store.seal import seal, unseal

_PURPOSE: Final = "team"
_MOST: Final = 200


class DatabaseTeam:
    """Implements `amends.desk.talk.team.TeamShelf`."""

    def seen_by(self, merchants: Merchants) -> Sequence[TeamHook]:
        """Will give the chats of these merchants."""
        rows = TeamHookRow.objects.order_by("merchant", "pk")
        return [_hook(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def get(self, number: int) -> TeamHook | None:
        """Will give one."""
        row = TeamHookRow.objects.filter(pk=number).first()
        return None if row is None else _hook(row)

    def keys(self, number: int) -> TeamKeys:
        """Will give where it is spoken to."""
        return TeamKeys(*json.loads(unseal(TeamHookRow.objects.get(pk=number).sealed, _PURPOSE)))

    def make(self, hook: TeamHook, keys: TeamKeys, by: str, at: datetime) -> TeamHook:
        """Will keep a new one."""
        with writing():
            row = TeamHookRow.objects.create(
                merchant=hook.merchant,
                shop=hook.shop,
                kind=hook.kind,
                language=hook.language,
                events=list(hook.events),
                sealed=seal(json.dumps([keys.url, keys.secret]), _PURPOSE),
                on_since=at,
                next_at=at,
                made_by=by,
                made_at=at,
            )
        return _hook(row)

    def turn(self, number: int, on_since: datetime | None, now: datetime) -> None:
        """Will turn it on or have it rest; what waited while it rested is not told."""
        with writing():
            TeamHookRow.objects.filter(pk=number).update(on_since=on_since, next_at=now, fault="", faults=0)
            TeamLineRow.objects.filter(hook_id=number, state="waiting").update(state="stale")

    def drop(self, number: int) -> None:
        """Will forget it."""
        with writing():
            TeamHookRow.objects.filter(pk=number).delete()

    def due(self, now: datetime, until: datetime) -> Sequence[TeamHook]:
        """Will take those that may be spoken to now, kept from other workers until then."""
        taken = []
        for row in TeamHookRow.objects.filter(next_at__lte=now).exclude(on_since=None).order_by("next_at", "pk")[:20]:
            with writing():
                mine = TeamHookRow.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=until)
            taken += [_hook(row)] if mine else []
        return taken

    def news(self, hook: TeamHook, now: datetime) -> Sequence[News]:
        """Will give what this chat was not told of yet."""
        found = [one for event in hook.events for one in _NEWS[event](hook, now)]
        told = TeamLineRow.objects.filter(hook_id=hook.number, name__in=[one.name for one in found])
        known = set(told.values_list("name", flat=True))
        return [one for one in found if one.name not in known]

    def put(self, hook: int, news: News, line: str, at: datetime) -> None:
        """Will write a line, once."""
        with writing():
            TeamLineRow.objects.get_or_create(
                hook_id=hook, name=news.name[:120], defaults={"case_id": news.case, "line": line[:500], "at": at}
            )

    def waiting(self, hook: int, most: int) -> Sequence[tuple[int, str]]:
        """Will give lines that wait, the oldest first."""
        rows = TeamLineRow.objects.filter(hook_id=hook, state="waiting").order_by("at", "pk")
        return list(rows.values_list("pk", "line")[:most])

    def settle(self, hook: int, lines: Sequence[int], next_at: datetime, fault: str, now: datetime) -> None:
        """Will note how telling these lines ended."""
        with writing():
            rows = TeamHookRow.objects.filter(pk=hook)
            if fault:
                rows.update(next_at=next_at, fault=fault[:300], faults=F("faults") + 1)
                return
            rows.update(next_at=next_at, fault="", faults=0, **({"told_at": now} if lines else {}))
            TeamLineRow.objects.filter(pk__in=list(lines)).update(state="sent")

    def forget(self, before: datetime) -> None:
        """Will call lines stale that nobody could be told of in time."""
        with writing():
            TeamLineRow.objects.filter(state="waiting", at__lt=before).update(state="stale")


def _cases(hook: TeamHook) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.filter(state="open", shop__merchant=hook.merchant, merged_into=None)
    rows = rows.filter(updated_at__gte=hook.on_since) if hook.on_since else rows
    return (rows.filter(shop__name=hook.shop) if hook.shop else rows).select_related("shop").order_by("-updated_at")


def _exceptions(hook: TeamHook, now: datetime) -> list[News]:
    rows = _cases(hook).exclude(exception="")[:_MOST]
    return [_news(row, "exception", row.exception, row.exception) for row in rows]


def _disputes(hook: TeamHook, now: datetime) -> list[News]:
    rows = _cases(hook).filter(disputed=True)[:_MOST]
    return [_news(row, "dispute", f"{row.platform_track}/{row.card_track}", "") for row in rows]


def _risks(hook: TeamHook, now: datetime) -> list[News]:
    return [_news(row, "risk", "", "") for row in _cases(hook).filter(risky=True)[:_MOST]]


def _deadlines(hook: TeamHook, now: datetime) -> list[News]:
    rows = DeadlineRow.objects.filter(
        state="running", who="merchant", due_at__gt=now, due_at__lte=now + NEAR, case__state="open"
    )
    rows = rows.filter(case__shop__merchant=hook.merchant).select_related("case__shop").order_by("due_at", "pk")
    rows = rows.filter(case__shop__name=hook.shop) if hook.shop else rows
    return [
        News(
            f"deadline:{row.pk}:{int(row.due_at.timestamp())}",
            "deadline",
            row.case_id,
            row.case.key,
            row.case.shop.name,
            row.action,
            row.due_at,
        )
        for row in rows[:_MOST]
    ]


_NEWS: Final = {"deadline": _deadlines, "exception": _exceptions, "risk": _risks, "dispute": _disputes}


def _news(row: CaseRow, event: str, what: str, detail: str) -> News:
    return News(f"{event}:{row.pk}:{what}", event, row.pk, row.key, row.shop.name, detail)


def _hook(row: TeamHookRow) -> TeamHook:
    url, secret = json.loads(unseal(row.sealed, _PURPOSE))
    kind = next(one for one in TEAM_KINDS if one == row.kind)
    return TeamHook(
        row.pk, row.merchant, row.shop, kind, row.language, tuple(row.events), url[-4:], bool(secret), row.on_since,
        row.fault, row.faults, row.told_at,
    )  # fmt: skip
