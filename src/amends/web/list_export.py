"""The list as a file: what a question finds, as a table that spreadsheet programs open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.views.decorators.http import require_safe

from amends.facts.audit import Deed
from amends.facts.case_table import WholeCase
from amends.learn.case_table import MOST, TableForm, table_pieces
from amends.learn.worklist import read_query
from amends.web.entry import place_of
from amends.web.front import front
from amends.web.tongues import known_in, tongue
from amends.web.who import acting, needs

_TYPES: Final[dict[TableForm, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@needs("work")
def export(request: HttpRequest) -> HttpResponse:
    """Will send the cases of the asked-for list as a table, without what buyers wrote; that it was sent is written down."""
    form: TableForm = "csv" if request.GET.get("form") == "csv" else "xlsx"
    if request.method == "HEAD":
        return HttpResponseRedirect("/")
    me = acting(request)
    query = read_query(request.GET, me)
    for merchant in sorted(me.merchants) if me.merchants is not None else [""]:
        deed = Deed(me.name, "exported", merchant, query.view, note=form, place=place_of(request))
        front().people.audit.write(deed, front().now())
    found = front().source.whole(query, me.merchants, MOST)
    answer = StreamingHttpResponse(table_pieces(_masked(found), form, known_in(tongue())), content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="amends-{query.view}-{front().now():%Y%m%d-%H%M}.{form}"'
    return cast(HttpResponse, answer)


def _masked(cases: Iterator[WholeCase]) -> Iterator[WholeCase]:
    """The cases without the buyers' own words, which hold what is masked on the pages."""
    for one in cases:
        request: dict[str, Any] = {**(one.case.get("request") or {})}
        request.pop("message", None)
        yield replace(one, case={**one.case, "request": request})
