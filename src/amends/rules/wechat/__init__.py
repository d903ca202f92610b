"""WeChat: the timers of its trade component and shops."""

from amends.rules.wechat import timers
from amends.rules.wechat.pack import WECHAT as DECLARED

__all__ = ["DECLARED", "timers"]
