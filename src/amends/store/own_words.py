"""Corrections of readings, and the words that were accepted of them, in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from amends.facts.audit import Deed
from amends.facts.own_words import Correction, KeptWord, OwnWord, Proposal, Tongue
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import CaseFile, CaseLogRow, MessageRow, OwnWordRow

_MOST: Final = 3_000


class DatabaseOwnWords:
    """Implements `amends.desk.reading.OwnWordBook`."""

    def corrections(self, merchant: str) -> Sequence[Correction]:
        """Will give the last word of people on each case's reading, of the newest some thousand cases, oldest first."""
        said = CaseLogRow.objects.filter(what__in=("reason_chosen", "reason_kept"), case__shop__merchant=merchant)
        rows = list(said.order_by("-at", "-pk").values_list("case_id", "at", "data")[:_MOST])
        last = {case: (at, data) for case, at, data in reversed(rows)}
        texts = _texts(list(last))
        found = [
            Correction(case, texts.get(case, ""), str(data.get("suggested") or ""), str(data.get("reason") or ""), at)
            for case, (at, data) in last.items()
        ]
        return sorted([one for one in found if one.text and one.chosen], key=lambda one: (one.at, one.case))

    def kept(self, merchant: str) -> Sequence[KeptWord]:
        """Will give what was said to proposals, the newest first."""
        return [_kept(row) for row in OwnWordRow.objects.filter(merchant=merchant).order_by("-pk")]

    def get(self, number: int) -> KeptWord | None:
        """Will give one."""
        row = OwnWordRow.objects.filter(pk=number).first()
        return None if row is None else _kept(row)

    def accepted(self, merchant: str) -> Sequence[OwnWord]:
        """Will give the words that are used."""
        return [_kept(row).word for row in OwnWordRow.objects.filter(merchant=merchant, accepted=True).order_by("pk")]

    def keep(self, merchant: str, one: Proposal, by: str, at: datetime, *, accepted: bool) -> None:
        """Will keep what a person said to a proposal, and write it into the house's log."""
        word = one.word
        with writing():
            OwnWordRow.objects.update_or_create(
                merchant=merchant, written=word.written, reason=word.reason,
                defaults={
                    "tongue": word.tongue, "weight": word.weight, "accepted": accepted, "taken": one.taken,
                    "corrected": one.corrected, "by": by, "at": at,
                },
            )  # fmt: skip
            what = "word_accepted" if accepted else "word_declined"
            DatabaseAudit().write(Deed(by, what, merchant, f"{word.written} {word.reason} {word.weight}"), at)

    def drop(self, number: int, by: str, at: datetime) -> None:
        """Will forget what was said to one; it may be proposed again."""
        with writing():
            row = OwnWordRow.objects.filter(pk=number).first()
            if row is not None:
                row.delete()
                DatabaseAudit().write(Deed(by, "word_dropped", row.merchant, f"{row.written} {row.reason}"), at)


def _texts(cases: Sequence[int]) -> dict[int, str]:
    """What the buyer wrote on each case, the request's message first."""
    found: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(cases), 500):
        some = cases[start : start + 500]
        for number, file in CaseFile.objects.filter(case_id__in=some).values_list("case_id", "case_json"):
            found[number].append(str((file.get("request") or {}).get("message") or ""))
        said = MessageRow.objects.filter(case_id__in=some, by_kind="buyer", inside=False).order_by("at", "pk")
        for number, text in said.values_list("case_id", "text"):
            found[number].append(text)
    return {number: "\n".join([text for text in texts if text.strip()])[:2_000] for number, texts in found.items()}


def _kept(row: OwnWordRow) -> KeptWord:
    tongue: Tongue = "en" if row.tongue == "en" else "zh"
    word = OwnWord(tongue, row.written, row.reason, row.weight)
    return KeptWord(row.pk, row.merchant, word, row.accepted, row.taken, row.corrected, row.by, row.at)
