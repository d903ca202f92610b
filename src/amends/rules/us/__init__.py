"""United States, federal: goods ordered by mail, internet or telephone."""

from amends.rules.us import rules
from amends.rules.us.pack import US

DECLARED = US

__all__ = ["DECLARED", "rules"]
