"""The list as a file: of what one may see, without what is masked, and written down."""

from __future__ import annotations

from typing import Any

from tests.databases import database

__all__ = ["database"]


def test_the_list_is_sent_as_a_table_of_what_one_may_see(database: Any) -> None:
    from amends.web.front import install
    from tests.django_house import plain_front
    from tests.money_house import case_of, order_of
    from tests.rooms.web.test_walls import NORTH, SOUTH, browser

    install(plain_front())
    case_of(order_of(order="O-N", request={"message": "my telephone is 13800138000"}), key="C-N", shop=NORTH)
    case_of(order_of(order="O-S"), key="C-S", shop=SOUTH)
    client = browser("agent", "north")
    sent = client.get("/list/export?form=csv")
    table = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert sent["Content-Type"].startswith("text/csv")
    assert "O-N" in table
    assert "O-S" not in table
    assert "13800138000" not in table
    book = b"".join(client.get("/list/export?view=closed").streaming_content)
    assert book.startswith(b"PK")
    told = browser("manager", "north").get("/audit").content.decode()
    assert "exported the list" in told
