"""The pack that the rules of California enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

US_CA: Final = Declared("us_ca", "law")
