"""Australia: consumer guarantees."""

from amends.rules.au import rules
from amends.rules.au.pack import AU

DECLARED = AU

__all__ = ["DECLARED", "rules"]
