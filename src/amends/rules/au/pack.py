"""The pack that the rules of Australia enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

AU: Final = Declared("au", "law")
