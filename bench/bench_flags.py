"""How often a flag is right: on seeded shops with planted rings, on public sets that can test a part of it, beside trivial rules.

`python -m bench.bench_flags [--own] [--shops 8]`. The public sets lie in AMENDS_SHARED (or `shared` beside the checkout) and are not part
of the project; where they are not there, or with `--own`, only the seeded shops are measured, and it is said so. No figure without its
base rate. Every score is that of the moment at which the case came: nothing looks ahead.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from amends.facts.flags import Judged, Score, Signs
from amends.learn.flags.reasons import scored
from amends.learn.flags.threshold import threshold, wilson
from amends.learn.flags.weights import LEAST_POINTS
from bench.additive import Additive, Parts
from bench.additive_rows import payment_parts
from bench.bench_reading import of, shared
from bench.flag_sets import Payment, credited, fashion, fashion_signs, payments
from bench.flag_shops import Case, shop
from bench.ranked import area, average_precision, interval, topmost

SHOPS = {
    "nothing planted": (20_000, 0, 0, 0.0),
    "2 rings of 5 in 60,000 orders": (60_000, 2, 5, 0.8),
    "2 rings of 5 in 20,000 orders": (20_000, 2, 5, 0.8),
    "4 rings of 8 in 20,000 orders": (20_000, 4, 8, 0.8),
}
CAPS = (10, 20)
console = Console(width=200)


@dataclass
class Told:
    """What was flagged in shops of one sort, added up."""

    cases: int = 0
    planted: int = 0
    flagged: int = 0
    right: int = 0
    at_once: int = 0
    states: Counter[str] = field(default_factory=Counter)
    by_requests: int = 0
    by_money: int = 0

    def row(self) -> list[str]:
        """As a row of a table."""
        low, high = wilson(self.right, self.flagged)
        precise = f"{of(self.right, self.flagged)}, {100 * low:.0f} to {100 * high:.0f}" if self.flagged else "-"
        return [
            of(self.planted, self.cases), of(self.flagged, self.cases), str(self.at_once), precise, of(self.right, self.planted),
            of(self.by_requests, self.flagged), of(self.by_money, self.flagged),
            ", ".join([f"{name} {many}" for name, many in self.states.most_common()]),
        ]  # fmt: skip


def seeded(shops: int) -> None:
    """Will measure seeded shops: what the threshold flags, and what every case with so many points would have been."""
    table = Table(title=f"Seeded shops, {shops} of each sort, half a year each; planted cases are right")
    for name in (
        "shops",
        "rule",
        "base rate",
        "flagged as they came",
        "at the end",
        "right of flagged, 95 %",
        "of planted",
        "most requests",
        "most money",
        "states",
    ):
        table.add_column(name)
    for name, (orders, rings, shades, asks) in SHOPS.items():
        told = {rule: Told() for rule in ("30 points", *CAPS)}
        for seed in range(1, shops + 1):
            cases, usual = shop(seed, orders, rings, shades, asks)
            then, now = scored([one.signs for one in cases], usual)
            for rule, sums in told.items():
                _flag(sums, rule, cases, then, now)
        for rule, sums in told.items():
            table.add_row(name, f"at most {rule / 10:g} %" if isinstance(rule, int) else rule, *sums.row())
    console.print(table)
    console.print(
        "`most requests`, `most money`: as many cases as were flagged, by the buyer's requests in 90 days so far, and by amount"
    )


def _flag(sums: Told, rule: int | str, cases: Sequence[Case], then: dict[int, Score], now: dict[int, Score]) -> None:
    """Add one shop: by a cap in thousandths as the house does it, or by points alone."""
    least: int | None = LEAST_POINTS
    if isinstance(rule, int):
        told = [
            (now[one.signs.case].points, then[one.signs.case].points, one.signs.confirmed, one.signs.at)
            for one in cases
        ]
        found = threshold(
            [Judged(shown, came, ended=True, confirmed=right, at=at) for shown, came, right, at in told], rule
        )
        least = found.points if found.flags else None
        sums.states[found.state] += 1
        sums.at_once += found.flagged if found.flags else 0
    flagged = [one for one in cases if least is not None and then[one.signs.case].points >= least]
    sums.cases += len(cases)
    sums.planted += sum([one.planted for one in cases])
    sums.flagged += len(flagged)
    sums.right += sum([one.planted for one in flagged])
    counts = requests([one.signs for one in cases], 90)
    sums.by_requests += topmost([(many, one.planted) for many, one in zip(counts, cases, strict=True)], len(flagged))
    sums.by_money += topmost([(one.amount, one.planted) for one in cases], len(flagged))


def requests(every: Sequence[Signs], days: int) -> list[int]:
    """Will count each buyer's requests in so many days up to each, in the order in which they came."""
    seen: dict[str, list[float]] = {}
    found = []
    for one in every:
        at = one.at.timestamp() / 86_400
        mine = seen.setdefault(one.buyer, [])
        mine.append(at)
        found.append(sum([at - days < other for other in mine]))
    return found


