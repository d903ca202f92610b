"""Tmall: timers of every request, the seven-day clock, the after-sale window, intervention."""

from amends.rules.tmall import rules
from amends.rules.tmall.pack import TMALL as DECLARED

__all__ = ["DECLARED", "rules"]
