"""JD (POP shops): the dispute procedure and what goods' disputes are decided by."""

from amends.rules.jd import goods, procedure
from amends.rules.jd.pack import JD as DECLARED

__all__ = ["DECLARED", "goods", "procedure"]