def charge_backs(folder: Path) -> None:
    """Will measure the sign of many requests on card payments, of which it is known what was charged back."""
    every = payments(folder)
    then, _ = scored([one.signs for one in every], 0.0)
    buyers = [one.signs.buyer for one in every]
    disputed = sum([one.disputed for one in every])
    console.print(
        f"\nCharge-backs: {len(every)} card payments, base rate {of(disputed, len(every))} (far above real life)"
    )
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in every:
        for kind, tie in one.signs.ties.items():
            holders[kind, tie].add(one.signs.buyer)
    shared_by = Counter([len(who) for (_, tie), who in holders.items() if tie])
    console.print(
        f"  devices and cards by how many buyers have them: {dict(sorted(shared_by.items()))}: no ring can be found here"
    )
    judged = [
        Judged(then[one.signs.case].points, then[one.signs.case].points, ended=True, confirmed=one.disputed)
        for one in every
    ]
    for cap in CAPS:
        console.print(
            f"  the house's default, at most {cap / 10:g} %: {threshold(judged, cap).state}, nothing is flagged by one sign alone"
        )
    signed = [bool(then[one.signs.case].points) for one in every]
    _say_sign(every, "payments with the sign `many requests`", signed)
    counts = [float(one) for one in requests([one.signs for one in every], 30)]
    for share in (1, 2):
        many = len(every) * share // 100
        _say(every, f"the {share} % with most payments of the buyer so far", counts, many)
        _say(every, f"the {share} % with most money", [one.amount for one in every], many)
    for name, scores in (("payments of the buyer so far", counts), ("money", [one.amount for one in every])):
        pairs = [(score, one.disputed) for score, one in zip(scores, every, strict=True)]
        low, high = interval(buyers, _of(area, pairs))
        console.print(
            f"  by {name}: AUC {area(pairs):.3f} ({low:.3f} to {high:.3f}), AP {average_precision(pairs):.3f} "
            f"(stated floor of past-only counts, on other rows: 0.844 and 0.512)"
        )


def summed(every: Sequence[Payment]) -> None:
    """Will measure a sum of named parts on the same payments: other buyers, and the last two fifths after the first three."""
    folds = [int(hashlib.sha256(one.signs.buyer.encode()).hexdigest(), 16) % 5 for one in every]
    cut = len(every) * 3 // 5
    for name, money in (("counts so far", False), ("counts so far and amount", True)):
        rows = payment_parts(every, money=money)
        scores = [0.0] * len(every)
        splits = [([at for at in range(len(every)) if folds[at] != one], [at for at in range(len(every)) if folds[at] == one])
                  for one in range(5)]  # fmt: skip
        for known, asked in splits:
            for at, score in zip(asked, _fitted(every, rows, known, asked), strict=True):
                scores[at] = score
        _ranks(f"{name}, by buyers", every, scores)
        late = range(cut, len(every))
        _ranks(f"{name}, by time", every[cut:], _fitted(every, rows, range(cut), late))


