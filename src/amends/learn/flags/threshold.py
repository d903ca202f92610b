"""From how many points on a case is flagged: the cap says how many may be, the merchant's own past whether that is worth it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from amends.facts.flags import Judged, Threshold
from amends.learn.flags.weights import LEAST_ENDED, LEAST_POINTS

_Z = 1.959964


def threshold(past: Sequence[Judged], cap: int) -> Threshold:
    """The lowest points that no more cases reach than the cap allows, and how often those were right. `cap`: in thousandths.

    Where no points do, or where too few cases of those ended to be judged by, the next lower points count as well, for as many of the
    newest cases as there is room for: else a ring with more cases than the cap would switch its own flag off. Nothing is chosen by what
    came of the cases, so that their share of confirmed ones is not flattered. It counts points as they were when each case came, and every
    flagged case that ended: one that ended without a finding was flagged wrongly.
    """
    room = len(past) * cap // 1000
    sums = sorted({one for each in past for one in (each.shown, each.then) if one >= LEAST_POINTS})
    fitting = next((least for least in sums if _reached(past, least) <= room), None)
    lower = max([one for one in sums if fitting is None or one < fitting], default=None) if room else None
    tries = [_of(past, points, room) for points in (fitting, lower) if points is not None]
    known = next((one for one in tries if one.ended >= LEAST_ENDED), None)
    return known or next(iter(tries), Threshold("none", cases=len(past)))


def _of(past: Sequence[Judged], points: int, room: int) -> Threshold:
    ended = [one for one in past if one.then >= points and one.ended]
    confirmed = sum([one.confirmed for one in ended])
    low, high = wilson(confirmed, len(ended))
    state = "few" if len(ended) < LEAST_ENDED else "wrong" if high < 0.5 else "set"
    share = round(1000 * confirmed / len(ended)) if ended else 0
    above = sum([one.shown > points for one in past])
    just = sorted([one.at for one in past if one.shown == points], reverse=True)
    since = just[room - above] if above + len(just) > room else None
    flagged = above + (len(just) if since is None else sum([at > since for at in just]))
    return Threshold(
        state,
        points,
        len(past),
        flagged,
        len(ended),
        confirmed,
        share,
        math.floor(low * 1000),
        math.ceil(high * 1000),
        "" if since is None else since.isoformat(),
    )


def _reached(past: Sequence[Judged], points: int) -> int:
    return max(sum([one.shown >= points for one in past]), sum([one.then >= points for one in past]))


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927); from 0 to 1 where there were no tries."""
    if tries == 0:
        return 0.0, 1.0
    share, square = hits / tries, _Z * _Z
    middle = share + square / (2 * tries)
    spread = _Z * math.sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    whole = 1 + square / tries
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
