"""The merchants' own messages in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amends.facts.kept_settings import KeptTemplate
from amends.facts.letters import TONGUES, Template, TemplateReader, Tongue
from amends.store import hot
from amends.store.database import writing
from amends.store.models import Merchant, TemplateRow


@dataclass(frozen=True, slots=True)
class _Texts:
    """The own texts of one merchant, event and language, by reason."""

    by_reason: Mapping[str, TemplateRow]

    def template(self, merchant: str, event: str, reason: str, language: Tongue) -> Template | None:
        row = self.by_reason.get(reason)
        return Template(row.subject, row.text) if row else None


class DatabaseTemplates:
    """Implements `TemplateReader` of the facts and `TemplateBook` of the desk on the database."""

    def template(self, merchant: str, event: str, reason: str, language: Tongue) -> Template | None:
        """Will give the merchant's own text for exactly this, or None."""
        return self.of_event(merchant, event, language).template(merchant, event, reason, language)

    def of_event(self, merchant: str, event: str, language: Tongue) -> TemplateReader:
        """Will give the merchant's own texts of an event in a language, for every reason, by one look."""
        exactly = "WHERE merchant = %s AND event = %s AND language = %s"
        return _Texts({row.reason: row for row in hot.rows(TemplateRow, exactly, [merchant, event, language])})

    def templates(self, merchant: str) -> list[KeptTemplate]:
        """Will give all own texts of a merchant."""
        known = {str(one): one for one in TONGUES}
        rows = TemplateRow.objects.filter(merchant=merchant, language__in=known).order_by("event", "reason", "language")
        return [
            KeptTemplate(
                row.merchant,
                row.event,
                row.reason,
                known[row.language],
                Template(row.subject, row.text),
                row.made_by,
                row.made_at,
            )
            for row in rows
        ]

    def merchants(self) -> list[str]:
        """Will give every merchant that there is."""
        return list(Merchant.objects.order_by("name").values_list("name", flat=True))

    def keep(self, kept: KeptTemplate) -> None:
        """Will write an own text over the one that is there."""
        with writing():
            TemplateRow.objects.update_or_create(
                merchant=kept.merchant,
                event=kept.event,
                reason=kept.reason,
                language=kept.language,
                defaults={
                    "subject": kept.template.subject,
                    "text": kept.template.text,
                    "made_by": kept.made_by,
                    "made_at": kept.made_at,
                },
            )

    def forget(self, merchant: str, event: str, reason: str, language: Tongue) -> None:
        """Will take an own text away."""
        with writing():
            TemplateRow.objects.filter(merchant=merchant, event=event, reason=reason, language=language).delete()
