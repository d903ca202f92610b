"""The page about Shopify names all that the channel can do and every status that it knows, and the webhooks to create."""

from __future__ import annotations

from pathlib import Path

from amends.channels.shopify.words import SCOPES, TOPICS
from tests.rooms.channels.shopify_house import CHANNEL


def test_the_page_names_everything(checkout: Path) -> None:
    page = (checkout / "docs/channels/shopify.md").read_text(encoding="utf-8")
    can = CHANNEL.can
    wanted = [
        *can.actions,
        *can.by_person,
        *CHANNEL.statuses,
        *TOPICS,
        *SCOPES,
        *(one.name for one in CHANNEL.settings),
    ]
    assert [word for word in wanted if f"`{word}`" not in page] == []


def test_the_guide_names_what_has_to_be_created() -> None:
    for says in CHANNEL.guide:
        assert says.zh != says.en
    whole = " ".join([says.en for says in CHANNEL.guide])
    assert [word for word in (*TOPICS, *SCOPES, "{push_url}") if word not in whole] == []
