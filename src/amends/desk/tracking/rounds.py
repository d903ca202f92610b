"""What the house does about parcels by itself, round after round."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.follow import follow_new
from amends.desk.tracking.stop import pass_on_stops
from amends.desk.tracking.tell import tell_cases
from amends.desk.tracking.work import work_due

_LOOK_AGAIN: Final = timedelta(days=1)
_MOST: Final = 200


class TrackingRounds:
    """`look` stays in the house; `talk` calls networks, and is had done beside so that nobody's money waits for a carrier."""

    def __init__(self, desk: TrackingDesk) -> None:
        self._desk = desk
        self._failed: dict[int, datetime] = {}

    def look(self) -> int:
        """Follow new parcels, look at silent ones, tell cases; how much there was."""
        desk = self._desk
        if not desk.networks.joined:
            return 0
        return follow_new(desk) + desk.book.look_again(desk.now(), _LOOK_AGAIN, _MOST) + tell_cases(desk, self._failed)

    def talk(self) -> int:
        """Subscribe, ask, pass on wishes to stop; how much there was."""
        if not self._desk.networks.joined:
            return 0
        return work_due(self._desk) + pass_on_stops(self._desk)
