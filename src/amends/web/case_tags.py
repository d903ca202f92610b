"""Template tags of the case page: sentences of the log, where a case stands, what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from amends.basics.masking import mask_name
from amends.facts.kin import ShopDeadline
from amends.facts.log import Actor, Entry
from amends.facts.payout import PaymentView
from amends.facts.people import Person
from amends.facts.tracks import Tracks
from amends.facts.work import CaseHistory, CaseState, DeadlineView
from amends.web import show
from amends.web.case_forms import Form
from amends.web.case_log import sentence
from amends.web.front import front
from amends.web.tongues import name_of, one_of, tongue
from amends.web.words import has_words, page_words

register = template.Library()
_START = Tracks()
_WEIGHTY = ("entitles", "requires", "proposes")


@register.simple_tag
def told(entry: Entry, currency: str, market: str) -> str:
    """An entry of the log in words."""
    return sentence(entry, currency, market)


@register.filter
def actor_name(by: Actor) -> str:
    """Who did something: a person by name, everyone else by what they are, with their name where it says more."""
    if by.kind == "person":
        return by.name
    kind = name_of("actor", by.kind, tongue())
    if by.kind == "platform":
        return name_of("channel", by.name, tongue())
    if by.kind == "system" or not by.name or by.name == by.kind:
        return kind
    return f"{kind} {mask_name(by.name) if by.kind == 'buyer' else by.name}"


@register.filter
def standing_tracks(state: CaseState) -> list[tuple[str, str]]:
    """The tracks that have left their start, with where each stands; the desk's own is the headline already."""
    now, begin = state.tracks.states(), _START.states()
    return [(track, at) for track, at in now.items() if track != "desk" and at != begin[track]]


@register.filter
def running(clocks: Sequence[DeadlineView]) -> list[DeadlineView]:
    """The clocks that run or are paused."""
    return [one for one in clocks if one.state in ("running", "paused")]


@register.filter
def over(clocks: Sequence[DeadlineView]) -> list[DeadlineView]:
    """The clocks that ended."""
    return [one for one in clocks if one.state not in ("running", "paused")]


@register.filter
def replacement(history: CaseHistory) -> Entry | None:
    """The entry that tells of the last parcel that went out in place of the goods."""
    return next((one.entry for one in reversed(history.entries) if one.entry.what == "replacement_shipped"), None)


@register.filter
def payments_of(state: CaseState) -> list[PaymentView]:
    """The payments of a case's order by name and method, also before any money of it moved."""
    told = (state.case.get("order") or {}).get("payments") or ()
    return [PaymentView(str(one.get("id")), str(one.get("method")), "", 0, 0, 0) for one in told]


@register.filter
def missed(clock: ShopDeadline) -> dict[str, str]:
    """What follows where a deadline is missed, as the mapping that `said` reads."""
    return {"zh": clock.if_missed_zh, "en": clock.if_missed_en}


@register.filter
def first_reason(decision: Any) -> Any:
    """What the rule says on which a decision stands: the first that holds and gives, forbids or proposes something."""
    because = (decision or {}).get("because") or ()
    weighty = [one for one in because if one.get("verdict") == "holds" and one.get("effect") in _WEIGHTY]
    return weighty[0].get("says") if weighty else ""


@register.simple_tag
def done_words(verb: str) -> str:
    """That a verb was done, in words; nothing for what is no verb of ours."""
    key = f"verb.{verb}"
    return page_words("desk.done", tongue(), what=page_words(key, tongue())) if has_words(key) else ""


@register.filter
def up_from_one(count: int) -> range:
    """1, 2 and so on to a count."""
    return range(1, count + 1)


@register.filter
def many(given: Any, field: str) -> list[str]:
    """All values of a field that was typed."""
    return list(given.getlist(field)) if hasattr(given, "getlist") else []


@register.filter
def typed(given: Any, field: str) -> str:
    """What was typed into a field; nothing where nothing was."""
    return str(given.get(field, "")) if given else ""


@register.simple_tag
def at_fault(form: Form, field: str) -> SafeString:
    """What is wrong with a field of a form, to stand under it; nothing where nothing is."""
    if form.fault is None or form.fault.field != field:
        return SafeString("")
    said = one_of({"zh": form.fault.says.zh, "en": form.fault.says.en}, tongue())
    return format_html('<span class="field-fault">{}</span>', said)


@register.simple_tag
def waiting_count(person: Person) -> int:
    """How many things wait for a second person, for the bar."""
    return front().desk.casework.waiting_count(person.merchants)


@register.simple_tag
def mails_waiting(person: Person) -> int:
    """How many mails wait for a person, for the bar."""
    return front().mail.mails.waiting_count(person)


@register.simple_tag
def field_or(form: Form, field: str, place: str, otherwise: Any) -> str:
    """What was typed into one of the numbered fields of a form; before anything was, what stands there first."""
    if form.fault is None:
        return "" if otherwise is None else str(otherwise)
    return str(form.given.get(f"{field}-{place}", ""))


@register.simple_tag
def less(minor: int, currency: str) -> str:
    """An amount below zero, as what it is less."""
    return show.money(-minor, currency, tongue())
