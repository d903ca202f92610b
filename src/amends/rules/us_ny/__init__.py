"""New York: a return policy that was not posted."""

from amends.rules.us_ny import rules
from amends.rules.us_ny.pack import US_NY

DECLARED = US_NY

__all__ = ["DECLARED", "rules"]
