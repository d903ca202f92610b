"""People, over the database that Django was made ready for."""

from __future__ import annotations

from pathlib import Path

from amends.cli.tools import UnableToStart
from amends.desk.people import PeopleDesk
from amends.facts.people import STANDINGS
from amends.wiring.clock import now
from amends.wiring.django_start import start_django


def people_desk() -> PeopleDesk:
    """The verbs about people."""
    from amends.store.audit_book import DatabaseAudit
    from amends.store.people_book import DatabasePeople

    return PeopleDesk(DatabasePeople(), DatabaseAudit(), now)


def add_person(data: Path, url: str | None, name: str, role: str, merchant: str) -> str | None:
    """Give a person a role at a merchant; one who is new gets a password, which is the answer. Raises `UnableToStart`."""
    if role not in STANDINGS:
        raise UnableToStart(f"there is no role {role!r}; roles are {', '.join(STANDINGS)}")
    start_django(data, url)
    from amends.store.people import add_person as add
    from amends.store.ready import migrate

    migrate()
    return add(name, role, merchant)
