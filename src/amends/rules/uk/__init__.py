"""United Kingdom: cancelling distance contracts, rejecting faulty goods."""

from amends.rules.uk import cancellation, cancellation_money, rejection
from amends.rules.uk.pack import UK

DECLARED = UK

__all__ = ["DECLARED", "cancellation", "cancellation_money", "rejection"]
