"""The pack that Taobao's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

TAOBAO: Final = Declared("taobao", "platform")
