"""Where Shopify's published schema is there, its stand-in holds every document and every answer against it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amends.fakes.shopify import FakeShopify
from tests.shopify_schema import FILE, PublishedSchema


@pytest.fixture(autouse=True)
def shopify_by_its_schema() -> Iterator[None]:
    """As strict as the real one, if that can be known here."""
    FakeShopify.schema = PublishedSchema() if FILE.is_file() else None
    yield
    FakeShopify.schema = None
