"""A piece of evidence by itself: where it is from, who had it in their hands, its time stamp, and a covered copy drawn on the page."""

from __future__ import annotations

from typing import Any, Final, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.vault.cover import TEXT, Box, can_be_covered, cover, original_of
from amends.facts.evidence import Piece
from amends.facts.vault import Custody
from amends.web.files import SANDBOX
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs

SIDES: Final = ("x", "y", "wide", "high")


@require_safe
@needs("see")
def piece(request: HttpRequest, number: int, sha256: str) -> HttpResponse:
    """Will show a piece of a case with its custody."""
    return _page(request, number, sha256)


@require_safe
@needs("receive")
def page_of(request: HttpRequest, number: int, sha256: str, page: int) -> HttpResponse:
    """Will show a page of an original in full, to be covered; that it was looked at is written down."""
    me, desk = acting(request), front().vault
    try:
        found, content = original_of(desk, _number(number), sha256, me)
    except UnableToWork as fault:
        raise Http404 from fault
    shown = desk.covering.page(content, found.mime, page)
    if shown is None:
        raise Http404
    desk.evidence.shelf.note(sha256, Custody("looked_at", actor(me), desk.now(), "", number, {"page": page}))
    head = {"Cache-Control": "private, no-store", "Content-Security-Policy": SANDBOX}
    return HttpResponse(shown, content_type="image/jpeg", headers=head)


@require_POST
@needs("receive")
def cover_piece(request: HttpRequest, number: int, sha256: str) -> HttpResponse:
    """Will keep a copy with the drawn rectangles blacked out."""
    _mine(request, number, sha256)
    try:
        page = _whole(request.POST.get("page", "1"), "page")
        copy = cover(front().vault, number, sha256, acting(request), page, read_boxes(request.POST))
    except UnableToWork as fault:
        return _page(request, number, sha256, fault, 409)
    return HttpResponseRedirect(f"/cases/{number}/files/{copy}")


@require_POST
@needs("settings")
def hold_piece(request: HttpRequest, number: int, sha256: str) -> HttpResponse:
    """Will keep a piece whatever its age, or no longer."""
    _mine(request, number, sha256)
    try:
        front().vault.hold(sha256, acting(request), held=request.POST.get("do") == "hold")
    except UnableToWork as fault:
        return _page(request, number, sha256, fault, 409)
    return HttpResponseRedirect(f"/cases/{number}/files/{sha256}")


@require_safe
@needs("see")
def goods_preview(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a weighing photo, written anew as a small JPEG."""
    found = front().vault.goods.get(_number(number), acting(request).merchants)
    made = front().evidence.shelf.preview(found.sha256) if found and found.has_preview else None
    if made is None:
        raise Http404
    head = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": SANDBOX}
    return HttpResponse(made, content_type="image/jpeg", headers=head)


@require_safe
@needs("see")
def goods_original(request: HttpRequest, number: int) -> HttpResponse:
    """Will hand out a packing video or a weighing photo as it came, as a download."""
    me, shelf = acting(request), front().evidence.shelf
    found = front().vault.goods.get(_number(number), me.merchants)
    if found is None:
        raise Http404
    try:
        file = shelf.original(found.sha256)
    except FileNotFoundError as fault:
        raise Http404 from fault
    shelf.note(found.sha256, Custody("looked_at", actor(me), front().now()))
    answer = FileResponse(file, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    answer.headers["Content-Security-Policy"] = SANDBOX
    return cast(HttpResponse, answer)


def read_boxes(given: QueryDict) -> list[Box]:
    """The rectangles of a form: those drawn (`x,y,wide,high;…` in thousandths), and one that was typed. Raises `UnableToWork`."""
    drawn = [one.split(",") for one in given.get("boxes", "").split(";") if one.strip()]
    typed = [given.get(side, "").strip() for side in SIDES]
    if any(typed):
        drawn.append(typed)
    if any(len(one) != len(SIDES) for one in drawn):
        raise bad_value("boxes", "four numbers a rectangle are wanted", "每个区域需要四个数字")
    return [Box(*[_whole(side, "boxes") for side in one]) for one in drawn]


def _whole(text: str, field: str) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 6):
        raise bad_value(field, "whole numbers from 0 to 1000 are wanted", "请填写 0 到 1000 的整数")
    return int(plain)


def _number(number: int) -> int:
    if number >= BEYOND_KEYS:
        raise Http404
    return number


def _mine(request: HttpRequest, number: int, sha256: str) -> Piece:
    """A piece of a case that is the person's to see. Raises `Http404`."""
    try:
        front().vault.case(_number(number), acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    found = [one for one in front().evidence.shelf.of_case(number) if one.sha256 == sha256]
    if not found:
        raise Http404
    return found[0]


def _page(
    request: HttpRequest, number: int, sha256: str, fault: UnableToWork | None = None, status: int = 200
) -> HttpResponse:
    me, desk = acting(request), front().vault
    found = _mine(request, number, sha256)
    state = desk.case(number, me)
    kept = desk.custody.files([sha256]).get(sha256)
    wanted = request.GET.get("page", "") or request.POST.get("page", "")
    shown: dict[str, Any] = {
        "me": me,
        "number": number,
        "state": state,
        "piece": found,
        "kept": kept,
        "stamp": desk.stamps.of([sha256]).get(sha256),
        "story": desk.story(sha256, me),
        "until": desk.kept_until(state),
        "copies": [one for one in desk.evidence.shelf.of_case(number) if _origin(one) == sha256],
        "can_cover": me.may("receive") and can_be_covered(found) and kept is not None and kept.removed_at is None,
        "is_text": found.mime == TEXT,
        "page": int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1,
        "pages": _pages(found) if me.may("receive") else 0,
        "hindrance": fault,
    }
    return render(request, "piece.html", shown, status=status)


def _origin(one: Piece) -> str:
    kept = front().vault.custody.files([one.sha256]).get(one.sha256)
    return kept.origin if kept else ""


def _pages(found: Piece) -> int:
    """How many pages can be shown; a text has none."""
    if not can_be_covered(found) or found.mime == TEXT:
        return 0
    try:
        with front().evidence.shelf.original(found.sha256) as file:
            return front().vault.covering.pages(file.read(), found.mime)
    except FileNotFoundError:
        return 0
