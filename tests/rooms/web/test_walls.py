"""Every address × every role × own and other people's data: what is not one's own is as if it were not there.

Whoever adds an address to `web/addresses.py` adds a line to `TABLE`; until then `test_every_address_is_classified` fails.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.facts.imported import ShopSetting
from amends.facts.people import STANDINGS, Person
from amends.web.front import Front, install
from tests.django_house import NOW, fresh_database, plain_front, put_away, start_django
from tests.money_house import POLICY, case_of, desk_of, order_of
from tests.portal_house import picture, upload

NORTH = ShopSetting("north-store", "direct", "DE", "EUR", merchant="north")
SOUTH = ShopSetting("south-store", "shopify", "DE", "EUR", merchant="south")
DONE = frozenset({302, 409})
"""A verb was done, or told why it could not be: either way it was looked at."""
UNSURE = frozenset({403})
"""What changes how one signs in asks for the password first."""
FREE = ""
"""No duty: whoever is signed in."""
OPEN = "open"
"""No sign-in either."""

NO_PAGE = frozenset({404})
BUYERS = {"shop": "north-store"}
"""Pages of a shop's buyers: whoever is signed in at the desk sees no more there than anyone else."""
GUESS = {**BUYERS, "token": "1-guess"}


@dataclass(frozen=True)
class Page:
    """How an address is to be opened. `about`: the names of the numbers in it, each of the one merchant; `form`: sent by POST.

    `duty`: one of `DUTIES`, `FREE` or `OPEN`. `own`: the statuses that are right for whoever may, about their own data.
    """

    duty: str
    about: tuple[str, ...] = ()
    own: frozenset[int] = frozenset({200})
    form: dict[str, str] | None = None
    given: dict[str, str] = field(default_factory=dict)


