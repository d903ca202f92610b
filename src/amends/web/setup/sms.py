"""The pages of text messages: by which provider and with which texts each shop sends them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.settings.gate import UnableToSet
from amends.facts.sms import PLACES, SMS_EVENTS, SMS_PROVIDERS, SmsProvider, SmsSender, SmsText, plain
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.senders import HOURS, hour_in

_FIELDS: Final = ("provider", "account", "sign", "price", "currency", "quiet_from", "quiet_to")


@require_safe
@keepers_only
def shops(request: HttpRequest) -> HttpResponse:
    """Will list how every shop sends text messages."""
    return render(request, "setup/sms.html", {"senders": front().talk.sms.all(acting(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def shop(request: HttpRequest, number: int) -> HttpResponse:
    """Will show how one shop sends them, and keep what was typed."""
    kept = _mine(request, number)
    if request.method != "POST":
        return _one(request, kept)
    try:
        front().talk.sms.save(_typed(kept, request.POST), request.POST.get("secret", "")[:200], acting(request))
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault, "typed": request.POST}, 409)
    return HttpResponseRedirect(f"/settings/sms/{number}?saved=1")


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will do what was pressed: send a trial message, turn them on or off."""
    kept, desk, person = _mine(request, number), front().talk.sms, acting(request)
    try:
        if request.POST.get("do", "") == "test":
            to = request.POST.get("to", "")[:40]
            outcome = desk.test(number, person, to)
            return _one(request, kept, {"outcome": outcome, "to": to}, 200 if outcome.end == "sent" else 409)
        desk.turn(number, person, on=request.POST.get("do") == "on")
    except UnableToSet as fault:
        return _one(request, kept, {"fault": fault}, 409)
    return HttpResponseRedirect(f"/settings/sms/{number}")


def _mine(request: HttpRequest, number: int) -> SmsSender:
    if number >= 2**63:
        raise Http404
    try:
        return front().talk.sms.get(number, acting(request))
    except UnableToSet as fault:
        raise Http404 from fault


def _typed(kept: SmsSender, typed: QueryDict) -> SmsSender:
    chosen = typed.get("provider", "")
    provider: SmsProvider | None = next((one for one in SMS_PROVIDERS if one == chosen), None)
    if provider is None:
        raise UnableToSet("provider: choose one of those shown", "provider：请选择列出的服务商", "provider")
    texts = {
        event: SmsText(typed.get(f"code_{event}", "").strip()[:40], typed.get(f"text_{event}", "").strip()[:1000])
        for event in SMS_EVENTS
    }
    return SmsSender(
        shop=kept.shop,
        number=kept.number,
        merchant=kept.merchant,
        provider=provider,
        account=typed.get("account", "").strip()[:80],
        sign=typed.get("sign", "").strip()[:40],
        texts={event: one for event, one in texts.items() if one.text or one.code},
        price=_price(typed.get("price", "")),
        currency=typed.get("currency", "").strip().upper()[:3],
        quiet_from=hour_in(typed, "quiet_from"),
        quiet_to=hour_in(typed, "quiet_to"),
    )


def _price(text: str) -> Decimal:
    try:
        found = Decimal(text.strip()[:12] or "0")
    except InvalidOperation as fault:
        raise UnableToSet("price: a number such as 0.045", "price：请填写数字，如 0.045", "price") from fault
    if not found.is_finite():
        raise UnableToSet("price: a number such as 0.045", "price：请填写数字，如 0.045", "price")
    return found


def _one(request: HttpRequest, kept: SmsSender, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    fresh, typed = front().talk.sms.get(kept.number, acting(request)), (more or {}).get("typed")
    shown = {name: _text(getattr(fresh, name)) for name in _FIELDS}
    if typed:
        shown = {name: typed.get(name, "") for name in _FIELDS}
    given = {
        "sender": fresh,
        "form": shown,
        "texts": [_row(event, fresh, typed) for event in SMS_EVENTS],
        "providers": SMS_PROVIDERS,
        "places": [f"{{{one}}}" for one in PLACES],
        "hook": front().talk.sms.senders.hook(fresh.shop),
        "hours": HOURS,
        "saved": "saved" in request.GET,
    }
    return render(request, "setup/sms_shop.html", given | (more or {}), status=status)


def _row(event: str, kept: SmsSender, typed: QueryDict | None) -> tuple[str, str, str]:
    if typed is not None:
        return event, typed.get(f"code_{event}", ""), typed.get(f"text_{event}", "")
    one = kept.texts.get(event, SmsText("", ""))
    return event, one.code, one.text


def _text(value: Any) -> str:
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)
