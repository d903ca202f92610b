"""Serves the sample cases for the browser tests: `python -m tests.browser.serve_samples DATA PORT`. The user is lin/lin."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import Any

from amends.web.serve import serve


def build(data: Path) -> Any:
    """The application over the database in `data`; made in the server's own process."""
    from amends.web.front import install
    from amends.web.wsgi import application
    from tests.django_house import plain_front, start_django

    start_django(data)
    install(plain_front())
    return application()


def prepare(data: Path) -> None:
    """A database with many sample cases and one person."""
    from tests.django_house import fresh_database

    fresh_database(data)
    from django.contrib.auth.models import User
    from django.db import connection

    from amends.store.members import give_role
    from tests.rooms.web.samples import DIRECT, DOUYIN, TAOBAO, fill, kettle, knitted, put, shrimps

    User.objects.create_user("lin", password="lin")
    give_role("lin", "manager")
    fill()
    for index in range(20):
        more = (
            (DOUYIN, knitted(f"70200000{index:05}", 6.4 + 3.1 * index)),
            (TAOBAO, shrimps(f"TK9900{index:04}", 9.5 + 2.3 * index)),
            (DIRECT, kettle(f"HP-3{index:03}", 30.0 + 7 * index)),
        )
        put(list(more))
    connection.close()


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
    serve(functools.partial(build, Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