TABLE: dict[str, Page] = {
    "list": Page("see"),
    "case": Page("see", ("number:case",)),
    "case-new": Page("work"),
    "case-refusal-reasons": Page("work", ("number:case",)),
    "case-files": Page("receive", ("number:case",), DONE, {"text": "none"}),
    "leaving": Page("see"),
    "carrier-claims": Page("work"),
    "case-intercept": Page("work", ("number:case",), DONE, {}),
    "case-intercept-told": Page("work", ("number:case",), DONE, {"row": "1", "move": "accept"}),
    "case-way-back": Page("work", ("number:case",), DONE, {"way": "self"}),
    "case-insurance": Page("work", ("number:case",), DONE, {"move": "note", "insured_by": "buyer"}),
    "case-reimburse": Page("work", ("number:case",), DONE, {"amount": "5.00"}),
    "case-freight-with-refund": Page("work", ("number:case",), DONE, {}),
    "case-carrier-claim": Page("work", ("number:case",), DONE, {"kind": "loss", "waybill": "W123456", "amount": "5"}),
    "case-carrier-claim-moved": Page("work", ("number:case",), DONE, {"row": "1", "move": "send"}),
    "case-reason": Page("work", ("number:case",), DONE, {"reason": "quality"}),
    "case-signal-wrong": Page(
        "work", ("number:case",), DONE, {"code": "used_elsewhere", "waybill": "W123456", "why": "two in one box"}
    ),
    "case-pickup-rates": Page(
        "work", ("number:case",), DONE, {"name": "A", "phone": "13800138000", "state": "B", "city": "C", "street": "1"}
    ),
    "case-label-rates": Page(
        "work", ("number:case",), DONE, {"name": "A", "street": "1", "city": "B", "zip": "2", "country": "US"}
    ),
    "case-label-buy": Page("work", ("number:case",), DONE, {"row": "1", "offer": "x"}),
    "case-label-drop": Page("work", ("number:case",), DONE, {"row": "1"}),
    "case-label-void": Page("work", ("number:case",), DONE, {"row": "1"}),
    "case-label-say": Page("work", ("number:case",), DONE, {"row": "1", "said": "not_bought"}),
    "guards": Page("assign"),
    "guard-statements": Page("assign"),
    "guard-listings": Page("assign"),
    "guard-scores": Page("assign"),
    "guard-rings": Page("assign"),
    "guard-flags": Page("assign"),
    "case-friction": Page("work", ("number:case",), DONE, {"friction": "review"}),
    "case-friction-off": Page("work", ("number:case",), DONE, {}),
    "case-look-again": Page("assign", ("number:case",), DONE, {"answer": "lifted", "why": "x"}),
    "guard-pages": Page("work"),
    "guard-text": Page("work", given={}),
    "gift": Page("work", ("number:case",), DONE, {"kind": "coupon", "what": "x", "cost": "1.00", "note": "n"}),
    "reviews": Page("work"),
    "reviews-file": Page("work", own=frozenset({409}), form={"shop": "south-store"}),
    "review": Page("work", own=frozenset({404}), given={"number": "99007"}),
    "follow-up": Page("work"),
    "follow-up-one": Page("work", own=frozenset({404}), given={"number": "99007"}),
    "win-back": Page("work"),
    "follow-shops": Page("settings"),
    "follow-keep": Page("settings", own=frozenset({404}), form={"delay_hours": "1"}, given={"number": "99007"}),
    "forecast": Page("work"),
    "forecast-export": Page("work", own=frozenset({404})),
    "reports": Page("settings"),
    "report-new": Page("settings"),
    "report": Page("settings", ("number:report",)),
    "report-edit": Page("settings", ("number:report",)),
    "report-page": Page("settings", ("number:report",), frozenset({200, 404}), given={"page": "1"}),
    "report-file": Page("settings", ("number:report",), frozenset({200, 302}), given={"form": "xlsx"}),
    "report-sent": Page("settings", ("number:report",), frozenset({404}), given={"run": "99007", "form": "pdf"}),
    "report-do": Page("settings", ("number:report",), DONE, {}, given={"verb": "off"}),
    "report-receiver": Page(OPEN, own=NO_PAGE, given={"token": "1-guess"}),
    "report-leave": Page(OPEN, own=NO_PAGE, form={}, given={"token": "1-guess"}),
    "prevention": Page("work"),
    "prevention-new": Page(
        "assign", own=frozenset({404}), form={"shop": "x", "place": "sku", "value": "x", "reason": "quality"}
    ),
    "prevention-task": Page("work", own=frozenset({404}), given={"number": "99007"}),
    "metrics": Page("work"),
    "metric": Page("work", given={"code": "time_to_act"}),
    "metric-cases": Page("work"),
    "metric-export": Page("work"),
    "metric-costs": Page("settings"),
    "peek": Page("see", ("number:case",)),
    "list-changes": Page("see"),
    "list-export": Page("work"),
    "list-approve": Page("work", ("number:case",), DONE, {"digest": "0"}),
    "list-take": Page("work", ("number:case",), DONE, {}),
    "list-release": Page("work", ("number:case",), DONE, {}),
    "list-undo": Page("work", ("number:case",), DONE, {}),
    "list-here": Page("see", ("number:case",), form={}),
    "bulk": Page("work", own=frozenset({200}), form={"verb": "take", "all": "yes"}),
    "bulk-run": Page("work", own=frozenset({200}), form={"verb": "take", "case": "1"}),
    "own-views": Page("see"),
    "rename-view": Page("see", own=frozenset({404}), form={"name": "x"}, given={"number": "99007"}),
    "forget-view": Page("see", own=frozenset({404}), form={}, given={"number": "99007"}),
    "guide": Page("see", own=frozenset({302}), form={}),
    "disputes": Page("see"),
    "dispute": Page("see", ("number:dispute",)),
    "dispute-do": Page("work", ("number:dispute",), DONE, {"why": "lost", "exhibit": "x"}, {"verb": "choose"}),
    "dispute-new": Page(
        "work", ("number:case",), DONE, {"sort": "card", "forum": "visa", "reference": "dp_9", "amount": "5"}
    ),
    "alert-hook": Page(OPEN, own=frozenset({404}), form={}, given={"name": "nobody", "token": "x" * 20}),
    "money": Page("see", ("number:case",)),
    "pay-out": Page("work", ("number:case",), DONE, {"digest": "0"}),
    "approve": Page("work", ("number:case", "plan"), DONE, {}),
    "refuse": Page("work", ("number:case", "plan"), DONE, {"note": "no"}),
    "cancel": Page("work", ("number:case", "step"), DONE, {}),
    "prove": Page("work", ("number:case", "step"), DONE, {"proof": "B1"}),
    "extra": Page("work", ("number:case",), DONE, {"turn": "0", "kind": "goodwill", "amount": "1.00", "note": "sorry"}),
    "undo": Page("work", ("number:case", "step"), DONE, {}),
    "money-page": Page("money"),
    "replay": Page("money", ("number:notice",), DONE, {}),
    "settle": Page("money", ("number:difference",), DONE, {"note": "found"}),
    "approvals": Page("work"),
    "show": Page("work", ("number:case",), frozenset({302}), {}),
    "second": Page(OPEN, own=frozenset({302})),
    "passkey-begin": Page(OPEN, form={}),
    "passkey": Page(OPEN, own=frozenset({400}), form={}),
    "join": Page(OPEN, own=frozenset({404}), given={"token": "nobodys"}),
    "me": Page(FREE),
    "sure": Page(FREE, own=frozenset({403}), form={"password": "guess"}),
    "password": Page(FREE, own=frozenset({403}), form={"password": "guess"}),
    "app-begin": Page(FREE, own=UNSURE, form={}),
    "app": Page(FREE, own=UNSURE, form={"code": "123456"}),
    "app-remove": Page(FREE, own=UNSURE, form={}),
    "codes": Page(FREE, own=UNSURE, form={}),
    "passkey-new-begin": Page(FREE, own=frozenset({400}), form={}),
    "passkey-new": Page(FREE, own=frozenset({400}), form={}),
    "passkey-remove": Page(FREE, own=UNSURE, form={}, given={"number": "1"}),
    "session-end": Page(FREE, own=frozenset({302}), form={}, given={"number": "1"}),
    "sessions-end": Page(FREE, own=frozenset({302}), form={}),
    "people": Page("people"),
    "invite": Page("people", own=frozenset({200, 409}), form={"merchant": "north", "role": "agent"}),
    "withdraw": Page("people", ("number:invitation",), DONE, {}),
    "role": Page("people", ("number:member",), DONE, {"merchant": "north", "role": "agent"}),
    "remove": Page("people", ("number:member",), DONE, {"merchant": "north"}),
    "switch": Page("people", ("number:member",), DONE, {"active": "no"}),
    "reset": Page("people", ("number:member",), DONE, {"note": "by telephone"}),
    "merchants": Page("people"),
    "merchant-new": Page("merchants", own=DONE, form={"name": "west", "title": "West"}),
    "merchant-title": Page("people", own=DONE, form={"name": "north", "title": "North"}),
    "merchant-shop": Page("keep", own=DONE, form={"shop": "north-store", "merchant": "south"}),
    "audit": Page("people"),
    "audit-verify": Page("people"),
    "piece": Page("see", ("number:case", "sha256:sha")),
    "piece-page": Page("receive", ("number:case", "sha256:sha"), given={"page": "1"}),
    "piece-cover": Page("receive", ("number:case", "sha256:sha"), DONE, {"page": "1", "boxes": "0,0,100,100"}),
    "piece-hold": Page("settings", ("number:case", "sha256:sha"), DONE, {"do": "hold"}),
    "case-dossier": Page("see", ("number:case",)),
    "dossier-do": Page("work", ("number:case",), DONE, {"forum": "visa", "reason": "13.1"}),
    "dossier-page": Page("see", ("number:case", "dossier"), given={"page": "1"}),
    "dossier-pdf": Page("work", ("number:case", "dossier"), form={}),
    "dossier-export": Page("work", ("number:case", "dossier"), form={}),
    "note-call": Page(
        "receive", ("number:case",), DONE, {"whom": "Anna", "call_at": "2026-11-20T10:00", "call_text": "x"}
    ),
    "keep-talk": Page("receive", ("number:case",), DONE, {}),
    "keep-snapshots": Page("receive", ("number:case",), DONE, {}),
    "goods-preview": Page("see", ("number:proof",)),
    "goods-original": Page("see", ("number:proof",)),
    "settings": Page("settings", own=frozenset({302})),
    "policies": Page("settings"),
    "policy-words": Page("settings"),
    "policy": Page("settings", ("number:policy",)),
    "policy-change": Page(
        "settings", ("number:policy",), frozenset({200, 302, 409}), {"text": "policy: x", "do": "save"}
    ),
    "policy-lint": Page("settings", ("number:policy",), form={"text": "policy: x"}),
    "policy-check": Page("settings", ("number:policy",), form={"text": "policy: x"}),
    "policy-rehearse": Page("settings", ("number:policy",), form={"text": "policy: x"}),
    "policy-case": Page("settings", ("number:policy",), frozenset({404}), {"text": "policy: x"}, {"place": "0"}),
    "policy-versions": Page("settings", ("number:policy",)),
    "policy-version": Page("settings", ("number:policy",), given={"version": "1"}),
    "policy-again": Page("settings", ("number:policy",), frozenset({200, 302, 409}), {}, {"version": "1"}),
    "rehearsals": Page("settings", ("number:policy",)),
    "rehearsal": Page("settings", ("number:policy",), NO_PAGE, given={"run": "99007"}),
    "rehearsal-export": Page("settings", ("number:policy",), NO_PAGE, given={"run": "99007"}),
    "shadow": Page("settings", ("number:policy",)),
    "shadow-export": Page("settings", ("number:policy",), NO_PAGE),
    "tokens": Page("settings"),
    "token-revoke": Page("settings", ("number:token",), DONE, {}),
    "mailboxes": Page("settings"),
    "mailbox": Page("settings", ("number:mailbox",)),
    "mailbox-change": Page("settings", ("number:mailbox",), DONE, {"do": "paused"}),
    "senders": Page("settings"),
    "sender": Page("settings", ("number:shop",)),
    "sender-change": Page("settings", ("number:shop",), DONE, {"do": "off"}),
    "learnt": Page("work", own=frozenset({200, 404})),
    "learnt-answer": Page(
        "assign", own=frozenset({404}), form={"do": "accept", "merchant": "north", "word": "x", "reason": "quality"}
    ),
    "sms-hook": Page(OPEN, own=frozenset({404}), form={}, given={"token": "guess"}),
    "sms-settle": Page("work", ("number:sms",), DONE, {"do": "ignore"}),
    "sms-shops": Page("settings"),
    "sms-shop": Page("settings", ("number:shop",)),
    "sms-change": Page("settings", ("number:shop",), DONE, {"do": "off"}),
    "letters": Page("work"),
    "team": Page("settings"),
    "team-change": Page("settings", ("number:team",), DONE, {"do": "off"}),
    "letter-settle": Page("work", ("number:letter",), DONE, {"do": "drop"}),
    "letter-preview": Page("work", ("number:case",), form={"text": "x"}),
    "mails": Page("work"),
    "mail": Page("work", ("number:mail",)),
    "mail-raw": Page("work", ("number:mail",)),
    "mail-settle": Page("work", ("number:mail",), DONE, {"do": "ignore"}),
    "webhooks": Page("settings"),
    "webhook": Page("settings", ("number:webhook",)),
    "webhook-change": Page("settings", ("number:webhook",), DONE, {"do": "off"}),
    "api-docs": Page(OPEN),
    "api-docs-file": Page(OPEN, given={"file": "swagger-ui.css"}),
    "openapi": Page(OPEN),
    "calendars": Page("settings"),
    "calendar-new": Page("settings"),
    "calendar-preview": Page("settings", form={}),
    "calendar": Page("settings", ("number:calendar",)),
    "calendar-remove": Page("settings", ("number:calendar",), DONE, {}),
    "messages": Page("settings"),
    "message": Page("settings", given={"event": "received"}, own=frozenset({200, 404})),
    "message-preview": Page("settings", given={"event": "received"}, own=frozenset({200, 404}), form={}),
    "shops": Page("settings"),
    "shop": Page("settings", ("number:shop",)),
    "product-pictures": Page("settings", ("number:shop",)),
    "product-picture": Page("settings", ("number:shop",), NO_PAGE, given={"place": "99007"}),
    "product-picture-remove": Page("settings", ("number:shop",), frozenset({302}), {}, given={"place": "99007"}),
    "shop-logo": Page("settings", ("number:shop",), frozenset({404}), given={"sha256": "0" * 64}),
    "connect": Page("settings"),
    "connect-shop": Page("settings", given={"channel": "douyin"}),
    "connections": Page("settings"),
    "connection": Page("settings", ("number:connection",)),
    "connection-do": Page("settings", ("number:connection",), DONE, {"do": "pause"}),
    "connection-backfills": Page("settings", ("number:connection",)),
    "connection-step": Page("settings", ("number:connection",), given={"step": "keys"}),
    "push": Page(OPEN, own=frozenset({404}), form={}, given={"push_name": "nobodys"}),
    "station": Page("receive"),
    "station-keep": Page("receive"),
    "station-keep-one": Page("receive", own=DONE, form={"shop": "north-store", "waybill": "ZZ100"}),
    "station-case": Page("receive", ("number:case",)),
    "station-receive": Page("receive", ("number:case",), DONE, {"grams": "100"}),
    "station-back": Page("receive", ("number:case",), DONE, {"how": "refused"}),
    "station-wrong": Page("receive", ("number:case",), DONE, {"waybill": "ZZ101"}),
    "station-inspect": Page("receive", ("number:case",), DONE, {"grade-0": "A"}),
    "station-dispose": Page("receive", ("number:case",), DONE, {}),
    "station-parcel": Page("receive", ("number:stray",)),
    "station-match": Page("receive", ("number:stray",), DONE, {"case": "C-north"}),
    "station-gone": Page("receive", ("number:stray",), DONE, {"became": "sent on"}),
    "station-label": Page("receive", ("number:stray",)),
    "practice": Page("see"),
    "practice-new": Page("see", own=frozenset({302}), form={}),
    "practice-round": Page("see", own=frozenset({404}), given={"number": "99007"}),
    "rules": Page("see"),
    "rules-booklet": Page("see"),
    "rule": Page("see", own=frozenset({404}), given={"rule": "none.such"}),
    "sign-in": Page(OPEN, own=frozenset({200, 302})),
    "sign-out": Page(FREE, own=frozenset({302}), form={}),
    "merchant": Page(FREE, own=frozenset({302}), form={"merchant": "north"}),
    "language": Page(OPEN, own=frozenset({302}), form={"language": "en"}),
    "look": Page(OPEN, own=frozenset({302}), form={"look": "dark"}),
    "hook": Page(OPEN, own=frozenset({404}), form={}, given={"gateway": "nobody"}),
    "carrier-hook": Page(OPEN, own=frozenset({404}), form={}, given={"network": "nobody", "secret": "guess"}),
    "health": Page(OPEN),
    "file-preview": Page("see", ("sha256:sha",)),
    "file-original": Page("see", ("sha256:sha",)),
    "withdrawals": Page("work"),
    "withdrawal-settle": Page("work", ("number:statement",), DONE, {"note": "found"}),
    "portal": Page(OPEN, given=BUYERS),
    "portal-leave": Page(OPEN, own=frozenset({302}), form={}, given=BUYERS),
    "portal-look": Page(OPEN, given=BUYERS),
    "portal-logo": Page(OPEN, own=frozenset({404}), given={**BUYERS, "sha256": "0" * 64}),
    "portal-order": Page(OPEN, own=frozenset({302}), given=BUYERS),
    "portal-ask": Page(OPEN, own=frozenset({302}), given=BUYERS),
    "portal-preview": Page(OPEN, own=frozenset({403}), given=BUYERS),
    "portal-withdraw": Page(OPEN, given=BUYERS),
    "portal-withdraw-confirm": Page(OPEN, own=frozenset({302}), form={}, given=BUYERS),
    "portal-withdraw-received": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-withdraw-receipt": Page(OPEN, own=NO_PAGE, given={**GUESS, "form": "txt"}),
    "portal-choose": Page(OPEN, own=NO_PAGE, form={"choice": "1"}, given=GUESS),
    "portal-consent": Page(OPEN, own=NO_PAGE, form={"says": "yes"}, given=GUESS),
    "portal-case": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-receipt": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-slip": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-label": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-say": Page(OPEN, own=NO_PAGE, form={"text": "x"}, given=GUESS),
    "portal-give": Page(OPEN, own=NO_PAGE, form={"text": "x"}, given=GUESS),
    "portal-answer": Page(OPEN, own=NO_PAGE, form={}, given=GUESS),
    "portal-sent": Page(OPEN, own=NO_PAGE, form={}, given=GUESS),
    "portal-object": Page(OPEN, own=NO_PAGE, form={"objection": "x"}, given=GUESS),
    "portal-agree": Page(OPEN, own=NO_PAGE, form={}, given=GUESS),
    "portal-look-again": Page(OPEN, own=NO_PAGE, form={"look_again": "x"}, given=GUESS),
    "portal-survey": Page(OPEN, own=NO_PAGE, given=GUESS),
    "portal-no-more": Page(OPEN, own=NO_PAGE, form={}, given=GUESS),
    "portal-take-back": Page(OPEN, own=NO_PAGE, form={}, given=GUESS),
    "portal-file": Page(OPEN, own=NO_PAGE, given={**GUESS, "sha256": "0" * 64}),
}
VERBS = {
    "work": "approve yes no take-back refuse offer take-back-offer buyers-answer ask withdraw close reopen settle split merge escalate "
    "assign take release message undo stop deed-done deed-drop deed-again return-address "
    "choose choices advance protect let-go charge",
    "receive": "evidence receive inspect sent return-goods lost replacement-lost ship delivered note follow "
    "quote repair repaired failed",
}
"""The verbs on a case by the duty they need; each address is `case-VERB`, with a form that says a little of everything."""
TYPED = {
    "why": "as it says",
    "text": "as it says",
    "waybill": "SF100200",
    "kind": "photo",
    "by": "merchant",
    "grade": "A",
}
TABLE |= {
    f"case-{verb}": Page(duty, ("number:case",), DONE, TYPED) for duty, verbs in VERBS.items() for verb in verbs.split()
}
NOBODYS = {
    "case": 99_001, "plan": 99_002, "step": 99_003, "notice": 99_004, "difference": 99_005, "invitation": 99_006,
    "member": 99_007, "policy": 99_008, "calendar": 99_009, "shop": 99_010, "token": 99_011, "webhook": 99_012,
    "sha": "f" * 64, "statement": 99_013, "mailbox": 99_014, "mail": 99_015, "proof": 99_030, "dispute": 99_031, "connection": 99_016,
    "dossier": 99_032, "stray": 99_033, "letter": 99_040, "team": 99_041, "report": 99_042, "sms": 99_043,
}  # fmt: skip


