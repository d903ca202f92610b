"""Each channel has a page that names all it can do and every status it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.wiring.channels import BY_NAME

PAGES = Path(__file__).resolve().parents[2] / "docs" / "channels"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_the_page_of_a_channel_names_its_actions_statuses_and_settings(name: str) -> None:
    channel, page = BY_NAME[name], (PAGES / f"{name}.md").read_text(encoding="utf-8")
    named = [
        *channel.can.actions,
        *channel.can.by_person,
        *channel.statuses,
        *(setting.name for setting in channel.settings),
    ]
    assert [word for word in named if f"`{word}`" not in page] == []
