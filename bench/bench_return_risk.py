"""How well the forecast's share by SKU tells which line of an order comes back, on a public set of fashion orders.

`python -m bench.bench_return_risk`. The share of a SKU drawn towards its brand's is what the forecast reckons with
(`amends.learn.forecast.rates`): it knows nothing of the buyer, and no decision reads it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from amends.learn.forecast.rates import ratios
from bench.additive import Additive, Parts
from bench.additive_rows import line_parts
from bench.bench_reading import of, shared
from bench.flag_sets import Line, fashion
from bench.ranked import area, interval

_FOLDS = 5
_LATER = "2013-01-01"
console = Console(width=200)


def measure_risk(lines: Sequence[Line]) -> None:
    """Will print the figures of both ways to split: by buyers, as the stated floor has it, and by time, as a shop has it."""
    returned = sum([one.returned for one in lines])
    console.print(
        f"\nReturn risk: {len(lines)} lines, base rate {of(returned, len(lines))} (balanced by those who made the set)"
    )
    folds = [int(hashlib.sha256(one.buyer.encode()).hexdigest(), 16) % _FOLDS for one in lines]
    asked, told = [], []
    for fold in range(_FOLDS):
        mine = [one for one, at in zip(lines, folds, strict=True) if at == fold]
        asked += mine
        told += shares([one for one, at in zip(lines, folds, strict=True) if at != fold], mine)
    _say(
        "by buyers, five folds; stated floor AUC 0.7167, accuracy 0.6529 (gradient boosting, on other buyers)",
        asked,
        told,
    )
    early, late = [one for one in lines if one.day < _LATER], [one for one in lines if one.day >= _LATER]
    found = shares(early, late)
    _say(f"by time, learnt before {_LATER}", late, found)
    known: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for one in early:
        known[one.buyer] += 1
        back[one.buyer] += one.returned
    habit = [(back[one.buyer] + 1) / (known[one.buyer] + 2) for one in late]
    for name, scores in (("most returns of the buyer before", habit), ("most money", [one.price for one in late])):
        console.print(
            f"    beside it, {name}: AUC {area([(score, one.returned) for score, one in zip(scores, late, strict=True)]):.3f}"
        )


def measure_sum(lines: Sequence[Line]) -> None:
    """Will print the same of a sum of named parts, at the moment of the order and when delivery is known too."""
    folds = [int(hashlib.sha256(one.buyer.encode()).hexdigest(), 16) % _FOLDS for one in lines]
    for name, delivery in (("at the order", False), ("with whether it was delivered", True)):
        rows = line_parts(lines, delivery=delivery)
        asked, told = [], []
        for fold in range(_FOLDS):
            mine = [place for place, at in enumerate(folds) if at == fold]
            asked += [lines[place] for place in mine]
            told += _summed(lines, rows, [place for place, at in enumerate(folds) if at != fold], mine)
        _say(f"sum of parts, {name}, by buyers", asked, told)
        late = [place for place, one in enumerate(lines) if one.day >= _LATER]
        early = [place for place, one in enumerate(lines) if one.day < _LATER]
        _say(f"sum of parts, {name}, by time", [lines[place] for place in late], _summed(lines, rows, early, late))


def _summed(lines: Sequence[Line], rows: Sequence[Parts], known: Sequence[int], asked: Sequence[int]) -> list[float]:
    model = Additive()
    model.fit([rows[place] for place in known], [lines[place].returned for place in known])
    return [model.chance(rows[place]) for place in asked]


def shares(known: Sequence[Line], asked: Sequence[Line]) -> list[float]:
    """Will give the share that comes back of each line's SKU, as the forecast draws it from what is known."""
    mean = sum([one.returned for one in known]) / len(known)
    expected = {one.item: 0.0 for one in asked}
    seen: Counter[str] = Counter()
    for one in known:
        expected[one.item] = expected.get(one.item, 0.0) + mean
        seen[one.item] += one.returned
    ratio = ratios(expected, seen, {one.item: one.brand for one in (*known, *asked)})
    return [min(0.99, mean * ratio[one.item]) for one in asked]


def _say(name: str, lines: Sequence[Line], told: Sequence[float]) -> None:
    pairs = [(share, one.returned) for share, one in zip(told, lines, strict=True)]
    low, high = interval([one.buyer for one in lines], lambda rows: area([pairs[row] for row in rows]), draws=100)
    right = sum([(share >= 0.5) == back for share, back in pairs])
    base = sum([back for _, back in pairs])
    mean = base / len(pairs)
    brier = sum([(share - back) ** 2 for share, back in pairs]) / len(pairs)
    console.print(
        f"  {name}: AUC {area(pairs):.3f} ({low:.3f} to {high:.3f}), right {of(right, len(pairs))} where the commonest answer is right "
        f"{of(max(base, len(pairs) - base), len(pairs))}; Brier {brier:.3f}, of the mean alone {mean * (1 - mean):.3f}"
    )
    ordered, tenth = sorted(pairs), len(pairs) // 10
    for part, some in (("lowest", ordered[:tenth]), ("highest", ordered[-tenth:])):
        foreseen = sum([share for share, _ in some]) / tenth
        console.print(
            f"    {part} tenth: foreseen {100 * foreseen:.1f} %, came back {of(sum([back for _, back in some]), tenth)}"
        )


def main() -> None:
    """Print the figures, or that there is nothing to measure."""
    folder = shared()
    if folder is None:
        console.print("SKIPPED: the public sets are not there (AMENDS_SHARED names their folder).")
    else:
        lines = fashion(folder)
        measure_risk(lines)
        measure_sum(lines)


if __name__ == "__main__":
    main()
