"""What is written down about people: who looked at whose data, who changed what others may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from amends.facts.log import Actor, Entry

DEEDS: Final = (
    "shown",
    "invited",
    "joined",
    "withdrawn",
    "role",
    "removed",
    "deactivated",
    "reactivated",
    "reset",
    "merchant",
    "shop",
    "word_accepted",
    "word_declined",
    "word_dropped",
    "exported",
    "costs_set",
    "guard_told",
    "month_told",
    "page_posted",
    "cause_made",
    "cause_assigned",
    "cause_changed",
    "cause_closed",
    "practised",
    "review_told",
    "review_proposed",
    "review_approved",
    "review_returned",
    "review_answered",
    "follow_set",
    "flag_terms",
    "score_told",
    "score_dropped",
    "score_terms",
    "report_set",
    "report_on",
    "report_off",
    "report_removed",
    "report_sent",
    "receiver_asked",
    "receiver_confirmed",
    "receiver_left",
    "receiver_removed",
    "rehearsed",
    "rehearsal_stopped",
    "shadow_started",
    "shadow_stopped",
)
"""`shown`: masked data of a buyer was shown. `role`: a role was given; `removed`: a seat was taken away; `reset`: the second factor
was taken away; `merchant`: a merchant was made or renamed; `shop`: a shop was given to a merchant; `exported`: a list was
written into a file; `costs_set`: what a return costs a shop was told."""
AUDIT_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit. `subject`: a case's own number, or a person's name; `case`: the row of the case, for a link."""

    who: str
    what: str
    merchant: str
    subject: str = ""
    case: int | None = None
    fields: tuple[str, ...] = ()
    note: str = ""
    place: str = ""
    at: datetime | None = None


HOUSE_LOG: Final = "the house"
"""The name of the chain over all deeds, in each of its seals."""


def deed_entry(deed: Deed, at: datetime) -> Entry:
    """A deed as an entry of the house's own log, with everything that its row says."""
    data = {
        "merchant": deed.merchant,
        "subject": deed.subject,
        "case": deed.case,
        "fields": list(deed.fields),
        "note": deed.note,
        "place": deed.place,
    }
    return Entry(deed.what, Actor("person", deed.who), at, data=data)


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What is asked of the audit. Empty: anything; `since` and `until` are days in UTC, both included; `page` counts from 1."""

    who: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the audit, the latest first."""

    deeds: tuple[Deed, ...]
    total: int
    page: int
    pages: int
    people: tuple[str, ...] = field(default=())
