"""The pack that the rules of New York enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

US_NY: Final = Declared("us_ny", "law")
