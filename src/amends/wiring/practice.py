"""Practice over the database that Django was made ready for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from amends.desk.house import House
from amends.desk.practice.desk import PracticeDesk
from amends.wiring.clock import now
from amends.wiring.knowledge import examples


def practice_desk(house: House, clock: Callable[[], datetime] = now) -> PracticeDesk:
    """The verbs of practice: cases are decided by the rules and policies of `house`, and nothing of it is kept but the score."""
    from amends.store.practice_book import DatabasePractice

    return PracticeDesk(
        DatabasePractice(), house.rulebooks, house.policy_for, examples, clock, lambda: secrets.token_hex(8)
    )
