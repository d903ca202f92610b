"""Deciding without keeping anything, and what decides: policies and rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from amends.decide.policy.check.flaws import Flaw
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.decide_case import decide_case
from amends.facts.fields import UnableToReadCase
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.learn.rule_catalogue import cite
from amends.web.api import answers_house as h
from amends.web.api import told
from amends.web.api.calls import allowed
from amends.web.api.routes import answers, scoped
from amends.web.api.schemas import DecideIn
from amends.web.api.schemas_house import PolicyTextIn
from amends.web.front import front
from amends.web.setup.checking import findings

router: Final = Router(tags=["rulings"])


def _moment(text: str) -> datetime:
    if not text:
        return front().now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 1970 < found.year < 2200:
        raise bad_value("at", "a time with its offset, such as 2026-11-26T10:00:00+08:00", "须为带时区的 ISO 8601 时间")
    return found


@router.post("/decide", response=answers(h.DecisionTold), operation_id="decide", summary="Decide a case file",
             openapi_extra=scoped("cases:read"))  # fmt: skip
def decide(request: HttpRequest, body: Annotated[DecideIn, Body()]) -> HttpResponse:
    """Nothing is kept: the same file at the same moment gives the same decision."""
    person, house = allowed(request, "cases:read"), front().desk.house
    try:
        case = read_case(body.file)
        if body.shop:
            _own_shop(person, body.shop)
        policy = house.policy_for(body.shop, case.market, case.shop.channel)
        found = decide_case(body.file, _moment(body.at), house.rulebooks, policy)
    except UnableToReadCase as fault:
        raise bad_value(fault.path, fault.message, f"字段 {fault.path} 有误：{fault.message}") from fault
    return told.reply(request, {"decision": dict(found)})


def _own_shop(person: Person, name: str) -> None:
    shop = front().orders.shelf.shop(name)
    if shop is None or not person.may_see(shop[0]):
        raise UnableToWork("not_found", f"there is no shop {name}", f"没有店铺 {name}", "shop")


@router.get("/policies", response=answers(h.PoliciesTold), operation_id="list_policies", summary="The policies",
            openapi_extra=scoped("settings:read"))  # fmt: skip
def policies(request: HttpRequest) -> HttpResponse:
    """Each with the version that speaks."""
    person = allowed(request, "settings:read")
    items = [
        {
            "id": one.number,
            "merchant": one.merchant,
            "name": one.name,
            "live_version": one.live.number if one.live else None,
        }
        for one in front().settings.policies.policies(person)
    ]
    return told.reply(request, {"items": items})


@router.post("/policies/check", response=answers(h.CheckTold) | {202: h.CheckTold}, operation_id="check_policy",
             summary="Check a policy's text", openapi_extra=scoped("settings:read"))  # fmt: skip
def check(request: HttpRequest, body: Annotated[PolicyTextIn, Body()]) -> HttpResponse:
    """No flaw is a proof. 202: the check is at work; ask again with the same text in a second or two."""
    allowed(request, "settings:read")
    desk = front().settings.policies
    faults = [{"line": one.line, "path": one.path, "message": one.message} for one in desk.lint(body.text)]
    if faults:
        return told.reply(request, {"ok": False, "faults": faults, "flaws": []})
    found = findings(desk, body.text, front().now())
    if found is None:
        answer = told.reply(request, {"ok": False, "faults": [], "flaws": []})
        answer.status_code = 202
        answer.headers["Retry-After"] = "2"
        return answer
    return told.reply(request, {"ok": not found, "faults": [], "flaws": [_flaw(one) for one in found]})


def _flaw(one: Flaw) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "severity": one.severity,
        "rule": one.rule,
        "line": one.line,
        "says": told.words(one.says),
        "case": one.case,
        "against": list(one.against),
    }


@router.get("/rules", response=answers(h.RulesTold), operation_id="list_rules", summary="Every rule",
            openapi_extra=scoped("settings:read"))  # fmt: skip
def rules(request: HttpRequest) -> HttpResponse:
    """What can take part in a decision, with its source."""
    allowed(request, "settings:read")
    items = [
        {
            "id": rule.id,
            "layer": rule.layer,
            "effect": rule.effect,
            "pack": pack.id,
            "source": "; ".join([one.text for one in cite(pack, rule.source, "en")]),
            "title": told.words(rule.title),
        }
        for pack in front().rules.packs()
        for rule in pack.rules
    ]
    return told.reply(request, {"items": items})
