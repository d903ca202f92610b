"""The pack that the rules of Korea enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

KR: Final = Declared("kr", "law")