TOLD = {"number:notice", "number:difference", "number:invitation", "number:member"}
"""What is not there is told on the page of its list, in the words of what was never there."""


Numbers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def prepared(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Front, Numbers]:
    """A database file with two merchants, the front over it, and the keys of all that they have."""
    from tests.case_house import case_desk

    folder = tmp_path_factory.mktemp("merchants")
    fresh_database(folder, like=filled)
    front = replace(plain_front(folder), money=desk_of(), desk=case_desk())
    install(front)
    numbers = {shop.merchant: everything_of(shop) for shop in (NORTH, SOUTH)}
    return put_away(folder), front, numbers


@pytest.fixture
def database(prepared: tuple[Path, Front, Numbers]) -> Iterator[Path]:
    """One database for the whole module: what `open_at` does is taken back."""
    from django.core.cache import cache
    from django.db import connection

    file, front, _ = prepared
    start_django(file.parent)
    install(front)
    yield file.parent
    cache.clear()
    connection.close()


@pytest.fixture
def walls(database: Path, prepared: tuple[Path, Front, Numbers]) -> Numbers:
    """Two merchants with everything that an address can be about, for tests that change nothing."""
    return prepared[2]


@pytest.fixture
def merchants(tmp_path: Path, database: Path, prepared: tuple[Path, Front, Numbers]) -> Numbers:
    """The same in a database of the test's own, which it may change."""
    file, front, numbers = prepared
    put_away(database)
    fresh_database(tmp_path, front, like=file)
    return numbers


