"""The pack that JD's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

JD: Final = Declared("jd", "platform")
