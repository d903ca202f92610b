"""California: a return policy that was not posted."""

from amends.rules.us_ca import rules
from amends.rules.us_ca.pack import US_CA

DECLARED = US_CA

__all__ = ["DECLARED", "rules"]
