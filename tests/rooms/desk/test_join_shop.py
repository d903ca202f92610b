"""A shop written into a policy's text: everything else stays as it was, and the policy speaks for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.desk.settings.first_policy import FIRST_TEXT
from amends.desk.settings.join_shop import joinable, speaks, with_shop
from amends.facts.kept_policies import KeptPolicy, KeptVersion

FORMS = (
    "applies: {shops: [elsewhere]}  # ours",
    "applies:\n  shops: [elsewhere, 'an other']\n  markets: [CN]",
    "applies:\n  shops:\n    - elsewhere  # the first\n    - other\n  markets: [CN]",
    "applies:\n  shops:\n  - elsewhere",
)
PLACE = ("north", "CN", "douyin")


def text_of(applies: str) -> str:
    return FIRST_TEXT.format(name="p").replace("applies: {}", applies)


@pytest.mark.parametrize("applies", FORMS)
@given(shop=st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_any_name_is_written_in_and_read_back(applies: str, shop: str) -> None:
    text = text_of(applies)
    joined = with_shop(text, shop)
    assert joined is not None
    assert speaks(joined, (shop, "CN", "douyin"))
    assert speaks(joined, ("elsewhere", "CN", "douyin"))
    assert not speaks(joined, (shop + "!", "CN", "douyin"))
    kept = iter(joined)
    assert all(letter in kept for letter in text)  # nothing of the old text is gone


@pytest.mark.parametrize("text", [text_of("applies: {}"), text_of("applies: {markets: [DE]}"), "policy: [", ""])
def test_a_policy_that_names_no_shops_is_left_alone(text: str) -> None:
    assert with_shop(text, "north") is None


def test_only_what_would_speak_can_be_chosen() -> None:
    def policy(number: int, applies: str | None, merchant: str = "main") -> KeptPolicy:
        version = KeptVersion(
            1, text_of(applies or "applies: {}"), "live", "wu", datetime(2026, 11, 25, tzinfo=UTC), ""
        )
        return KeptPolicy(number, merchant, f"p{number}", version if applies else None, version)

    shops, german, all_ = FORMS[0], "applies: {shops: [elsewhere], markets: [DE]}", "applies: {markets: [CN]}"
    policies = [policy(1, german), policy(2, None), policy(3, shops, "others"), policy(4, shops), policy(5, all_)]
    found = joinable([*policies, policy(6, shops)], "main", PLACE)
    assert [one.number for one, _ in found] == [4, 5]
    assert [speaks(text, PLACE) for _, text in found] == [True, True]
