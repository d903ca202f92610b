"""PRC law: seven-day return, quality, transit risk, money back, damages."""

from amends.rules.cn import claims, money, rules
from amends.rules.cn.pack import CN as DECLARED

__all__ = ["DECLARED", "claims", "money", "rules"]
