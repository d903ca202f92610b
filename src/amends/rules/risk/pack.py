"""The pack that the risk signals enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

RISK: Final = Declared("risk", "risk")
