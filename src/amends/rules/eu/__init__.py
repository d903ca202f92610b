"""European Union: withdrawal from distance contracts, conformity of goods."""

from amends.rules.eu import conformity, withdrawal, withdrawal_money
from amends.rules.eu.pack import EU

DECLARED = EU

__all__ = ["DECLARED", "conformity", "withdrawal", "withdrawal_money"]
