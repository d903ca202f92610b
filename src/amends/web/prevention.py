"""Prevention: the tasks about causes of complaints, and one of them with its evidence and its effect."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.prevention.desk import UnableToPrevent, UnableToReadTask
from amends.facts.prevention import Task
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def tasks(request: HttpRequest) -> HttpResponse:
    """Will show every task, those still to do first."""
    return render(request, "prevention.html", {"tasks": front().prevention.tasks(acting(request))})


@require_POST
@needs("assign")
def make(request: HttpRequest) -> HttpResponse:
    """Will make a task of what the dashboard showed."""
    told = request.POST
    asked = [told.get(name, "").replace("\x00", "") for name in ("shop", "place", "value", "reason")]
    try:
        number = front().prevention.make(acting(request), *asked)
    except (UnableToPrevent, UnableToReadTask) as gone:
        raise Http404 from gone
    return HttpResponseRedirect(f"/prevention/{number}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def task(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one task, and keep who has it, what was changed, or that it is over."""
    fault = ""
    try:
        if request.method == "POST":
            try:
                _do(request, number)
                return HttpResponseRedirect(f"/prevention/{number}?done=1")
            except UnableToReadTask as unread:
                fault = unread.field
        found = front().prevention.look(acting(request), number)
    except UnableToPrevent as gone:
        raise Http404 from gone
    given = {
        "found": found,
        "task": found.task,
        "at": found.task.cause.cluster,
        "effect": found.effect,
        "low": _low(found.task),
        "fault": fault,
        "written": request.POST if fault else {},
        "done": request.GET.get("done") == "1",
        "today": front().prevention.now().date(),
        "may": acting(request).may("assign"),
    }
    return render(request, "prevention_task.html", given, status=400 if fault else 200)


def _low(task: Task) -> tuple[int, int]:
    """How many bad reviews a SKU has, and how many at all; nothing for what is no SKU."""
    at = task.cause.cluster
    return front().reviews.low_of(task.shop, at.value) if at.place == "sku" else (0, 0)


def _do(request: HttpRequest, number: int) -> None:
    desk, person, told = front().prevention, acting(request), request.POST
    verb = told.get("verb", "")
    if verb == "assign":
        desk.assign(person, number, told.get("owner", ""), told.get("due", ""))
    elif verb == "change":
        desk.change(person, number, told.get("change", ""), told.get("day", ""))
    elif verb in ("done", "dropped"):
        desk.close(person, number, found=verb == "done", note=told.get("note", ""))
    else:
        raise UnableToPrevent(verb)
