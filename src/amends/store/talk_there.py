"""Conversations over there in the database: which to read next, and what of them is a message here already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from amends.facts.platforms import PlatformSaid, TalkThere
from amends.store.database import writing
from amends.store.models import MessageRow, PlatformCaseRow, PlatformSaidRow, PlatformTalkRow

_SOONEST: Final = timedelta(minutes=15)
_LATEST: Final = timedelta(hours=4)


class DatabaseTalkThere:
    """Implements `amends.desk.channels.talk_there.TalkShelf`."""

    def due(self, channels: Collection[str], now: datetime, most: int) -> Sequence[TalkThere]:
        """Will give open cases whose conversation is to be read now, those never read and the longest due first."""
        rows = PlatformCaseRow.objects.select_related("case").filter(
            Q(case__talk_there=None) | Q(case__talk_there__due_at__lte=now),
            connection__state="on", connection__channel__in=channels, case__state="open", case__merged_into=None, final=False,
        )  # fmt: skip
        rows = rows.order_by(F("case__talk_there__due_at").asc(nulls_first=True), "pk")
        return [TalkThere(row.case_id, row.connection_id, row.case.key) for row in rows[:most]]

    def together(self) -> AbstractContextManager[None]:
        """Will hold a transaction."""
        return writing()

    def is_new(self, case: int, said: PlatformSaid, now: datetime) -> bool:
        """Will note that something was said; False where that is known."""
        _, made = PlatformSaidRow.objects.get_or_create(
            case_id=case, name=said.name[:80], defaults={"at": said.at or now}
        )
        return made

    def is_ours(self, case: int, text: str) -> bool:
        """Whether words of ours on the case begin so, by whatever way they left: a person may have put them in over there."""
        sent = MessageRow.objects.filter(case_id=case, by_kind="shop", inside=False)
        return any(words.strip().startswith(text.strip()) for words in sent.values_list("text", flat=True))

    def was_read(self, case: int, now: datetime, *, news: bool) -> None:
        """Will have it read again: soon where something was said lately, ever later where it is still."""
        with writing():
            row, _ = PlatformTalkRow.objects.get_or_create(case_id=case, defaults={"due_at": now, "news_at": now})
            row.news_at = now if news else row.news_at
            row.due_at = now + min(_LATEST, max(_SOONEST, (now - row.news_at) / 4))
            row.save()
