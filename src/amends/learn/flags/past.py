"""What was known of a merchant's cases at a moment: filled in the order in which they came, so that no reason looks ahead."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from amends.facts.flags import Signs
from amends.facts.rings import TIES, TiedClaim
from amends.learn.guards.rings import BUYERS, CLAIMS, HUB, tied

WINDOWS: Final = (30, 90)
Tie = tuple[str, str]


class Past:
    """The cases that came so far. `usual`: the share of all orders that are claimed about; 0 where no orders were told."""

    def __init__(self, every: Sequence[Signs], usual: float) -> None:
        self.usual = usual
        self.cases = 0
        self.kinds: Counter[str] = Counter()
        self.late: list[int] = []
        self.counts = {days: Counter[int]() for days in WINDOWS}
        self.lifted = frozenset([one.buyer for one in every if one.lifted])
        self.hubs, self.groups = _shape(every)
        self._of_buyer: dict[str, list[Signs]] = defaultdict(list)
        self._holder: dict[Tie, int] = {}
        self._root: dict[int, int] = {}
        self._group: dict[int, list[Signs]] = {}

    def add(self, one: Signs) -> None:
        """Take in a case that came after all that are here."""
        self.cases += 1
        self.kinds[one.kind] += 1
        if one.buyer:
            self._of_buyer[one.buyer].append(one)
        for days, counted in self.counts.items():
            counted[len(self.lately(one, days))] += 1
        if one.days is not None:
            bisect.insort(self.late, one.days)
        self._root[one.case], self._group[one.case] = one.case, [one]
        for tie in self.ties(one):
            self._join(one.case, self._holder.setdefault(tie, one.case))

    def ties(self, one: Signs) -> list[Tie]:
        """What a case may be tied by: no hubs, and nothing of a buyer whose flag a lead took away."""
        if one.buyer in self.lifted:
            return []
        return [
            (kind, value)
            for kind, value in one.ties.items()
            if kind in TIES and value and (kind, value) not in self.hubs
        ]

    def of_buyer(self, buyer: str) -> Sequence[Signs]:
        """The cases of a buyer so far, in order."""
        return self._of_buyer[buyer]

    def lately(self, one: Signs, days: int) -> list[Signs]:
        """The buyer's cases in so many days up to this one, with it."""
        since = one.at - timedelta(days=days)
        return [other for other in self._of_buyer[one.buyer] if since < other.at <= one.at]

    def share(self, days: int, many: int) -> float:
        """The share of cases so far that were at least their buyer's so manieth in so many days."""
        reached = sum([count for counted, count in self.counts[days].items() if counted >= many])
        return reached / self.cases if self.cases else 1.0

    def sooner(self, days: int) -> float:
        """The share of requests so far that came sooner after delivery."""
        return bisect.bisect_left(self.late, days) / len(self.late) if self.late else 0.0

    def group(self, case: int) -> Sequence[Signs]:
        """The cases that are tied to this one so far, with it."""
        return self._group[self._top(case)]

    def _top(self, case: int) -> int:
        while self._root[case] != case:
            self._root[case] = self._root[self._root[case]]
            case = self._root[case]
        return case

    def _join(self, one: int, other: int) -> None:
        small, large = sorted((self._top(one), self._top(other)), key=lambda top: len(self._group[top]))
        if small != large:
            self._root[small] = large
            self._group[large] += self._group.pop(small)


def _shape(every: Sequence[Signs]) -> tuple[frozenset[Tie], int]:
    """The ties that more buyers share than any ring has, and how many groups are large enough to be compared at all."""
    holders: dict[Tie, set[str]] = defaultdict(set)
    for one in every:
        for tie in one.ties.items():
            holders[tie].add(one.buyer)
    claims = [TiedClaim(one.case, "", one.buyer, one.ties, goods_stay=False) for one in every if not one.lifted]
    groups = [one for one in tied(claims) if _large([(each.buyer) for each in one])]
    return frozenset([tie for tie, buyers in holders.items() if len(buyers) > HUB]), max(1, len(groups))


def _large(buyers: Iterable[str]) -> bool:
    found = list(buyers)
    return len(found) >= CLAIMS and len(set(found)) >= BUYERS
