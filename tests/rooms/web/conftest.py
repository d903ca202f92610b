"""A fresh database a test, with the sample cases, and a browser that is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.django_house import fresh_database, put_away


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the sample cases, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    fresh_database(folder)
    from tests.rooms.web.samples import fill

    fill()
    return put_away(folder)


@pytest.fixture(autouse=True)
def database(filled: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder of a database with the sample cases."""
    fresh_database(tmp_path, like=filled)
    yield tmp_path
    from django.core.cache import cache
    from django.db import connection

    cache.clear()
    connection.close()


@pytest.fixture
def stranger() -> Any:
    """A browser that nobody signed in with; it speaks Chinese unless told otherwise."""
    from django.test import Client

    return Client(SERVER_NAME="localhost", raise_request_exception=True)


@pytest.fixture
def agent(stranger: Any) -> Any:
    """A browser with a person signed in."""
    from django.contrib.auth.models import User

    from amends.store.members import give_role

    stranger.force_login(User.objects.create_user("lin", password="a long enough password"))
    give_role("lin", "agent")
    return stranger


@pytest.fixture(params=["zh-hans", "zh-hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs in all three languages."""
    return str(request.param)