def _fitted(every: Sequence[Payment], rows: Sequence[Parts], known: Sequence[int], asked: Sequence[int]) -> list[float]:
    model = Additive(ridge=3.0)
    model.fit([rows[at] for at in known], [every[at].disputed for at in known])
    return [model.chance(rows[at]) for at in asked]


def _ranks(name: str, some: Sequence[Payment], scores: Sequence[float]) -> None:
    pairs = [(score, one.disputed) for score, one in zip(scores, some, strict=True)]
    low, high = interval([one.signs.buyer for one in some], _of(area, pairs))
    console.print(
        f"  sum of parts, {name}: base rate {of(sum([one.disputed for one in some]), len(some))}, AUC {area(pairs):.3f} "
        f"({low:.3f} to {high:.3f}), AP {average_precision(pairs):.3f}"
    )


def _of(
    figure: Callable[[Sequence[tuple[float, bool]]], float], pairs: Sequence[tuple[float, bool]]
) -> Callable[[Sequence[int]], float]:
    return lambda rows: figure([pairs[row] for row in rows])


def _say(every: Sequence[Payment], name: str, scores: Sequence[float], many: int) -> None:
    """Print precision and recall of the topmost, with an interval that draws whole buyers."""
    pairs = [(score, one.disputed) for score, one in zip(scores, every, strict=True)]
    right, share = topmost(pairs, many), many / len(every)

    def precision(rows: Sequence[int]) -> float:
        top = max(1, round(share * len(rows)))
        return topmost([pairs[row] for row in rows], top) / top

    _told(name, right, many, interval([one.signs.buyer for one in every], precision), every)


def _say_sign(every: Sequence[Payment], name: str, signed: Sequence[bool]) -> None:
    """Print the same of payments that have a sign or have it not."""

    def precision(rows: Sequence[int]) -> float:
        some = [every[row].disputed for row in rows if signed[row]]
        return sum(some) / max(1, len(some))

    right = sum([one.disputed for one, has in zip(every, signed, strict=True) if has])
    _told(name, right, sum(signed), interval([one.signs.buyer for one in every], precision), every)


def _told(name: str, right: int, many: int, within: tuple[float, float], every: Sequence[Payment]) -> None:
    disputed = sum([one.disputed for one in every])
    console.print(
        f"  {name}: right {of(right, many)}, {100 * within[0]:.0f} to {100 * within[1]:.0f}; "
        f"of all charge-backs {of(right, disputed)}"
    )


def customers(folder: Path) -> None:
    """Will count how many ordinary requests of real shops have reasons: nothing is known of abuse, so each may be a false alarm."""
    for name, (every, usual) in (
        ("fashion, baskets of which something came back", fashion_signs(fashion(folder))),
        ("gifts, credit notes", credited(folder)),
    ):
        then, _ = scored(every, usual)
        found = Counter([one.code for score in then.values() for one in score.reasons])
        flagged = sum([score.points >= LEAST_POINTS for score in then.values()])
        told = ", ".join([f"{code} {of(many, len(every))}" for code, many in found.most_common()]) or "no reasons"
        console.print(f"\n{name}: {len(every)}, {100 * usual:.0f} % of orders; {told}")
        console.print(f"  with {LEAST_POINTS} points: {of(flagged, len(every))}")


def main() -> None:
    """Print every figure."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--own", action="store_true", help="only the seeded shops")
    given.add_argument("--shops", type=int, default=8)
    asked = given.parse_args()
    seeded(asked.shops)
    folder = shared()
    if folder is None or asked.own:
        console.print("SKIPPED: the public sets (AMENDS_SHARED names their folder); only seeded shops were measured.")
        return
    charge_backs(folder)
    summed(payments(folder))
    customers(folder)


if __name__ == "__main__":
    main()
