"""The pack that Tmall's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

TMALL: Final = Declared("tmall", "platform")
