"""Scores of platforms: where each shop stands, what is written down of a day, files of readings, and the shop's own lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.guards.desk import UnableToGuard
from amends.desk.guards.scores import Scored
from amends.facts.score_readings import UnableToReadScores
from amends.facts.scores import MEASURES, SCORE, Measure, Programme
from amends.learn.guards.scores import Part, Standing
from amends.web.front import front
from amends.web.metric_show import CardPoint, base_words, change_words, duration, value_words, words
from amends.web.tongues import LOCALES, tongue
from amends.web.who import acting, needs
from amends.web.words import page_words

LARGEST: Final = 1_000_000
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Course:
    """The readings of a score as the chart of metrics reads them. `middle`: the nearest line."""

    name: str
    points: tuple[CardPoint, ...]
    middle: str
    unit: str = ""
    chart: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A measure beside a score, in words. `goal`: as it is typed."""

    code: str
    name: str
    shown: str
    day: str
    house: str
    base: str
    change: str
    address: str
    differs: str
    says: str
    goal: str
    hint: str


@dataclass(frozen=True, slots=True)
class Card:
    """One score of one shop, ready for the page. `at`, `from_`, `wide`: shares of the bar in percent."""

    told: Standing
    last: str
    end: str
    held: str
    at: str
    from_: str
    wide: str
    lines: tuple[tuple[object, str, str, str], ...]
    parts: tuple[PartLine, ...]
    course: Course | None
    fields: tuple[tuple[str, str, str], ...]
    line: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs("assign")
def scores(request: HttpRequest) -> HttpResponse:
    """Will show where each shop stands with its platform's scores, and keep what is told of them."""
    desk, person = front().scores, acting(request)
    fault: UnableToReadScores | None = None
    if request.method == "POST":
        try:
            _keep(request)
            return HttpResponseRedirect("/guards/scores?done=1")
        except UnableToGuard as gone:
            raise Http404 from gone
        except UnableToReadScores as found:
            fault = found
    given = {
        "shops": [_shop(one) for one in desk.all(person)],
        "fault": fault,
        "fault_field": fault and _field(fault.field),
        "at": (request.POST.get("shop", ""), request.POST.get("programme", ""), request.POST.get("do", "")),
        "written": request.POST.dict() if fault else {},
        "done": request.GET.get("done") == "1",
        "may": person.may("settings"),
    }
    return render(request, "guard_scores.html", given, status=400 if fault else 200)


