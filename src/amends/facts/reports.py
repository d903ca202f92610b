"""Reports that are sent again and again: what they hold, when they are due, which days they tell of, and to whom they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from amends.facts.outgoing import UnableToAddress, plain_address

Cadence = Literal["daily", "weekly", "monthly"]
CADENCES: Final[tuple[Cadence, ...]] = ("daily", "weekly", "monthly")
SPANS: Final = ("whole", "30", "90")
"""`whole`: the day, week (Monday to Sunday) or month that is over; else so many days up to yesterday."""
TONGUES: Final = ("zh", "zh_hant", "en")
MOST_RECEIVERS: Final = 50
MOST_NAME: Final = 60
LAST_DAY: Final = 28
"""The last day of the month on which a report can be due, so that every month has it."""
ReceiverState = Literal["asked", "confirmed", "left"]
RunState = Literal["waiting", "made", "failed"]


class UnableToReadReport(ValueError):
    """A report cannot be kept as it was written; `field` names what is wrong, the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds and when it is due.

    `home`: the shop by whose calendar the hour is read and whose mail sends it. `shops`: of which it tells; none: all of the merchant.
    `by`: the dimension by which each metric is taken apart; "" for none. `weekday`: 0 is Monday. `hour`: of the shop's day.
    """

    name: str
    home: str
    metrics: tuple[str, ...]
    shops: tuple[str, ...] = ()
    by: str = ""
    span: str = "whole"
    language: str = "zh"
    currency: str = "CNY"
    cadence: Cadence = "weekly"
    weekday: int = 0
    day: int = 1
    hour: int = 8

    def kept(self) -> dict[str, object]:
        """Will give it as it is kept."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a report. `asked`: the address was written to and did not say yes yet; nothing of the report goes there before."""

    number: int
    address: str
    state: ReceiverState
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """Days that a report tells of, both within, and those right before that they are compared with."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Will give how many days these are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """Will give as many days right before."""
        return Span(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


def last_due(report: Report, now: datetime) -> datetime:
    """When it was due last, on the wall clock of `now`: not later than `now`."""
    day = now.replace(hour=report.hour, minute=0, second=0, microsecond=0)
    if report.cadence == "weekly":
        day -= timedelta(days=(day.weekday() - report.weekday) % 7)
        return day if day <= now else day - timedelta(days=7)
    if report.cadence == "monthly":
        day = day.replace(day=report.day)
        return day if day <= now else _month_before(day)
    return day if day <= now else day - timedelta(days=1)


def next_due(report: Report, now: datetime) -> datetime:
    """When it is due next, on the wall clock of `now`: later than `now`."""
    due = last_due(report, now)
    if report.cadence == "monthly":
        return (due.replace(day=1) + timedelta(days=32)).replace(day=report.day)
    return due + timedelta(days=7 if report.cadence == "weekly" else 1)


def _month_before(day: datetime) -> datetime:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)


def span_of(report: Report, due: date) -> Span:
    """The days that a report tells of which is due on a day: the last of them is over by then."""
    yesterday = due - timedelta(days=1)
    if report.span != "whole":
        return Span(due - timedelta(days=int(report.span)), yesterday)
    if report.cadence == "weekly":
        sunday = due - timedelta(days=due.weekday() + 1)
        return Span(sunday - timedelta(days=6), sunday)
    if report.cadence == "monthly":
        last = due.replace(day=1) - timedelta(days=1)
        return Span(last.replace(day=1), last)
    return Span(yesterday, yesterday)


def read_report(
    told: Mapping[str, str],
    metrics: Sequence[str],
    shops: Sequence[str],
    known: tuple[Sequence[str], Sequence[str], Sequence[str]],
) -> Report:
    """Will read what a person wrote. `known`: the codes of metrics, of dimensions, and the shops that there are.

    Raises `UnableToReadReport`.
    """
    name = " ".join(told.get("name", "").split())
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise UnableToReadReport("name", f"a name of 1 to {MOST_NAME} letters is needed")
    codes, dimensions, there = known
    chosen = tuple([one for one in codes if one in metrics])
    if not chosen:
        raise UnableToReadReport("metrics", "choose at least one metric")
    home, currency = told.get("home", ""), told.get("currency", "").strip().upper()
    if home not in there:
        raise UnableToReadReport("home", "choose one of your shops")
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise UnableToReadReport("currency", "three letters, for example CNY")
    return Report(
        name=name,
        home=home,
        metrics=chosen,
        shops=tuple(sorted({*shops} & {*there})),
        by=_among("by", told, ("", *dimensions)),
        span=_among("span", told, SPANS),
        language=_among("language", told, TONGUES),
        currency=currency,
        cadence=_cadence(told),
        weekday=_number("weekday", told, 0, 6),
        day=_number("day", told, 1, LAST_DAY),
        hour=_number("hour", told, 0, 23),
    )


def _cadence(told: Mapping[str, str]) -> Cadence:
    text = told.get("cadence", "")
    for one in CADENCES:
        if text == one:
            return one
    raise UnableToReadReport("cadence", f"one of {', '.join(CADENCES)} is needed")


def _among(field: str, told: Mapping[str, str], known: Sequence[str]) -> str:
    text = told.get(field, known[0])
    if text not in known:
        raise UnableToReadReport(field, f"one of {', '.join([one for one in known if one])} is needed")
    return text


def _number(field: str, told: Mapping[str, str], least: int, most: int) -> int:
    text = told.get(field, str(least))
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and least <= int(text) <= most):
        raise UnableToReadReport(field, f"a whole number from {least} to {most} is needed")
    return int(text)


def read_receiver(text: str) -> str:
    """Will read an address, its host in small letters. Raises `UnableToReadReport`."""
    try:
        local, _, host = plain_address(text).rpartition("@")
    except UnableToAddress as fault:
        raise UnableToReadReport("address", "a mail address such as you@shop.example") from fault
    return f"{local}@{host.lower()}"


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report as it is kept. `since`: it is sent for whatever is due from then on; None: it is not sent."""

    number: int
    merchant: str
    report: Report
    since: datetime | None
    by: str
    receivers: tuple[Receiver, ...] = ()

    @property
    def confirmed(self) -> tuple[Receiver, ...]:
        """Will give those to whom it goes."""
        return tuple([one for one in self.receivers if one.state == "confirmed"])


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The two files of a report."""

    pdf: bytes
    xlsx: bytes


@dataclass(frozen=True, slots=True)
class LetterText:
    """What goes with a report to one receiver. `leave`: where they say that they want no more."""

    subject: str
    text: str
    leave: str


@dataclass(frozen=True, slots=True)
class ReportPost:
    """A mail of a report, as people see it. `kind`: report, or confirm (the question whether the receiver wants it)."""

    number: int
    address: str
    kind: str
    state: str
    code: str
    told: str
    tries: int
    at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportRun:
    """One time that a report was due. `due`: the day; `code`: why it waits or failed; `kept`: its files are still there."""

    number: int
    due: date
    span: Span
    state: RunState
    code: str
    told: str
    at: datetime
    kept: bool
    posts: tuple[ReportPost, ...] = ()
