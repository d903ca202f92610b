"""The pack that the rules of Singapore enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

SG: Final = Declared("sg", "law")