def _keep(request: HttpRequest) -> None:
    desk, person = front().scores, acting(request)
    told = {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
    shop, code, do = told.get("shop", ""), told.get("programme", ""), told.get("do", "")
    if do == "file":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > LARGEST:
            raise UnableToReadScores("file", "a CSV file of at most 1 MB is needed")
        desk.tell_file(person, file.read())
    elif do == "terms":
        desk.set_terms(person, shop, code, told)
    elif do == "drop":
        desk.drop(person, shop, code, told.get("day", ""))
    else:
        values = {name.removeprefix("value_"): value for name, value in told.items() if name.startswith("value_")}
        desk.tell(person, shop, code, told.get("day", ""), values)


def _field(field: str) -> str:
    """What is at fault, in words: a measure by its name."""
    if field in MEASURES:
        return words(MEASURES[field].name)
    return page_words(f"scores.field_{field}", tongue())


def _shop(one: Scored) -> tuple[Scored, list[Card]]:
    return one, [_card(standing, one.shop.name) for standing in one.standings]


def _card(told: Standing, shop: str) -> Card:
    one, end = told.programme, told.end
    scale = float(one.low), float(one.high)
    return Card(
        told,
        points(told.last.value, one.digits) if told.last else "–",
        "" if end is None else f"{_float(end.low, one)}–{_float(end.high, one)}",
        "" if end is None else _held(told),
        _share(float(told.last.value), scale) if told.last else "0",
        "" if end is None else _share(end.low, scale),
        "" if end is None else f"{max(0.6, float(_share(end.high, scale)) - float(_share(end.low, scale))):.1f}",
        tuple(
            [
                (line, points(line.at, one.digits), _left(line.left, one), _share(float(line.at), scale))
                for line in told.lines
            ]
        ),
        tuple([_part(part, shop) for part in told.parts]),
        _course(told),
        tuple([_typed(MEASURES[code], one) for code in (SCORE, *one.measures)]),
        "" if told.terms.line is None else f"{told.terms.line.normalize():f}",
    )


def _held(told: Standing) -> str:
    assert told.end is not None
    if not told.end.tried:
        return page_words("scores.untried", tongue(), changes=told.end.changes)
    key = "scores.held_wider" if told.end.widened > 1 else "scores.held"
    return page_words(key, tongue(), held=told.end.held, tried=told.end.tried)


def _share(value: float, scale: tuple[float, float]) -> str:
    return f"{min(100.0, max(0.0, (value - scale[0]) / (scale[1] - scale[0]) * 100)):.1f}"


def _left(left: Decimal | None, one: Programme) -> str:
    if left is None:
        return ""
    sign = "+" if left >= 0 else "−"
    return sign + points(abs(left), one.digits)


def _float(value: float, one: Programme) -> str:
    return points(round(Decimal(str(value)), one.digits), one.digits)


def points(value: Decimal, digits: int) -> str:
    """Will write a score with as many digits as its platform shows; more where it has more."""
    form = "0." + "0" * digits + "#" * max(0, 4 - digits)
    return str(
        format_decimal(
            round(value, 4), form if value != round(value, digits) else "0." + "0" * digits, locale=LOCALES[tongue()]
        )
    )


def told_words(measure: Measure, value: Decimal, digits: int) -> str:
    """Will write a value of a measure."""
    if measure.unit == "share":
        return str(format_percent(value, "0.00%", locale=LOCALES[tongue()]))
    if measure.unit == "points":
        return points(value, digits)
    return page_words("scores.seconds", tongue(), n=round(value)) if value < 60 else duration(round(value), tongue())


def _part(part: Part, shop: str) -> PartLine:
    measure, house, language = part.measure, part.house, tongue()
    goal = "" if part.goal is None else _plain(measure, part.goal)
    return PartLine(
        measure.code,
        words(measure.name),
        told_words(measure, part.shown.value, 2) if part.shown else "–",
        str(part.shown.day) if part.shown else "",
        value_words(house.metric, house.now, "CNY", language) if house else "",
        base_words(house.metric, house.now, "CNY", language) if house else "",
        change_words(house, "CNY", language) if house else "",
        f"/metrics/{measure.metric}?shop={_quoted(shop)}&days=30" if house else "",
        words(measure.differs) if measure.differs and house else "",
        _moves(part),
        goal,
        page_words(f"scores.unit_{measure.unit}", language),
    )


def _quoted(shop: str) -> str:
    from urllib.parse import quote

    return quote(shop, safe="")


def _moves(part: Part) -> str:
    """What would move it, in words: of how many cases, or of how long; "" where the house counts nothing of it."""
    language = tongue()
    if part.house is None or not part.house.now.bottom:
        return ""
    if part.to_go is not None and part.goal is not None:
        goal = told_words(part.measure, part.goal, 2)
        if part.to_go == 0:
            return page_words("scores.reached", language, goal=goal)
        if part.measure.unit == "seconds":
            return page_words("scores.sooner", language, goal=goal, time=duration(part.to_go, language))
        return page_words(f"scores.go_{part.measure.better}", language, goal=goal, count=part.to_go)
    if part.one is not None:
        each = str(format_decimal(part.one * 100, "0.00#", locale=LOCALES[language]))
        return page_words("scores.each", language, points=each)
    return page_words("scores.faster", language)


def _plain(measure: Measure, value: Decimal) -> str:
    told = value * 100 if measure.unit == "share" else value / 3600 if measure.unit == "seconds" else value
    return f"{round(told, 4).normalize():f}"


def _typed(measure: Measure, one: Programme) -> tuple[str, str, str]:
    """A field of the form: its name, label, and what is written there."""
    hint = f"{one.low:f}–{one.high:f}" if measure.code == SCORE else page_words(f"scores.unit_{measure.unit}", tongue())
    return f"value_{measure.code}", words(measure.name), hint


def _course(told: Standing) -> Course | None:
    if len(told.readings) < 2:
        return None
    digits = told.programme.digits
    shown = tuple(
        [
            CardPoint(
                f"{one.day:%m-%d}",
                points(one.value, digits),
                page_words(f"scores.way_{one.way}", tongue()),
                f"{one.value}",
                "",
                "",
                "",
            )
            for one in told.readings[-_SHOWN:]
        ]
    )
    middle = f"{told.lines[0].at}" if told.lines else ""
    return Course(words(told.programme.title), shown, middle)
