"""What an inspection takes off, for its buyer: agreed to, or objected to, with photos on both sides."""

from __future__ import annotations

from django.http import HttpRequest

from amends.desk.station.object import agree_to, object_to
from amends.facts.log import Actor
from amends.web.front import front
from amends.web.portal.case import buyers_verb
from amends.web.uploads import uploads_of


@buyers_verb("object")
def objects(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will object to what is taken off."""
    object_to(front().station, number, buyer, request.POST.get("objection", "")[:4000], uploads_of(request))
    return "#inspection"


@buyers_verb("agree")
def agrees(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will agree to what is taken off."""
    agree_to(front().station, number, buyer)
    return "#inspection"
