"""Reviews: the list with its figures and the upload of a file, and one review with its answer."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.reviews.desk import TakenIn
from amends.facts.evidence import MEGABYTE
from amends.facts.review_answers import flaw_of
from amends.facts.reviews import (
    COLUMNS,
    FIGURE_DAYS,
    LONGEST_ANSWER,
    NEEDED,
    STARS,
    STATES,
    Review,
    ReviewQuery,
    wanted,
)
from amends.facts.rulebook import Says
from amends.intake.import_file import read_sheet
from amends.intake.look import UnableToReadFile, look_at
from amends.web.front import front
from amends.web.uploads import uploads_of
from amends.web.who import acting, needs

LARGEST: Final = 10 * MEGABYTE
_MOST_FAULTS: Final = 100


@require_safe
@needs("work")
def reviews(request: HttpRequest) -> HttpResponse:
    """Will list the reviews, those without an answer and the worst of them first."""
    return _list(request)


@require_POST
@needs("work")
def upload(request: HttpRequest) -> HttpResponse:
    """Will take in a file of reviews, and tell what became of it, row by row at fault."""
    try:
        return _list(request, taken=_taken(request))
    except UnableToWork as fault:
        return _list(request, fault=fault.says)
    except UnableToReadFile as fault:
        return _list(request, fault=Says(fault.remark.en, fault.remark.zh))


def _taken(request: HttpRequest) -> TakenIn:
    given = uploads_of(request, "file")
    if not given:
        raise bad_value("file", "choose a CSV or XLSX file", "请选择 CSV 或 XLSX 文件")
    with tempfile.TemporaryDirectory(prefix="amends-reviews-") as folder:
        path, size = Path(folder) / ("reviews" + Path(given[0].name).suffix.lower()[:6]), 0
        with path.open("wb") as file:
            for piece in given[0].chunks():
                size += file.write(piece)
                if size > LARGEST:
                    raise bad_value(
                        "file",
                        f"at most {LARGEST // MEGABYTE} MB; split it",
                        f"文件不得超过 {LARGEST // MEGABYTE} MB，请分开上传",
                    )
        opened = read_sheet(look_at(path), wanted())
        return front().reviews.take_table(acting(request), request.POST.get("shop", ""), opened.rows)


def _list(request: HttpRequest, taken: TakenIn | None = None, fault: Says | None = None) -> HttpResponse:
    desk, me, query = front().reviews, acting(request), _query(request.GET)
    asked = {"shop": query.shop, "stars": query.stars or "", "state": query.state, "sku": query.sku}
    shown = {
        "found": desk.find(me, query),
        "figures": desk.figures(me, query.shop),
        "days": FIGURE_DAYS,
        "query": query,
        "onward": urlencode({name: value for name, value in asked.items() if value}),
        "shops": desk.shops(me),
        "states": STATES,
        "stars": STARS,
        "columns": [(code, aliases, code in NEEDED) for code, aliases in COLUMNS.items()],
        "taken": taken,
        "faults": taken.faults[:_MOST_FAULTS] if taken else (),
        "fault": fault,
        "chosen": request.POST.get("shop", ""),
    }
    return render(request, "reviews.html", shown, status=409 if fault else 200)


def _query(given: Mapping[str, str]) -> ReviewQuery:
    stars, page, state = given.get("stars", ""), given.get("page", ""), given.get("state", "")
    return ReviewQuery(
        given.get("shop", "")[:120],
        -1 if stars == "-1" else int(stars) if stars in ("1", "2", "3", "4", "5") else 0,
        state if state in STATES else "",
        given.get("sku", "").replace("\x00", "").strip()[:120],
        max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Will show one review; write, preview, approve or send back its answer, and keep that it is out."""
    desk, me = front().reviews, acting(request)
    fault: UnableToWork | None = None
    try:
        there = desk.one(me, number)
    except UnableToWork as gone:
        raise Http404 from gone
    verb, text = request.POST.get("verb", ""), request.POST.get("answer", "").replace("\x00", "")
    if request.method == "POST" and verb != "preview":
        try:
            _do(request, number, verb, text)
            return HttpResponseRedirect(f"/reviews/{number}?done=1")
        except UnableToWork as wrong:
            fault, there = wrong, desk.one(me, number)
    return render(request, "review.html", _shown(request, there, fault, text, verb), status=409 if fault else 200)


def _do(request: HttpRequest, number: int, verb: str, text: str) -> None:
    desk, me = front().reviews, acting(request)
    if verb == "propose":
        desk.propose(me, number, text)
    elif verb == "approve":
        desk.approve(me, number, text)
    elif verb == "back":
        desk.send_back(me, number, request.POST.get("why", "").replace("\x00", ""))
    elif verb == "answered":
        desk.answered(me, number)
    else:
        raise Http404


def _shown(request: HttpRequest, there: Review, fault: UnableToWork | None, text: str, verb: str) -> dict[str, Any]:
    desk, me = front().reviews, acting(request)
    typed = text if verb in ("preview", "propose") else there.draft
    return {
        "one": there,
        "fault": fault.says if fault else None,
        "typed": typed if typed or there.state != "open" else desk.suggest(there),
        "previews": verb == "preview",
        "flaw": flaw_of(text, there) if verb == "preview" else None,
        "why": request.POST.get("why", "") if verb == "back" else "",
        "second": desk.needs_second(there),
        "may_approve": me.may("assign") and there.drafted_by != me.name,
        "longest": LONGEST_ANSWER,
        "done": "done" in request.GET,
    }
