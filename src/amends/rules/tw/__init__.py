"""Taiwan: withdrawal from distance contracts."""

from amends.rules.tw import rules
from amends.rules.tw.pack import TW

DECLARED = TW

__all__ = ["DECLARED", "rules"]