def everything_of(shop: ShopSetting) -> dict[str, Any]:
    """A case with a plan that waits and a step in trouble, a difference and a notice of a merchant; the keys of each."""
    from amends.store.models import DifferenceRow, NoticeRow, PayStep, Shop

    order = order_of(order=f"O-{shop.merchant}", buyer={"name": f"buyer of {shop.merchant}"})
    number = case_of(order, key=f"C-{shop.merchant}", shop=shop)
    desk, an = desk_of(), Person("an", "agent")
    seen = desk.look(number, an)
    assert seen.plan
    plan = desk.pay_out(number, seen.plan.digest, an)
    step = plan.steps[0].number
    given = desk.extra(number, 0, "goodwill", "1.00", f"note of {shop.merchant}", an)
    PayStep.objects.filter(pk=given.steps[0].number).update(state="unknown", alarm=f"alarm of {shop.merchant}")
    difference = DifferenceRow.objects.create(
        source="stripe", kind="amount", subject=shop.merchant, step_id=step, says_en=f"says {shop.merchant}",
        says_zh=f"说 {shop.merchant}", found_at=NOW, currency="EUR", ours_minor=1, theirs_minor=2,
    )  # fmt: skip
    notice = NoticeRow.objects.create(
        source="stripe", name=f"evt {shop.merchant}", body=b"{}", at=NOW, state="exception",
        shop=Shop.objects.get(name=shop.name),
    )  # fmt: skip
    return {
        "case": number,
        "plan": plan.number,
        "step": step,
        "difference": difference.pk,
        "notice": notice.pk,
        "dispute": dispute_of(shop, number),
        **buyers_of(shop, number),
        "dossier": dossier_of(number),
        "letter": letter_of(number, shop.merchant),
        "team": team_of(shop.merchant),
        "sms": sms_of(shop.name),
        "report": report_of(shop),
        **people_of(shop.merchant),
        **settings_of(shop),
    }


