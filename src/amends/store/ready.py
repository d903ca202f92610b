"""Brings the tables up to date."""

from datetime import UTC, datetime

from django.core.management import call_command

from amends.store.database import making_tables
from amends.store.models import CaseRow, Shop
from amends.store.take_over import take_over


def migrate() -> None:
    """Will bring the database to the newest tables; one that is up to date stays as it is. Many may do so at once."""
    with making_tables():
        call_command("migrate", interactive=False, verbosity=0)
        take_over(datetime.now(UTC))


def counts() -> tuple[int, int]:
    """Will count the cases and the shops that are kept."""
    return CaseRow.objects.count(), Shop.objects.count()
