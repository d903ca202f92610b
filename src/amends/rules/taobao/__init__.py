"""Taobao: timers of every request, evidence in intervention, freight and gifts."""

from amends.rules.taobao import disputes, timers
from amends.rules.taobao.pack import TAOBAO as DECLARED

__all__ = ["DECLARED", "disputes", "timers"]