def sms_of(shop: str) -> int:
    """A text message that waits for a person."""
    from amends.facts.sms import SmsIn
    from amends.store.models import Shop
    from amends.store.sms_in import DatabaseSmsIn

    found = DatabaseSmsIn().keep(Shop.objects.get(name=shop).pk, SmsIn(f"sms of {shop}", "+49151000000", "hi"), NOW)
    assert found
    return found


def dispute_of(shop: ShopSetting, case: int) -> int:
    """A charge-back of a case's payment."""
    from amends.desk.disputes.rule import NewDispute, open_by_hand
    from amends.web.front import front

    new = NewDispute("card", "visa", "13.1", f"dp of {shop.merchant}", "90", "", NOW, NOW + timedelta(days=9))
    return open_by_hand(front().disputes, case, Person("boss", "manager"), new)


def dossier_of(case: int) -> int:
    """A built dossier of a case."""
    from amends.desk.dossiers.build import DossierRounds
    from amends.desk.dossiers.desk import ask
    from amends.web.front import front

    asked = ask(front().dossiers, case, Person("an", "agent"), "visa", "13.1")
    DossierRounds(front().dossiers).look()
    return asked.number


def buyers_of(shop: ShopSetting, case: int) -> dict[str, Any]:
    """A photo of a case and a statement of withdrawal that fits no order."""
    from amends.facts.log import Actor
    from amends.facts.station import NewStray
    from amends.facts.vault import GoodsOf
    from amends.facts.withdrawal import Statement
    from amends.web.front import front

    desk = front().portal
    photo = upload(picture(size=(30 + (shop.merchant == "south"), 20)))
    with desk.evidence.receiving([photo]) as received:
        received.keep(case, "buyer", f"buyer of {shop.merchant}", NOW)
        sha = received.pieces[0].sha256
    with desk.evidence.shelf.receiving([upload(picture(size=(50 + (shop.merchant == "south"), 20)))]) as received:
        received.keep_for_goods(GoodsOf(shop.name, f"O-{shop.merchant}"), Actor("person", "wu"), NOW, "folder")
    (proof,) = front().vault.goods.of_parcel(shop.name, f"O-{shop.merchant}", "")
    stray = front().station.book.put_stray(NewStray(shop.name, waybill=f"ZZ{shop.merchant}"), "wu", NOW)
    said = Statement(f"Jo {shop.merchant}", f"order {shop.merchant}", "jo@example.com", "en", shop.merchant)
    return {
        "sha": sha,
        "proof": proof.number,
        "stray": stray,
        "statement": desk.statements.put(shop.name, said, (), NOW, None, False).number,
    }


