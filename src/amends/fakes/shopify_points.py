"""The points that a shop may spend on queries: so many at once, so many more a second."""

from __future__ import annotations

import time
from typing import Any


class Points:
    """A bucket that fills by itself. What it holds is what Shopify gives its largest shops but one."""

    def __init__(self, most: int = 20_000, a_second: int = 1_000) -> None:
        self.most, self.a_second = most, a_second
        self._spent = 0
        self._since = time.monotonic()

    def there(self) -> int:
        """What may be spent now."""
        now = time.monotonic()
        back = int((now - self._since) * self.a_second)
        if back:
            self._spent, self._since = max(0, self._spent - back), now
        return self.most - self._spent

    def spend(self, wanted: int, actual: int) -> dict[str, Any]:
        """Take what a query really cost, never more than it was reckoned at; tells what is told beside an answer."""
        self.there()
        self._spent += min(wanted, actual)
        return self.told(wanted, actual)

    def told(self, wanted: int, actual: int | None) -> dict[str, Any]:
        """`extensions.cost`."""
        state = {
            "maximumAvailable": float(self.most),
            "currentlyAvailable": self.there(),
            "restoreRate": float(self.a_second),
        }
        return {"requestedQueryCost": wanted, "actualQueryCost": actual, "throttleStatus": state}
