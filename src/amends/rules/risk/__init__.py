"""The house's own risk signals: explained, never a verdict. They can ask for a person; they take no right away."""

from amends.rules.risk import rules, waybills
from amends.rules.risk.pack import RISK as DECLARED

__all__ = ["DECLARED", "rules", "waybills"]
