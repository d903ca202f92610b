"""What the buyer does about a remedy on their page: chooses what goes out, says yes or no to what it costs."""

from __future__ import annotations

from django.http import HttpRequest

from amends.desk.cases.charges import answer_charge
from amends.desk.cases.faults import bad_value
from amends.desk.cases.going_out import pick
from amends.facts.log import Actor
from amends.web.front import front
from amends.web.portal.case import buyers_verb


@buyers_verb("chosen")
def choose(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will choose what goes out."""
    pick(front().portal.cases, number, buyer, _number(request.POST.get("choice", "")))
    return "#remedy"


@buyers_verb("consented")
def consent(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will say yes or no to money that is asked for."""
    says = request.POST.get("says")
    if says not in ("yes", "no"):
        raise bad_value("says", "accept or decline", "请选择接受或拒绝")
    if says == "yes" and request.POST.get("agree") != "yes":
        raise bad_value("agree", "tick the box to agree", "请勾选同意")
    charge = _number(request.POST.get("charge", ""))
    why = request.POST.get("why", "")
    answer_charge(front().portal.cases, number, buyer, charge, accepts=says == "yes", why=why)
    return "#remedy"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
