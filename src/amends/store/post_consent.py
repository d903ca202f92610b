"""Whether a buyer takes advertising by mail, as the database has it."""

from __future__ import annotations

from amends.store.models import ConsentRow


def agrees(merchant: str, key: str) -> bool:
    """Will tell whether the buyer of a key said yes, and not no since."""
    return ConsentRow.objects.filter(merchant=merchant, key=key, state="yes").exists()