def settings_of(shop: ShopSetting) -> dict[str, int]:
    """A policy with a live version, a calendar and the shop of a merchant."""
    from amends.store.models import CalendarRow, PolicyRow, PolicyVersion, Shop

    policy = PolicyRow.objects.create(merchant=shop.merchant, name=f"policy of {shop.merchant}")
    PolicyVersion.objects.create(
        policy=policy,
        number=1,
        text=POLICY,
        sha256="0" * 64,
        state="live",
        made_by=f"boss of {shop.merchant}",
        made_at=NOW,
    )
    week = [["09:00", "18:00"]]
    calendar = CalendarRow.objects.create(
        merchant=shop.merchant, name=f"calendar of {shop.merchant}", zone="Europe/Berlin", week=[week] * 7
    )
    return {
        "policy": policy.pk,
        "calendar": calendar.pk,
        "shop": Shop.objects.get(name=shop.name).pk,
        **api_of(shop.merchant),
        **mail_of(shop.merchant),
    }


def team_of(merchant: str) -> int:
    """A chat of a merchant's team."""
    from amends.facts.team import TeamHook, TeamKeys
    from amends.web.front import front

    hook = TeamHook(0, merchant, "", "slack", "en", ("risk",), "", False, None)
    keeper = Person(f"boss of {merchant}", "manager", frozenset({merchant}))
    return front().talk.team.make(hook, TeamKeys(f"https://{merchant}.example/hook", ""), keeper).number


def report_of(shop: ShopSetting) -> int:
    """A report of a merchant with an address that was asked."""
    from amends.store.models import ReportReceiverRow
    from amends.web.front import front

    keeper = Person(f"boss of {shop.merchant}", "manager", frozenset({shop.merchant}))
    told = {"name": f"report of {shop.merchant}", "home": shop.name, "currency": "EUR", "cadence": "daily"}
    number = front().reports.save(keeper, None, told, ["refund_time"], [])
    ReportReceiverRow.objects.create(report_id=number, address=f"ann@{shop.merchant}.example", by="boss", at=NOW)
    return number


