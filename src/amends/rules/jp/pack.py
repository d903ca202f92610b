"""The pack that the rules of Japan enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

JP: Final = Declared("jp", "law")
