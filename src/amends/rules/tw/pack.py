"""The pack that the rules of Taiwan enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

TW: Final = Declared("tw", "law")
