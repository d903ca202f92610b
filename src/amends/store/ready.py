"""Brings the tables up to date."""

from django.core.management import call_command


def migrate() -> None:
    """Will bring the database to the newest tables; one that is up to date stays as it is."""
    call_command("migrate", interactive=False, verbosity=0)
