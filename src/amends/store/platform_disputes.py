"""Interventions of platforms, as their cases tell of them: where the case's track and the dispute's stage differ, the track is the news."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef

from amends.facts.disputes import OPEN, DisputeTold
from amends.store.models import CaseFile, CaseRow, DisputeRow

_STAGE: Final = {
    "stepped_in": "stepped_in",
    "evidence_due": "to_answer",
    "ruled_for_us": "won",
    "ruled_for_buyer": "lost",
    "none": "ended",
}
_ASKING: Final = ("stepped_in", "evidence_due")


def told_by_cases(most: int) -> list[DisputeTold]:
    """Will give interventions that no dispute stands for yet, and endings that their disputes do not know yet."""
    there = DisputeRow.objects.filter(case=OuterRef("pk"), sort="platform")
    live = there.filter(stage__in=sorted(OPEN))
    new = CaseRow.objects.filter(~Exists(live), state="open", platform_track__in=_ASKING)
    known = CaseRow.objects.filter(Exists(live.exclude(source__startswith="hand:")))
    cases = [*new.select_related("shop").order_by("pk")[:most], *known.select_related("shop").order_by("pk")[:most]]
    return [told for case in cases if (told := _told(case)) is not None]


def _told(case: CaseRow) -> DisputeTold | None:
    rows = DisputeRow.objects.filter(case=case, sort="platform")
    row = rows.exclude(source__startswith="hand:").order_by("-pk").first()
    stage = _STAGE.get(case.platform_track, "")
    if row is not None and row.stage == "appealed" and stage in ("won", "lost"):
        stage = f"appeal_{stage}"
    if row is not None and (stage == row.stage or row.stage not in OPEN):
        return None
    if row is not None and (row.stage, stage) not in _NEWS:
        return None
    file: dict[str, Any] = CaseFile.objects.values_list("case_json", flat=True).get(case=case)
    said = file.get("platform") or {}
    asked = said.get("evidence_asked_at") if stage == "to_answer" else None
    return DisputeTold(
        case.shop.channel,
        f"{case.shop.name}:{case.key}"[:120],
        "platform",
        {"wechat": "weixin"}.get(case.shop.channel, case.shop.channel),
        stage,
        "arbitration",
        case.amount_minor,
        case.currency,
        "",
        case.order_no,
        _moment(said.get("deadline")) if stage == "to_answer" else None,
        _moment(said.get("dispute_opened_at")) or _moment(asked),
        more={"shop": case.shop.name, "case": case.pk},
        ready=True,
    )


_NEWS: Final = frozenset(
    {
        ("stepped_in", "to_answer"),
        ("told", "to_answer"),
        ("told", "stepped_in"),
        *[
            (here, there)
            for here in ("told", "stepped_in", "to_answer", "answered")
            for there in ("won", "lost", "ended")
        ],
        ("appealed", "appeal_won"),
        ("appealed", "appeal_lost"),
    }
)
"""Differences that are news; the others are our own doing, which the case's track follows."""


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return found if found.tzinfo else None
