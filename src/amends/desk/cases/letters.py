"""Messages that a verb sends: they wait as long as the verb can be taken back, then leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.facts.people import Person
from amends.facts.work import CaseState, Message

ANSWER_CLOCKS: Final = (("own", "merchant", "first_answer"), ("own", "merchant", "next_answer"))
"""Our own promises to answer: any answer meets them."""


def letter(
    desk: CaseDesk, state: CaseState, person: Person, event: str, text: str, values: Mapping[str, str]
) -> Message:
    """The message of an event: what a person wrote, or the shop's template for it."""
    subject, templated = desk.letters(event, state, values)
    return Message(
        by_kind="shop",
        by=person.name,
        text=text.strip() or templated,
        event=event,
        subject=subject,
        send_at=desk.now() + timedelta(seconds=state.undo_seconds),
    )


def say(desk: CaseDesk, state: CaseState, person: Person, text: str) -> Message:
    """A message in a person's own words."""
    subject, _ = desk.letters("message", state, {})
    return Message(
        "shop",
        person.name,
        text.strip(),
        "message",
        subject,
        send_at=desk.now() + timedelta(seconds=state.undo_seconds),
    )
