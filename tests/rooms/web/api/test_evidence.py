"""Packing videos, weighing photos and listings by the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_house import Caller, order_parts, shop_row, token, wish
from tests.portal_house import picture
from tests.rooms.desk.vault.test_packing import MP4


@pytest.fixture
def caller(database: Any) -> Caller:
    shop_row()
    made = Caller(token())
    made.done("PUT", "/shops/acme/orders/O-1", order_parts())
    return made


def put(caller: Caller, path: str, content: bytes) -> Any:
    return caller.client.put(
        "/api/v1" + path,
        content,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {caller.secret}"},
    )


def test_a_file_is_kept_before_the_case_and_shown_on_it_and_once(caller: Caller) -> None:
    path = "/shops/acme/goods/O-1/files/scale.jpg?purpose=weighing&grams=412"
    first = put(caller, path, picture())
    assert (first.status_code, first.json()["new"], first.json()["grams"]) == (200, True, 412)
    again = put(caller, path, picture())
    assert (again.json()["new"], again.json()["sha256"]) == (False, first.json()["sha256"])
    case = caller.done("POST", "/cases", wish("O-1"))["id"]
    from amends.facts.people import Person
    from amends.web.front import front

    assert [one.parcel.grams for one in front().vault.shelf(case, Person("x", "manager")).goods] == [412]
    assert [one["sha256"] for one in caller.done("GET", "/shops/acme/goods/O-1/files")["items"]] == [
        first.json()["sha256"]
    ]


def test_a_film_larger_than_a_body_of_json_goes_in(caller: Caller) -> None:
    film = MP4 + bytes(3 * 1024 * 1024)
    answer = put(caller, "/shops/acme/goods/SF1234567890123/files/f.mp4?number_is=waybill", film)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["waybill"], answer.json()["size"]) == ("SF1234567890123", len(film))


@pytest.mark.parametrize(("path", "content", "status", "field"), [
    ("/shops/acme/goods/O-1/files/f.txt", b"hello" * 50, 422, "file"),
    ("/shops/acme/goods/O-1/files/f.jpg", b"", 422, "file"),
    ("/shops/acme/goods/O-1/files/f.jpg?grams=0", picture(), 422, "grams"),
    ("/shops/acme/goods/O-1/files/f.jpg?purpose=x", picture(), 422, "purpose"),
    ("/shops/nobody/goods/O-1/files/f.jpg", picture(), 404, ""),
])  # fmt: skip
def test_what_cannot_be_kept_is_told_by_its_field(
    caller: Caller, path: str, content: bytes, status: int, field: str
) -> None:
    answer = put(caller, path, content)
    assert answer.status_code == status, answer.content
    assert (answer.json().get("field") or "").endswith(field)


def test_anothers_shop_is_not_there(caller: Caller) -> None:
    stranger = Caller(token(merchant="another"))
    assert put(stranger, "/shops/acme/goods/O-1/files/f.jpg", picture()).status_code == 404
    assert stranger.call("GET", "/shops/acme/goods/O-1/files").status_code == 404
    assert stranger.call("PUT", "/shops/acme/listings/S1", {"title": "x"}).status_code == 404
    assert stranger.call("GET", "/shops/acme/listings/S1").status_code == 404


def test_versions_of_a_listing(caller: Caller) -> None:
    told = {"title": "Lamp", "price": "20.00", "currency": "EUR", "as_of": "2026-11-01T00:00:00+00:00"}
    assert caller.done("PUT", "/shops/acme/listings/S1", told)["new"]
    assert not caller.done("PUT", "/shops/acme/listings/S1", told)["new"]
    assert caller.done("PUT", "/shops/acme/listings/S1", {"title": "Lamp 2"})["version"] == 2
    found = caller.done("GET", "/shops/acme/listings/S1")["items"]
    assert [one["title"] for one in found] == ["Lamp 2", "Lamp"]
    for wrong in ({"title": ""}, {"title": "x", "as_of": "tomorrow"}, {"title": "x", "pictures": ["z"]}, {"what": 1}):
        assert caller.call("PUT", "/shops/acme/listings/S1", wrong).status_code == 422