def letter_of(case: int, merchant: str) -> int:
    """A mail out that failed."""
    from amends.store.models import PostRow
    from amends.store.seal import seal

    told = f'{{"to": "jo@{merchant}.example", "subject": "letter of {merchant}", "text": "x"}}'
    return PostRow.objects.create(
        case_id=case,
        name=f"<{merchant}>",
        sealed=seal(told, "post"),
        state="failed",
        code="refused",
        made_at=NOW,
        begun_at=NOW,
    ).pk


def mail_of(merchant: str) -> dict[str, int]:
    """A mailbox of a merchant, and a mail that waits in it."""
    from amends.facts.mail import MailboxKeys
    from amends.store.models import MailRow
    from amends.web.front import front

    keeper, desk = Person(f"boss of {merchant}", "manager", frozenset({merchant})), front().mail
    keys = MailboxKeys("imap.example", 993, True, f"service@{merchant}.example", "x", "INBOX")
    box = desk.save(None, merchant, keys, keeper)
    desk.mails.take(box, f"From: mail of {merchant} <a@{merchant}.example>\r\n\r\nhello".encode())
    return {"mailbox": box.number, "mail": MailRow.objects.get(mailbox=box.number).pk}


def api_of(merchant: str) -> dict[str, int]:
    """A token, a webhook and a connection of a merchant."""
    from amends.web.front import front

    keeper, desk = Person(f"boss of {merchant}", "manager", frozenset({merchant})), front().api
    token, _ = desk.tokens.make(keeper, f"system of {merchant}", merchant, "agent", ["cases:read"])
    hook = desk.webhooks.make(keeper, merchant, f"https://{merchant}.example/hook", ["case.*"])
    connection = front().connect.begin(
        keeper, f"{merchant} by wire", "douyin", market="CN", currency="CNY", merchant=merchant
    )
    return {"token": token.number, "webhook": hook.number, "connection": connection.number}


def people_of(merchant: str) -> dict[str, int]:
    """A colleague and an open invitation of a merchant."""
    from django.contrib.auth.models import User

    from amends.facts.audit import Deed
    from amends.store.members import give_role
    from amends.store.models import Invitation
    from amends.store.people_book import DatabasePeople

    member = User.objects.create(username=f"colleague of {merchant}")
    give_role(member.username, "agent", merchant)
    deed = Deed(f"boss of {merchant}", "invited", merchant, note="agent")
    DatabasePeople().invite(merchant, "agent", f"guest of {merchant}", NOW + timedelta(days=7), deed, NOW)
    return {"member": member.pk, "invitation": Invitation.objects.latest("pk").pk}


def browser(role: str, merchant: str = "north") -> Any:
    """A browser in which a person with this role at this merchant is signed in; English."""
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role

    name = f"{role}-{merchant}"
    user, _ = User.objects.get_or_create(username=name)
    give_role(name, role, merchant)
    user.refresh_from_db()
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    client.force_login(user)
    return client


@functools.cache
def key_of(role: str) -> str:
    """The cookie of a person with this role in the module's own database, who signed in once."""
    from django.conf import settings

    return str(browser(role).cookies[settings.SESSION_COOKIE_NAME].value)


def known_browser(role: str) -> Any:
    """A browser in which a person with this role is signed in already; only for tests with `walls`."""
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    client.cookies[settings.SESSION_COOKIE_NAME] = key_of(role)
    return client


def open_at(client: Any, name: str, numbers: dict[str, int]) -> Any:
    """The answer of an address about these numbers; whatever it did is taken back."""
    from django.db import transaction
    from django.http import HttpResponse
    from django.urls import reverse

    page = TABLE[name]
    kwargs: dict[str, Any] = dict(page.given)
    for one in page.about:
        argument, _, kind = one.partition(":")
        kwargs[argument] = numbers[kind or argument]
    address = reverse(name, kwargs=kwargs)
    with transaction.atomic():
        answer = client.get(address) if page.form is None else client.post(address, page.form)
        if answer.streaming:
            answer = HttpResponse(b"".join(answer.streaming_content), status=answer.status_code)
        transaction.set_rollback(True)
    return answer


def may(role: str, page: Page) -> bool:
    return page.duty in (FREE, OPEN) or Person("", role).may(page.duty)


def names() -> list[str]:
    from amends.web.addresses import urlpatterns

    return [str(pattern.name) for pattern in urlpatterns if hasattr(pattern, "name")]


def test_every_address_is_classified(database: Any) -> None:
    assert sorted(names()) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_every_role_does_what_it_may_with_its_own(walls: Any, name: str) -> None:
    page = TABLE[name]
    for role in STANDINGS:
        status = open_at(known_browser(role), name, walls["north"]).status_code
        assert status in (page.own if may(role, page) else {403}), role


@pytest.mark.parametrize("name", [name for name, page in TABLE.items() if page.about])
def test_what_is_anothers_is_as_if_it_were_not_there(walls: Any, name: str) -> None:
    page = TABLE[name]
    for role in STANDINGS:
        client = known_browser(role)
        foreign, nobodys = open_at(client, name, walls["south"]), open_at(client, name, NOBODYS)
        if role == "admin":
            assert foreign.status_code in page.own
        elif not may(role, page):
            assert foreign.status_code == 403
        else:
            assert foreign.status_code == nobodys.status_code, role
            assert foreign.status_code == (409 if set(page.about) & TOLD else 404), role
            assert "south" not in foreign.content.decode(), role


