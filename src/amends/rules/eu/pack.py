"""The pack that the Union's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

EU: Final = Declared("eu", "law")
