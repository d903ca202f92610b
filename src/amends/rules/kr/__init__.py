"""Korea: withdrawal from electronic commerce."""

from amends.rules.kr import rules
from amends.rules.kr.pack import KR

DECLARED = KR

__all__ = ["DECLARED", "rules"]
