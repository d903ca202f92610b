"""How far a shop is from the lines of card networks: now, at the end of the month, and what would move it."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from amends.facts.guard_counts import MonthCount
from amends.facts.programmes import Programme

State = Literal["far", "near", "heading", "over", "unknown"]
LOOK_BACK: Final = 3
"""Months before this one that tell what is usual."""
WEIGHT: Final = 0.5
"""How much the usual month weighs against this one: as half a month that was seen."""
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Course:
    """A number at the end of the month: nine times in ten between `low` and `high`, most likely about `middle`."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Lever:
    """What would move the ratio: `items` of this month have this cause; without them the month would end at `ratio`."""

    code: str
    items: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a shop stands in one programme.

    `items` so far over `payments` of the month that counts; `line`: the items at which it is over; `left`: how many more that is.
    `thin`: the ratio alone is reached, the count is not: the network does not list, a processor may ask. `excused`: what else is not
    reached, so that the line does not count: payments, money, secure; "" for nothing. `estimated`: the payments are the house's own
    count, of all cards together, so that the true ratio can be higher.
    """

    programme: Programme
    month: date
    items: int
    payments: int
    ratio: float | None
    line: int
    left: int
    end: Course
    end_payments: int
    end_ratio: float | None
    state: State
    thin: bool
    excused: str
    estimated: bool
    levers: tuple[Lever, ...]


def items_of(programme: Programme, month: MonthCount) -> int:
    """How many items of a month a programme counts."""
    out = sum(many for way, many in month.left_out.items() if way in programme.left_out)
    frauds, all_disputes = month.disputes.get("fraud", 0), sum(month.disputes.values())
    if programme.counted == "frauds":
        return frauds
    if programme.counted == "disputes":
        return all_disputes
    return max(0, all_disputes - out) + month.frauds


def standing(programme: Programme, months: Mapping[date, MonthCount], today: date) -> Standing:
    """Where the month of `today` stands by a programme. Months that are not there count as nothing known."""
    first = today.replace(day=1)
    now, before = months.get(first, MonthCount(first)), _before(first, 1)
    items, gone = items_of(programme, now), _gone(today)
    earlier = [months[day] for day in (_before(first, back) for back in range(1, LOOK_BACK + 1)) if day in months]
    end = course(items, [items_of(programme, one) for one in earlier], gone)
    if programme.base == "last_month":
        base = months.get(before, MonthCount(before))
        payments = end_payments = base.settled
    else:
        base, payments = now, now.settled
        end_payments = course(payments, [one.settled for one in earlier], gone).middle
    excused = _excused(programme, now, end_payments)
    line = max(programme.count, math.ceil(float(programme.ratio) * end_payments))
    return Standing(
        programme,
        first,
        items,
        payments,
        _ratio(items, payments),
        line,
        max(0, line - items),
        end,
        end_payments,
        _ratio(end.middle, end_payments),
        "far" if excused and end_payments else _state(items, end, line, end_payments),
        _thin(programme, items, payments),
        excused,
        base.told.settled is None,
        _levers(programme, now, end, end_payments),
    )


def _gone(today: date) -> float:
    """The part of the month that is over, today counted as half."""
    return (today.day - 0.5) / monthrange(today.year, today.month)[1]


def _before(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


def _ratio(items: int, payments: int) -> float | None:
    return items / payments if payments else None


def _excused(programme: Programme, now: MonthCount, payments: int) -> str:
    """What a programme wants besides the ratio and the count, and is not there. Money is only told where all of it is in US dollars."""
    if payments < programme.payments:
        return "payments"
    secure = now.told.secure
    if programme.secure_below is not None and secure is not None and secure >= programme.secure_below:
        return "secure"
    minor = now.fraud_minor if programme.counted == "frauds" else now.minor
    if programme.dollars and set(minor) <= {"USD"} and minor.get("USD", 0) < programme.dollars * 100:
        return "money"
    return ""


def _thin(programme: Programme, items: int, payments: int) -> bool:
    return (
        payments > 0
        and items < programme.count
        and items >= math.ceil(float(programme.ratio) * payments)
        and items >= 5
    )


def _state(items: int, end: Course, line: int, payments: int) -> State:
    if not payments:
        return "unknown"
    if items >= line:
        return "over"
    if end.high >= line:
        return "heading"
    return "near" if 2 * end.high >= line else "far"


def course(seen: int, earlier: Sequence[int], gone: float) -> Course:
    """Will tell where a count ends that stands at `seen` with a part of the month `gone`.

    Arrivals by chance at a steady rate, of which the months before say something (a Gamma prior of weight `WEIGHT`); what is
    still to come is
    then negative binomial, and its 5th, 50th and 95th hundredths are given.
    """
    usual = sum(earlier) / len(earlier) if earlier else 0.0
    weight = WEIGHT if earlier else 0.0
    shape, rate = seen + usual * weight, gone + weight
    if shape <= 0 or gone >= 1:
        return Course(seen, seen, seen)
    low, middle, high = _quantiles(shape, rate, 1 - gone)
    return Course(seen + low, seen + middle, seen + high)


def _quantiles(shape: float, rate: float, left: float) -> tuple[int, int, int]:
    """The hundredths of a negative binomial number: arrivals in `left` at a rate that is Gamma(shape, rate)."""
    mean, spread = shape * left / rate, math.sqrt(shape * left / rate * (1 + left / rate))
    if mean > 5000:
        return (max(0, round(mean - 1.645 * spread)), round(mean), round(mean + 1.645 * spread))
    stay, chance, total, found, count = rate / (rate + left), 0.0, 0.0, [], 0
    for mark in (_LOW, 0.5, _HIGH):
        while True:
            if total >= mark and count:
                found.append(count - 1)
                break
            chance = math.exp(
                math.lgamma(count + shape)
                - math.lgamma(shape)
                - math.lgamma(count + 1)
                + shape * math.log(stay)
                + count * math.log(1 - stay)
            )
            total, count = total + chance, count + 1
            if count > 40_000:
                found.append(count)
                break
    return found[0], found[1], found[2]


def _levers(programme: Programme, now: MonthCount, end: Course, payments: int) -> tuple[Lever, ...]:
    """The causes of this month's items, the most frequent first, each with the ratio the month would end at without them."""
    causes = dict(now.disputes)
    if programme.counted == "frauds":
        causes = {name: many for name, many in causes.items() if name == "fraud"}
    if programme.counted == "disputes_and_frauds" and now.frauds:
        causes["fraud_reports"] = now.frauds
    items = items_of(programme, now)
    found = []
    for code, many in sorted(causes.items(), key=lambda one: (-one[1], one[0])):
        without = round(end.middle * (1 - many / items)) if items else end.middle
        found.append(Lever(code, many, _ratio(max(0, without), payments)))
    return tuple(found)
