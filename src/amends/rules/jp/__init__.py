"""Japan: returns of mail-order goods."""

from amends.rules.jp import rules
from amends.rules.jp.pack import JP

DECLARED = JP

__all__ = ["DECLARED", "rules"]
