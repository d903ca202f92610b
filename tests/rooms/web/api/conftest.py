"""Each test of the API runs on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_house import Caller, shop_row, token
from tests.databases import database as _both

database = _both


@pytest.fixture
def caller(database: Any) -> Caller:
    """A shop's own system with every scope, acting as a manager."""
    shop_row()
    return Caller(token())
