"""The pack that WeChat's rules enrol in."""

from __future__ import annotations

from typing import Final

from amends.rules.kernel import Declared

WECHAT: Final = Declared("wechat", "platform")
