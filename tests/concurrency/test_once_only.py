"""What serves once serves once, however many ask at the same time: codes of an app, recovery codes, links of invitations."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from tests.databases import Database, database
from tests.django_house import NOW

__all__ = ["database"]
ASKING = 6


def at_once(ask: Callable[[int], Any]) -> list[Any]:
    """The answers of several that ask at the same moment, each on a connection of its own."""
    from django.db import connection

    start, answers = threading.Barrier(ASKING), list[Any]()

    def run(place: int) -> None:
        start.wait()
        try:
            answers.append(ask(place))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(ASKING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def lin(database: Database) -> Any:
    from django.contrib.auth.models import User

    return User.objects.create(username="lin")


def test_a_code_of_an_app(lin: Any) -> None:
    from amends.store.factors import app_address, begin_app, confirm_app, take_code

    begin_app(lin, NOW)
    waiting = app_address(lin, "Amends")
    assert waiting
    app = pyotp.TOTP(waiting[0])
    assert confirm_app(lin, app.at(NOW - timedelta(seconds=30)), NOW)
    assert sorted(at_once(lambda place: take_code(lin, app.at(NOW), NOW))) == [False] * (ASKING - 1) + [True]


def test_a_recovery_code(lin: Any) -> None:
    from amends.store.factors import new_codes, use_recovery_code

    code = new_codes(lin)[0]
    assert sum(at_once(lambda place: use_recovery_code(lin, code, NOW))) == 1


def test_the_link_of_an_invitation(lin: Any) -> None:
    from django.contrib.auth.models import User

    from amends.facts.audit import Deed
    from amends.store.joining import UnableToJoin, join_anew
    from amends.store.models import AuditRow, Membership
    from amends.store.people_book import DatabasePeople

    deed = Deed("lin", "invited", "main")
    token = DatabasePeople().invite("main", "agent", "", NOW + timedelta(days=7), deed, NOW)

    def take_up(place: int) -> bool:
        try:
            join_anew(token, f"guest{place}", "a long enough password", "", NOW)
        except UnableToJoin:
            return False
        return True

    assert sum(at_once(take_up)) == 1
    assert Membership.objects.count() == 1
    assert User.objects.count() == 2
    assert AuditRow.objects.filter(what="joined").count() == 1


def test_the_audit_refuses_every_change(database: Database) -> None:
    from django.db import DatabaseError, transaction

    from amends.facts.audit import Deed
    from amends.store.audit_book import DatabaseAudit
    from amends.store.models import AuditRow

    DatabaseAudit().write(Deed("lin", "shown", "main", "C1", 1), NOW)
    for change in (lambda: AuditRow.objects.update(who="nobody"), lambda: AuditRow.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            change()
    assert AuditRow.objects.get().who == "lin"
