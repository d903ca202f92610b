"""What the platform itself says, whichever it is: its live deadline beats a computed one."""

from amends.rules.platform import rules
from amends.rules.platform.pack import PLATFORM as DECLARED

__all__ = ["DECLARED", "rules"]
