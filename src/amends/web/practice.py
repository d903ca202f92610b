"""Practice: begin a round, decide its cases one by one, and see by topic how that went."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.practice.desk import Sitting, UnableToAnswer, UnableToPractise
from amends.facts.codes import GOODS_STATES
from amends.facts.practice import Question, Round, tallies
from amends.learn.case_view import LAYERS
from amends.learn.rule_catalogue import rules_by_id
from amends.web.front import front
from amends.web.who import acting, needs

_BEYOND = 10**12


@require_safe
@needs("see")
def practice(request: HttpRequest) -> HttpResponse:
    """Will show how the person does by topic, the newest rounds, and to whoever gives work the team's."""
    desk, me = front().practice, acting(request)
    rounds = desk.rounds(me)
    shown = {
        "progress": desk.progress(me),
        "rounds": rounds,
        "open": next((one for one in rounds if one.over is None), None),
        "team": desk.team(me),
    }
    return render(request, "practice.html", shown)


@require_POST
@needs("see")
def begin(request: HttpRequest) -> HttpResponse:
    """Will begin a round, or lead to the one that is open."""
    return HttpResponseRedirect(f"/practice/{front().practice.begin(acting(request))}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see")
def round_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will ask about the next case of a round, keep what was chosen, and show what was right; at its end the score."""
    desk, me = front().practice, acting(request)
    given, fault = request.POST, ""
    try:
        if number > _BEYOND:
            raise UnableToPractise(str(number))
        place = _place(given.get("place") if request.method == "POST" else request.GET.get("place"))
        if request.method == "POST":
            try:
                desk.answer(
                    me, number, place or 0, {name: given.get(name, "") for name in ("answer", "money", "deadline")}
                )
                return HttpResponseRedirect(f"/practice/{number}?place={place}")
            except UnableToAnswer as unanswered:
                fault = unanswered.field
        sitting = desk.sit(me, number, place)
        if sitting is None:
            return _over(request, desk.close(me, number))
    except UnableToPractise as gone:
        raise Http404 from gone
    return _asked(request, sitting, fault)


def _place(told: str | None) -> int | None:
    if told is None:
        return None
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 4 else 0


def _over(request: HttpRequest, found: Round) -> HttpResponse:
    places: dict[int, list[bool]] = {}
    for mark in found.marks:
        places.setdefault(mark.place, []).append(mark.right)
    shown = {
        "round": found,
        "scores": tallies(found.marks),
        "right": sum(mark.right for mark in found.marks),
        "asked": len(found.marks),
        "places": [(place, all(right)) for place, right in sorted(places.items())],
    }
    return render(request, "practice_over.html", shown)


def _asked(request: HttpRequest, sitting: Sitting, fault: str) -> HttpResponse:
    exercise = sitting.exercise
    shown: dict[str, Any] = {"round": sitting.round, "place": sitting.place, "many": len(sitting.round.picks)}
    if exercise is None:
        return render(request, "practice_case.html", shown | {"gone": True})
    marks = {mark.asked: mark for mark in sitting.marks}
    shown |= {
        "case": exercise.case,
        "at": exercise.at,
        "goods": [(name, state) for name in GOODS_STATES if (state := getattr(exercise.case.goods, name)) is not None],
        "questions": [
            _question(one, marks.get(one.asked), request.POST.get(one.asked, "")) for one in exercise.questions
        ],
        "sample": sitting.round.picks[sitting.place - 1].source == "sample",
        "fault": fault,
    }
    if sitting.decision is not None:
        because = sitting.decision["because"]
        shown |= {
            "decision": sitting.decision,
            "known": rules_by_id(front().rules),
            "layers": [(code, told) for code in LAYERS if (told := [one for one in because if _says(one, code)])],
            "last": len(sitting.round.done) >= len(sitting.round.picks),
        }
    return render(request, "practice_case.html", shown, status=400 if fault else 200)


def _says(reason: dict[str, Any], layer: str) -> bool:
    """What holds or cannot be told; a policy's rules that were passed over on the way say why not."""
    return bool(reason["layer"] == layer and reason["verdict"] != "fails")


def _question(question: Question, mark: Any, typed: str) -> dict[str, Any]:
    return {"asks": question, "mark": mark, "chosen": mark.given if mark else typed}
