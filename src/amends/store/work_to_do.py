"""What the house has to do by itself, found in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from amends.basics.money import exponent, write_minor
from amends.facts.deed_work import LIVE_DEEDS
from amends.facts.plan import OPEN
from amends.facts.tracks import NEVER_STILL, WAITS_ON_BUYER
from amends.facts.work import MoneyNews
from amends.store.models import CaseRow, DeadlineRow, DeedRow, PayPlan, PayStep
from amends.store.picture_book import unlooked

_NOBODYS = Q(state="open", decision_track="new", disputed=False, exception="", to_approve=False)


class WorkToDo:
    """The part of `amends.desk.cases.ports.Casework` that finds cases for the runner."""

    def running_out(self, now: datetime, until: datetime, most: int) -> Sequence[tuple[int, datetime]]:
        """Will give cases that nobody answered and whose answer is due soon."""
        rows = CaseRow.objects.filter(
            _NOBODYS,
            outcome="accept",
            shop__automatic=True,
            deadlines__state="running",
            deadlines__who="merchant",
            deadlines__action="respond",
            deadlines__due_at__gt=now,
            deadlines__due_at__lte=until,
        )
        found = rows.order_by("deadlines__due_at", "pk").values_list("pk", "deadlines__due_at")[:most]
        return list(found)

    def clocks_to_turn(self, most: int) -> Sequence[int]:
        """Will give cases whose own clock runs while the buyer has to act, or stands still while not."""
        ours = DeadlineRow.objects.filter(source="own", who="merchant", case__state="open")
        ours = ours.exclude(action__in=NEVER_STILL)
        waits = Q(case__status__in=WAITS_ON_BUYER)
        found = ours.filter(waits & Q(state="running") | ~waits & Q(state="paused")).order_by("case_id")
        return list(found.values_list("case_id", flat=True).distinct()[:most])

    def money_news(self, most: int) -> Sequence[MoneyNews]:
        """Will give steps at their end that no log tells of."""
        ended = PayStep.objects.filter(state__in=("succeeded", "failed", "reversed")).exclude(told__state=F("state"))
        rows = ended.select_related("plan").order_by("settled_at", "pk")[:most]
        return [_news(row) for row in rows]

    def won_but_running(self, most: int) -> Sequence[int]:
        """Will give cases whose dispute was won while a clock of ours runs."""
        won = Q(card_track="won") | Q(platform_track="ruled_for_us")
        rows = CaseRow.objects.filter(won, state="open", next_who="merchant", exception="")
        return list(rows.order_by("due_order", "pk").values_list("pk", flat=True)[:most])

    def to_run(self, now: datetime, most: int) -> Sequence[int]:
        """Will give open, undisputed cases that the house may answer by itself; none whose photos were not looked at yet."""
        rows = CaseRow.objects.filter(_NOBODYS, handling="auto", outcome="accept", shop__automatic=True)
        rows = rows.exclude(unlooked())
        return list(rows.order_by("due_order", "pk").values_list("pk", flat=True)[:most])

    def to_close(self, most: int) -> Sequence[int]:
        """Will give open cases whose money has all arrived, with nothing else under way."""
        plans = PayPlan.objects.filter(case=OuterRef("pk"), purpose="decision", state="approved")
        moving = PayStep.objects.filter(plan__case=OuterRef("pk")).filter(
            Q(state__in=OPEN) | Q(state__in=("failed", "reversed")) | Q(state="proposed")
        )
        rows = CaseRow.objects.filter(
            Exists(plans),
            ~Exists(moving),
            ~Exists(DeedRow.objects.filter(case=OuterRef("pk"), state__in=sorted(LIVE_DEEDS))),
            state="open",
            status="to_settle",
            exception="",
        )
        return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def _news(row: PayStep) -> MoneyNews:
    others = PayStep.objects.filter(plan=row.plan).exclude(pk=row.pk).exclude(state__in=("succeeded", "cancelled"))
    return MoneyNews(
        case=row.plan.case_id,
        step=row.pk,
        state=row.state,
        amount=write_minor(row.amount_minor, exponent(row.currency)),
        currency=row.currency,
        gateway=row.gateway,
        reference=row.reference,
        last=not others.exists(),
    )
