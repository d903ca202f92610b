"""The messages to buyers: a merchant's own texts in place of the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.desk.settings.ports import TemplateBook
from amends.facts.codes import REASONS
from amends.facts.kept_settings import KeptTemplate
from amends.facts.letters import (
    EVENTS,
    TONGUES,
    Template,
    Tongue,
    UnableToReadTemplate,
    check_template,
)
from amends.facts.people import Person


@dataclass(frozen=True, slots=True)
class Which:
    """One message: for what event, for which reason ("": any), in which language, of which merchant."""

    merchant: str
    event: str
    reason: str
    language: Tongue


@dataclass(frozen=True, slots=True)
class MessageDesk:
    """The verbs of messages over a book."""

    book: TemplateBook

    def merchants(self, person: Person) -> list[str]:
        """The merchants whose messages the person may change."""
        return [merchant for merchant in self.book.merchants() if person.may_see(merchant)]

    def own(self, merchant: str, person: Person) -> Sequence[KeptTemplate]:
        """All own texts of a merchant. Raises `UnableToSet` where they are not the person's to see."""
        check_may_set(person, merchant)
        return self.book.templates(merchant)

    def template(self, which: Which, person: Person) -> Template | None:
        """The own text for exactly this message. Raises `UnableToSet`."""
        _check(which, person, self.book.merchants())
        return self.book.template(which.merchant, which.event, which.reason, which.language)

    def keep(self, which: Which, template: Template, person: Person, at: datetime) -> None:
        """Write an own text. Raises `UnableToSet`, naming the field, where it cannot be used."""
        _check(which, person, self.book.merchants())
        try:
            check_template(template)
        except UnableToReadTemplate as fault:
            raise UnableToSet(fault.says.en, fault.says.zh, fault.field) from fault
        self.book.keep(
            KeptTemplate(which.merchant, which.event, which.reason, which.language, template, person.name, at)
        )

    def reset(self, which: Which, person: Person) -> None:
        """Let the built-in text hold again. Raises `UnableToSet`."""
        _check(which, person, self.book.merchants())
        self.book.forget(which.merchant, which.event, which.reason, which.language)


def _check(which: Which, person: Person, merchants: Sequence[str]) -> None:
    check_may_set(person, which.merchant, merchants)
    known = which.event in EVENTS and which.language in TONGUES and (not which.reason or which.reason in REASONS)
    if not known:
        raise UnableToSet("There is no such message.", "没有这种消息。")