@pytest.mark.parametrize("name", [name for name, page in TABLE.items() if len(page.about) > 1])
def test_another_merchants_part_of_an_own_case_is_not_there(walls: Any, name: str) -> None:
    mixed = {**walls["south"], "case": walls["north"]["case"]}
    answer = open_at(known_browser("manager"), name, mixed)
    assert answer.status_code in (404, 409)
    assert answer.status_code == 404 or "has no" in answer.content.decode()


@pytest.mark.parametrize("name", [name for name, page in TABLE.items() if page.duty != OPEN])
def test_strangers_are_asked_to_sign_in(walls: Any, stranger: Any, name: str) -> None:
    answer = open_at(stranger, name, walls["north"])
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


READ = [name for name, page in TABLE.items() if page.form is None and page.duty != OPEN and name != "policy-words"]
"""Pages that can be read; the words that the editor completes, and the wizard's first page, name every channel there is."""


@pytest.mark.parametrize("name", READ)
def test_no_page_that_can_be_read_names_another_merchant(walls: Any, name: str) -> None:
    shown = open_at(known_browser("manager"), name, walls["north"]).content.decode(errors="replace")
    assert "south" not in shown
    assert name in ("policy-words", "connect") or "shopify" not in shown.lower()


@pytest.mark.parametrize(
    "asked", ["q=O-south", "q=C-south", "shop=south-store", "platform=shopify", "q=buyer+of+south"]
)
def test_search_filters_and_counts_find_nothing_behind_the_wall(merchants: Any, asked: str) -> None:
    south = f'href="/cases/{merchants["south"]["case"]}?'
    shown = browser("manager").get(f"/?{asked}").content.decode()
    assert south not in shown
    assert "No case matches." in shown
    assert south in browser("admin").get(f"/?{asked}").content.decode()


def test_counts_are_of_the_own_cases(merchants: Any) -> None:
    for merchant in ("north", "south"):
        page = browser("manager", merchant).get("/").content.decode()
        assert ">1 case<" in page
        assert '<span>All open</span><b class="num ">1</b>' in page
    assert ">5 cases<" in browser("admin").get("/").content.decode()


@contextmanager
def agency() -> Iterator[Any]:
    """A browser of a person who is a manager in the north and an agent in the south."""
    from amends.store.members import give_role

    client = browser("manager")
    give_role("manager-north", "agent", "south")
    yield client


def test_one_who_works_for_two_acts_with_the_lower_role_until_one_is_chosen(merchants: Any) -> None:
    with agency() as client:
        both = client.get("/").content.decode()
        assert "O-north" in both
        assert "O-south" in both
        refused = client.get("/money")
        assert refused.status_code == 403
        assert "Act for north (Manager)" in refused.content.decode()
        client.post("/merchant", {"merchant": "north", "next": "/money"})
        assert client.get("/money").status_code == 200
        assert "O-south" not in client.get("/").content.decode()
        assert client.get(f"/cases/{merchants['south']['case']}").status_code == 404
        client.post("/merchant", {"merchant": "south"})
        assert client.get("/money").status_code == 403
        client.post("/merchant", {"merchant": ""})
        assert "O-north" in client.get("/").content.decode()


def test_nobody_can_choose_a_merchant_that_is_not_theirs(merchants: Any) -> None:
    client = browser("manager")
    client.post("/merchant", {"merchant": "south"})
    assert "O-south" not in client.get("/").content.decode()
    session = client.session
    session["merchant"] = "south"
    session.save()
    assert "O-south" not in client.get("/").content.decode()


def test_a_seat_that_is_taken_away_is_gone_at_the_next_click(merchants: Any) -> None:
    from amends.store.models import Membership

    client = browser("manager")
    assert client.get(f"/cases/{merchants['north']['case']}").status_code == 200
    Membership.objects.filter(user__username="manager-north").delete()
    assert client.get(f"/cases/{merchants['north']['case']}").status_code == 404


def test_a_page_asks_once_who_the_person_is(merchants: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser("manager")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/cases/{merchants['north']['case']}")
    assert len([one for one in asked if '"store_merchant"."title"' in one["sql"]]) == 1


def test_what_fits_no_merchant_waits_for_those_who_see_all(merchants: Any) -> None:
    from amends.store.models import NoticeRow, Shop

    NoticeRow.objects.create(source="stripe", name="evt loose", body=b"{}", at=NOW, state="refused", reason="loose one")
    assert "loose one" not in browser("manager").get("/money").content.decode()
    assert "loose one" in browser("admin").get("/money").content.decode()
    Shop.objects.exclude(merchant="north").update(merchant="north")
    assert "loose one" in browser("manager").get("/money").content.decode()


@pytest.mark.parametrize(("language", "told"), [("en", "Roles that may:"), ("zh-hans", "可以这样做的角色：")])
def test_a_page_that_is_not_allowed_says_who_may(merchants: Any, language: str, told: str) -> None:
    answer = browser("agent").get("/money", headers={"accept-language": language})
    assert answer.status_code == 403
    assert told in answer.content.decode()
