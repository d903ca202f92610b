"""The case page: one case whole, and the same page again where a verb could not be done, with what was typed."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.look import Look, look
from amends.desk.cases.remedy_look import remedy_look
from amends.desk.freight.booked_look import bookings_of
from amends.desk.freight.look import freight_of
from amends.desk.tracking.look import parcels_of
from amends.desk.vault.listings import at_purchase, price_now
from amends.facts.freight import CLAIM_KINDS, INSURED_BY, WAYS_BACK
from amends.facts.letters import EVENTS
from amends.facts.log import SealedEntry
from amends.facts.people import Person
from amends.facts.words import codes
from amends.learn.case_bar import BarFacts, bar_of
from amends.learn.case_talk import talk_of
from amends.learn.case_view import view_case
from amends.learn.rule_catalogue import rules_by_id
from amends.learn.worklist import read_query
from amends.store.members import names_at
from amends.web.audit import takes_shown
from amends.web.case_forms import choices, forms_of, loose_words
from amends.web.case_platform import box_of
from amends.web.case_reading import reading_of
from amends.web.flags import case_flag
from amends.web.front import front
from amends.web.money import BEYOND_KEYS, panel_context
from amends.web.who import acting, needs

LOG_FILTERS: Final = ("all", "people", "notes")
LETTERS: Final = tuple(
    [
        event
        for event in EVENTS
        if event not in ("message", "survey", "review_thanks", "review_sorry", "gift_given", "win_back")
    ]
)


@require_safe
@needs("see")
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one case whole; the address carries the list that it was opened from."""
    return page(request, number)


def page(
    request: HttpRequest, number: int, verb: str = "", fault: UnableToWork | None = None, status: int = 200
) -> HttpResponse:
    """The page of a case; with `fault`, the form of `verb` stands open as it was typed. Raises `Http404`."""
    me, house = acting(request), front()
    stored = house.cases.case(number, me.merchants) if number < BEYOND_KEYS else None
    if stored is None:
        raise Http404
    seen, query, now = look(house.desk, number, me), read_query(request.GET), house.now()
    log, bare = request.GET.get("log", ""), takes_shown(request, number)
    shown: dict[str, Any] = {
        "view": view_case(stored),
        "query": query,
        "known": rules_by_id(house.rules),
        "beside": house.cases.neighbours(query, number, now, me.merchants),
        "seen": seen,
        "pieces": house.evidence.shelf.of_case(number),
        "vault": house.vault.shelf(number, me),
        "purchase": at_purchase(house.vault, seen.state),
        "photo_signals": house.pictures.signals(number, me),
        "shown": bare,
        "reading": reading_of(seen.state, seen.history, shown=bool(bare)),
        "all_reasons": codes("reason"),
        "state": seen.state,
        "remedy": remedy_look(house.desk, seen.state, seen.history, seen.kin),
        **case_flag(me, number, seen.history.entries),
        "price_now": price_now(house.vault, seen.state),
        "there": box_of(house.desk, number),
        "talk": talk_of(seen.history),
        "parcels": parcels_of(house.tracking, number),
        "freight": freight_of(house.freight, seen.state),
        "bookings": bookings_of(house.bookings, seen.state),
        "ways_back": WAYS_BACK,
        "insured_by": INSURED_BY,
        "claim_kinds": CLAIM_KINDS,
        "all_carriers": codes("carrier_code"),
        "carriers": codes("carrier_code") if house.tracking.networks.joined else (),
        "done": request.GET.get("done", ""),
        "log_filters": LOG_FILTERS,
        "log_filter": log if log in LOG_FILTERS else "all",
        "timeline": timeline(seen, log),
        "undo_left": None if seen.undo_until is None else max(1, int((seen.undo_until - now).total_seconds())),
        "colleagues": [name for name in names_at(seen.state.merchant) if name not in (seen.state.assignee, me.name)],
    }
    return render(
        request,
        "case.html",
        panel_context(request, number) | shown | _said(seen, me) | _forms(request, seen, verb, fault),
        status=status,
    )


def _said(seen: Look, me: Person) -> dict[str, Any]:
    """What can be written to the buyer, and what the buyer said afterwards: to us, and in public."""
    order = str((seen.state.case.get("order") or {}).get("id") or "")
    house = front()
    return {
        "survey": house.follow.asked(seen.state.number),
        "order_reviews": house.reviews.of_order(seen.state.shop, order),
        "letters": [(event, house.desk.letters(event, seen.state, {})[1]) for event in LETTERS]
        if me.may("work")
        else [],
    }


def _forms(request: HttpRequest, seen: Look, verb: str, fault: UnableToWork | None) -> dict[str, Any]:
    """The bar, its forms, and what went wrong."""
    open_offer = any(one.state == "open" for one in seen.history.offers)
    facts = BarFacts(seen.settle is not None, seen.history.waiting, open_offer, seen.kin.of_order)
    bar = bar_of(seen.state, acting(request), facts)
    return choices(seen) | {
        "bar": bar,
        "forms": forms_of(bar, verb, request.POST, fault),
        "texts": acting(request).may("work") and front().talk.look.may(seen.state.shop),
        "hindrance": fault,
        "fault_verb": verb,
        "typed": request.POST if fault else {},
        "loose": loose_words(bar, verb, request.POST) if fault else [],
        "changed": changed_since(seen, request.POST.get("version", "")) if fault and fault.code == "stale" else [],
    }


def changed_since(seen: Look, version: str) -> list[SealedEntry]:
    """What happened to a case since the version that a form was made for."""
    since = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return [one for one in seen.history.entries if one.seq > since] if since else []


def timeline(seen: Look, kept: str) -> list[SealedEntry]:
    """The log, newest first: everything, what people did, or only their notes."""
    entries = list(reversed(seen.history.entries))
    if kept == "notes":
        return [one for one in entries if one.entry.what == "noted"]
    return [one for one in entries if one.entry.by.kind != "system"] if kept == "people" else entries
