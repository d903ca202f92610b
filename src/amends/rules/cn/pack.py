"""The pack that the PRC's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

CN: Final = Declared("cn", "law")
