"""A check that was asked for: its buyer may object, and another person looks again."""

from __future__ import annotations

from django.http import HttpRequest

from amends.desk.flags.look_again import look_again
from amends.facts.log import Actor
from amends.web.front import front
from amends.web.portal.case import buyers_verb
from amends.web.uploads import uploads_of


@buyers_verb("look_again")
def objects(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will object to the check."""
    text = request.POST.get("look_again", "")
    look_again(front().flags, front().portal.evidence, number, buyer, text, uploads_of(request))
    return "#check"
