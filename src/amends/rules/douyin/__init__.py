"""Douyin: refunds before and during shipping, seven days, returns, defects, categories, money caps."""

from amends.rules.douyin import amounts, categories, defects, no_reason, returns, shipping
from amends.rules.douyin.pack import DOUYIN as DECLARED

__all__ = ["DECLARED", "amounts", "categories", "defects", "no_reason", "returns", "shipping"]
