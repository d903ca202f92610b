"""How often the search for causes names one where none is, and how soon it finds one that is: seeded shops, day by day.

`python -m bench.bench_prevention [--shops 200]`. A shop sells 300 orders a day of 60 SKUs (shares by Zipf), of 12 suppliers, in about 4
batches a SKU, brought by 4 carriers from 30 stations and sold by 20 creators. Eight reasons together give 6 % of orders a case, up to two
weeks later. In a `plain` shop every SKU has the same rates; in an `uneven` one each SKU has rates of its own (gamma, spread 0.3), which is
a truth of the SKU and yet no planted cause.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict

from amends.learn.prevention.search import FALSE, WINDOWS, Seen, clusters

DAYS, ORDERS, LAG = 118, 300, 14
REASONS = {"quality": 0.012, "damaged": 0.008, "not_as_described": 0.01, "wrong_size": 0.012, "changed_mind": 0.012,
           "not_received": 0.003, "missing_item": 0.002, "wrong_item": 0.001}  # fmt: skip
PLANTS = {
    "none": None,
    "bad batch, 12 % quality": ("batch", "B-3-2", "quality", 0.12),
    "misleading picture, 6 %": ("sku", "S7", "not_as_described", 0.06),
    "station 7 a day, 5 % damaged": ("station", "T29", "damaged", 0.05),
    "station 7 a day, 10 % damaged": ("station", "T29", "damaged", 0.10),
    "carrier, 2 % damaged": ("carrier", "C3", "damaged", 0.02),
}
_Day = tuple[Counter[tuple[str, str]], Counter[tuple[str, str, str]]]


def shop(seed: int, plant: tuple[str, str, str, float] | None, begins: int, *, uneven: bool) -> list[_Day]:
    """Will make a shop day by day: exposure by place and value, and cases on the day on which they come."""
    rng = random.Random(seed)
    weights = [1 / (n + 5) for n in range(60)]
    own = [rng.gammavariate(1 / 0.09, 0.09) if uneven else 1.0 for _ in range(60)]
    days: list[_Day] = [(Counter(), Counter()) for _ in range(DAYS + LAG + 1)]
    for day in range(DAYS):
        for sku in rng.choices(range(60), weights, k=ORDERS):
            station = 29 if rng.random() < 7 / ORDERS else rng.randrange(29)
            places = {
                "sku": f"S{sku}",
                "batch": f"B-{sku}-{day // 30}",
                "supplier": f"P{sku % 12}",
                "carrier": f"C{rng.randrange(4)}",
                "station": f"T{station}",
                "creator": f"K{rng.randrange(20)}",
            }
            days[day][0].update(places.items())
            draw = rng.random()
            for reason, rate in REASONS.items():
                chance = rate * own[sku]
                if plant and day >= begins and places[plant[0]] == plant[1] and reason == plant[2]:
                    chance = plant[3]
                if draw < chance:
                    when = day + 1 + min(LAG - 1, int(rng.expovariate(0.25)))
                    days[when][1].update([(place, value, reason) for place, value in places.items()])
                    break
                draw -= chance
    return days


def look(days: list[_Day], today: int) -> set[tuple[str, str, str]]:
    """Will give what a run of one day names."""
    windows = []
    for length, share in WINDOWS:
        first = today - length
        exposure: Counter[tuple[str, str]] = Counter()
        cases: Counter[tuple[str, str, str]] = Counter()
        for day in range(max(0, first - LAG), today):
            exposure.update(days[day][0])
            if day >= first:
                cases.update(days[day][1])
        windows.append(Seen(first, today - 1, share, cases, exposure))
    return {one.key for one in clusters(windows)}


def month(seed: int, name: str, *, uneven: bool) -> tuple[int, int, int | None]:
    """Will run 28 days: runs that name anything false, whether any does, and the day on which the planted cause was named."""
    plant = PLANTS[name]
    begins = 90
    if plant and plant[0] == "batch":
        begins = 60
    days = shop(seed, plant, begins, uneven=uneven)
    false, found = 0, None
    for today in range(91, 118):
        named = look(days, today)
        own = {key for key in named if plant and key[2] == plant[2]}
        false += bool(named - own)
        if plant and found is None and plant[:3] in named:
            found = today - begins
    return false, int(false > 0), found


def main() -> None:
    """Will print a line for each sort of shop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shops", type=int, default=40)
    many = parser.parse_args().shops
    print(f"stated rate a run: {FALSE:.1%}; {many} shops of each sort, 27 daily runs each")
    for uneven in (False, True):
        for name in PLANTS if not uneven else ["none"]:
            told: dict[str, list[int]] = defaultdict(list)
            for seed in range(many if name == "none" else max(1, many // 4)):
                false, any_, found = month(seed, name, uneven=uneven)
                told["false"].append(false)
                told["any"].append(any_)
                if found is not None:
                    told["found"].append(found)
            runs, shops = 27 * len(told["any"]), len(told["any"])
            line = f"{'uneven' if uneven else 'plain'}, {name}: false runs {sum(told['false'])}/{runs}"
            line += f", shop-months with any {sum(told['any'])}/{shops}"
            if name != "none":
                days = sorted(told["found"])
                line += f"; found {len(days)}/{shops}" + (f", median after {days[len(days) // 2]} days" if days else "")
            print(line, flush=True)


if __name__ == "__main__":
    main()
