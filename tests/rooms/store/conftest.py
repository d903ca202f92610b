"""A fresh database a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.django_house import fresh_database


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[Path]:
    """The folder of an empty database that Django is joined to."""
    fresh_database(tmp_path)
    yield tmp_path
    from django.db import connection

    connection.close()
