"""The pack that the rules of any platform enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

PLATFORM: Final = Declared("platform", "platform")
