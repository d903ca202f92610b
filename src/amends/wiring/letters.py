"""Messages to buyers as the verbs on cases send them, and the working time of shops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo

from babel.numbers import format_currency

from amends.basics.working_time import add_working, working_between
from amends.basics.zones import local
from amends.facts.letters import Tongue, chosen, render, tongue_of
from amends.facts.work import CaseState
from amends.web.tongues import LOCALES, name_of

_OWN_STORES: Final = frozenset({"direct", "shopify", "woocommerce", "medusa"})


def letters(event: str, state: CaseState, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text of an event's message, by the merchant's own template or the built-in one, in the market's language."""
    from amends.store.shop_pages import DatabaseShops
    from amends.store.templates import DatabaseTemplates

    language = tongue_of(state.market)
    reason = str((state.case.get("request") or {}).get("reason") or "")
    texts = DatabaseTemplates().of_event(state.merchant, event, language)
    template = chosen(texts, state.merchant, event, reason, language)
    look = DatabaseShops().look(state.shop)
    known = {
        "buyer": str((state.case.get("buyer") or {}).get("name") or _friend(language)),
        "order": str((state.case.get("order") or {}).get("id") or state.key),
        "case": state.key,
        "shop": look.title or state.shop,
        "contact": look.contact_mail,
        "deadline": _deadline(state, "merchant" if event == "request_received" else "buyer"),
        "link": link_of(state),
        "return_address": look.return_addresses[0].in_a_line() if look.return_addresses and _goes_back(state) else "",
    }
    return render(event, reason, language, known | _told(values, language), template)


def working_due(shop: str, at: datetime, minutes: int) -> datetime:
    """When so many working minutes of a shop have passed, by the calendar that it keeps."""
    from amends.store.calendars import DatabaseCalendars

    return add_working(DatabaseCalendars().calendar_for(shop).week, at, minutes)


def working_left(shop: str, since: datetime, until: datetime) -> int:
    """The working minutes of a shop between two instants, by the calendar that it keeps."""
    from amends.store.calendars import DatabaseCalendars

    return working_between(DatabaseCalendars().calendar_for(shop).week, since, until)


def hour_of(shop: str, at: datetime) -> int:
    """The hour of a shop's day at an instant, by the calendar that it keeps."""
    from amends.store.calendars import DatabaseCalendars

    return at.astimezone(ZoneInfo(DatabaseCalendars().calendar_for(shop).week.zone)).hour


def _told(values: Mapping[str, str], language: Tongue) -> dict[str, str]:
    """What a verb tells, as people read it: amounts with their sign, remedies by their name."""
    told = {name: value for name, value in values.items() if value.strip()}
    if "amount" in told:
        told["amount"] = _amount(told["amount"], language)
    remedy = told.get("remedy") or told.get("kind")
    if remedy:
        told["remedy"] = name_of("kind", remedy, language)
    return told


def _amount(text: str, language: Tongue) -> str:
    number, _, currency = text.rpartition(" ")
    try:
        return format_currency(Decimal(number), currency, locale=LOCALES[language]) if number else ""
    except InvalidOperation:
        return text


def _friend(language: Tongue) -> str:
    return {"zh": "顾客", "zh_hant": "顧客"}.get(language, "there")


def _goes_back(state: CaseState) -> bool:
    return bool(((state.decision or {}).get("return") or {}).get("required"))


def link_of(state: CaseState) -> str:
    """Where the buyer follows the case; "" where nobody said under which address buyers reach this house, or a platform has its own."""
    from amends.web.portal.token import token_of

    base = buyers_page(state.shop) if state.channel in _OWN_STORES else ""
    return f"{base}/case/{token_of('case', state.number)}" if base else ""


def buyers_page(name: str) -> str:
    """Where a shop's buyers begin; "" where nobody said under which address they reach this house, or there is no such shop."""
    from django.conf import settings

    from amends.store.portal_cases import DatabaseOrderCases
    from amends.web.portal.frame import shop_address

    address = str(getattr(settings, "PUBLIC_ADDRESS", "")).rstrip("/")
    shop = DatabaseOrderCases().shop_called(name) if address else None
    return f"{address}{shop_address(shop)}" if shop else ""


def _deadline(state: CaseState, who: str) -> str:
    """Until when somebody should act by the decision, on the market's wall clock."""
    dues = [
        one["due"]
        for one in (state.decision or {}).get("deadlines") or ()
        if one.get("who") == who and (who == "buyer" or one.get("action") == "respond")
    ]
    return f"{local(datetime.fromisoformat(min(dues)), state.market):%Y-%m-%d %H:%M}" if dues else ""
