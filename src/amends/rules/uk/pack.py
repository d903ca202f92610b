"""The pack that the United Kingdom's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

UK: Final = Declared("uk", "law")
