"""PRC law: seven-day return, quality, transit risk, money back, damages."""

from amends.rules.cn import money, rules
from amends.rules.cn.pack import CN as DECLARED

__all__ = ["DECLARED", "money", "rules"]
