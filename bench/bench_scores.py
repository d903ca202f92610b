"""How often the bands of platforms' scores hold, on made-up scores: `python -m bench.bench_scores`.

Each score has 30 or 75 days of readings and 5, 15 or 25 days to come, and is of one of three sorts: one that wanders by chance day by day,
a mean over 30 days of noisy days (as platforms make them), and one that falls by a twentieth of a point every day beside its noise.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from amends.learn.guards.score_course import ahead

FIRST = date(2026, 1, 1)
EACH = 400
"""Made-up scores of each sort, length and horizon."""


def wandering(chance: random.Random, days: int) -> list[float]:
    value, found = 75.0, []
    for _ in range(days):
        value += chance.gauss(0, 0.4)
        found.append(value)
    return found


def rolling(chance: random.Random, days: int) -> list[float]:
    level, daily = 75.0, []
    for _ in range(days + 30):
        level += chance.gauss(0, 0.3)
        daily.append(level + chance.gauss(0, 5))
    return [sum(daily[end - 30 : end]) / 30 for end in range(30, 30 + days)]


def falling(chance: random.Random, days: int) -> list[float]:
    return [80 - 0.05 * day + chance.gauss(0, 0.3) for day in range(days)]


def measure(make: Callable[[random.Random, int], list[float]], known: int, later: int) -> tuple[float, float]:
    """Will give the share that held, and the mean width."""
    held, width = 0, 0.0
    for seed in range(EACH):
        values = make(random.Random(f"{make.__name__} {seed}"), known + later)
        told = [(FIRST + timedelta(days=day), value) for day, value in enumerate(values[:known])]
        found = ahead(told, told[-1][0] + timedelta(days=later), (0.0, 100.0))
        assert found
        held += found.low <= values[-1] <= found.high
        width += found.high - found.low
    return held / EACH, width / EACH


def main() -> None:
    print(f"| score | readings | days to come | held, of {EACH} | mean width |\n|---|---|---|---|---|")
    for make in (wandering, rolling, falling):
        for known in (30, 75):
            for later in (5, 15, 25):
                held, width = measure(make, known, later)
                print(f"| {make.__name__} | {known} | {later} | {held:.1%} | {width:.2f} |")


if __name__ == "__main__":
    main()
