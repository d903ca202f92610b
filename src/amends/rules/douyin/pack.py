"""The pack that Douyin's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

DOUYIN: Final = Declared("douyin", "platform")
