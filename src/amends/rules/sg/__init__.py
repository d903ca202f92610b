"""Singapore: goods that do not conform."""

from amends.rules.sg import rules
from amends.rules.sg.pack import SG

DECLARED = SG

__all__ = ["DECLARED", "rules"]
