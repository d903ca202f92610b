"""Adyen's signatures, and what its events mean."""

from __future__ import annotations

from typing import Any

import pytest

from amends.gateways.adyen import notice_signature

KEY = "00112233445566778899aabbccddeeff" * 2


@pytest.fixture
def item() -> dict[str, Any]:
    return {
        "pspReference": "PSP1",
        "originalReference": "ORIG1",
        "merchantAccountCode": "Acct",
        "merchantReference": "REF1",
        "amount": {"value": 1000, "currency": "EUR"},
        "eventCode": "REFUND",
        "success": "true",
    }


def test_the_signature_is_the_published_one(item: dict[str, Any]) -> None:
    assert notice_signature(item, KEY) == "/8CsfblFhYk/WVeLjbU4V8Lz9vce0M+3lYgwpqcsM+c="


@pytest.mark.parametrize("field", ["pspReference", "originalReference", "merchantReference", "eventCode", "success"])
def test_every_field_counts(item: dict[str, Any], field: str) -> None:
    assert notice_signature(item | {field: "other"}, KEY) != notice_signature(item, KEY)
