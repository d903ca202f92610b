"""The pack that the federal rules of the United States enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

US: Final = Declared("us", "law")
