"""The pages of the vault: a piece and its custody, covered copies, notes, what stood at purchase, the look through it all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.django_house import NOW
from tests.portal_house import picture, upload


@pytest.fixture
def manager(stranger: Any) -> Any:
    from django.contrib.auth.models import User

    from amends.store.members import give_role

    stranger.force_login(User.objects.create_user("mei", password="a long enough password"))
    give_role("mei", "manager")
    return stranger


def a_case() -> int:
    from amends.store.models import CaseRow

    row = CaseRow.objects.filter(state="open", shop__merchant="main").order_by("pk").first()
    assert row is not None
    return row.pk


def with_photo(size: tuple[int, int] = (60, 40)) -> tuple[int, str]:
    from amends.facts.people import Person
    from amends.web.front import front

    number = a_case()
    front().evidence.add(number, Person("wu", "manager"), [upload(picture(size=size), "box.jpg")])
    return number, front().evidence.shelf.of_case(number)[-1].sha256


def test_the_shelf_leads_to_a_piece_whose_custody_names_who_looked(manager: Any, language: str) -> None:
    number, sha = with_photo()
    head = {"accept-language": language}
    assert f"/cases/{number}/files/{sha}" in manager.get(f"/cases/{number}", headers=head).content.decode()
    manager.get(f"/files/{sha}/original").close()
    page = manager.get(f"/cases/{number}/files/{sha}", headers=head).content.decode()
    looked = {"en": "original looked at", "zh-hans": "查看原件", "zh-hant": "檢視原件"}[language]
    assert sha in page
    assert looked in page or "查看原件" in page
    assert "mei" in page


def test_a_covered_copy_is_made_from_what_was_drawn_and_typed(manager: Any) -> None:
    number, sha = with_photo()
    shown = manager.get(f"/cases/{number}/files/{sha}/pages/1.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    given = {"page": "1", "boxes": "0,0,500,500", "x": "600", "y": "600", "wide": "100", "high": "100"}
    made = manager.post(f"/cases/{number}/files/{sha}/cover", given)
    assert made.status_code == 302
    page = manager.get(made["Location"], headers={"accept-language": "en"}).content.decode()
    assert f'href="/cases/{number}/files/{sha}"' in page
    assert "2 rectangles on page 1" in page
    assert "covered copy" in manager.get(f"/cases/{number}", headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("boxes", ["", "1,2,3", "a,b,c,d", "0,0,2000,1", "-1,0,1,1", "0,0,0,0"])
def test_what_is_no_rectangle_is_told_on_the_page(manager: Any, boxes: str) -> None:
    number, sha = with_photo()
    answer = manager.post(f"/cases/{number}/files/{sha}/cover", {"page": "1", "boxes": boxes})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_a_piece_is_held_and_released(manager: Any) -> None:
    number, sha = with_photo()
    for do, shows, offers in (("hold", "held by mei", "release"), ("release", "original stays", "hold")):
        assert manager.post(f"/cases/{number}/files/{sha}/hold", {"do": do}).status_code == 302
        shown = manager.get(f"/cases/{number}/files/{sha}", headers={"accept-language": "en"}).content.decode()
        assert f'name="do" value="{offers}"' in shown
        assert shows in manager.get(f"/cases/{number}/files/{sha}", headers={"accept-language": "en"}).content.decode()


def test_an_agent_may_not_hold(agent: Any) -> None:
    number, sha = with_photo()
    assert agent.post(f"/cases/{number}/files/{sha}/hold", {"do": "hold"}).status_code == 403


def test_a_call_is_noted_and_a_wrong_one_stays_as_it_was_typed(manager: Any) -> None:
    number = a_case()
    given = {"whom": "Anna", "way": "in", "call_at": "2026-11-24T10:00", "minutes": "5", "call_text": "It is broken."}
    wrong = manager.post(f"/cases/{number}/call", given | {"call_at": "soon"})
    assert wrong.status_code == 409
    assert "It is broken." in wrong.content.decode()
    assert manager.post(f"/cases/{number}/call", given).status_code == 302
    assert "call-20261124" in manager.get(f"/cases/{number}").content.decode()


def test_what_was_packed_and_weighed_is_on_the_case_with_its_weight(manager: Any) -> None:
    from amends.facts.log import Actor
    from amends.facts.vault import GoodsOf
    from amends.store.models import CaseRow
    from amends.web.front import front

    number = a_case()
    row = CaseRow.objects.select_related("shop").get(pk=number)
    with front().evidence.shelf.receiving([upload(picture(size=(33, 22)), "scale.jpg")]) as received:
        parcel = GoodsOf(row.shop.name, row.order_no, "", "weighing", 412)
        received.keep_for_goods(parcel, Actor("system", "folder"), NOW, "folder")
    page = manager.get(f"/cases/{number}", headers={"accept-language": "en"}).content.decode()
    assert "412 g" in page
    proof = front().vault.goods.of_case(number)[0]
    assert manager.get(f"/goods/{proof.number}/preview.jpg")["Content-Type"] == "image/jpeg"
    handed = manager.get(f"/goods/{proof.number}/original")
    assert b"".join(handed.streaming_content) == picture(size=(33, 22))
    assert [one.what for one in front().vault.custody.custody(proof.sha256, 9)] == ["taken_in", "looked_at"]


def test_a_listing_that_changed_is_shown_beside_today(manager: Any) -> None:
    from datetime import timedelta

    from amends.facts.listings import Listing
    from amends.store.models import CaseFile, CaseRow
    from amends.web.front import front

    number = a_case()
    row = CaseRow.objects.select_related("shop").get(pk=number)
    file = CaseFile.objects.get(case=number)
    order = file.case_json["order"]
    order["placed_at"] = (NOW - timedelta(days=5)).isoformat()
    file.save()
    sku = order["lines"][0]["sku"]
    book = front().vault.listings
    book.put(row.shop.name, sku, Listing("Solid oak"), "x", NOW - timedelta(days=9), NOW)
    book.put(row.shop.name, sku, Listing("Oak look"), "x", NOW - timedelta(days=1), NOW)
    page = manager.get(f"/cases/{number}").content.decode()
    assert "Solid oak" in page
    assert "<ins>Oak look</ins>" in page
    assert manager.post(f"/cases/{number}/snapshots").status_code == 302
    assert f"listing-{sku}-v1.txt" in manager.get(f"/cases/{number}").content.decode()


def test_a_look_is_asked_for_runs_and_names_what_it_found(manager: Any, language: str) -> None:
    from amends.desk.vault.rounds import AuditRounds
    from amends.web.front import front

    _, sha = with_photo()
    head = {"accept-language": language}
    assert manager.get("/audit/verify", headers=head).status_code == 200
    manager.post("/audit/verify")
    assert 'hx-get="/audit/verify"' in manager.get("/audit/verify", headers=head).content.decode()
    shelf = front().evidence.shelf.place(sha)  # type: ignore[attr-defined]
    shelf.unlink()
    AuditRounds(front().vault).look()
    shown = manager.get("/audit/verify", headers=head).content.decode()
    assert sha in shown
    assert "hx-get" not in shown
    part = manager.get("/audit/verify", headers=head | {"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_an_agent_may_not_ask_for_a_look(agent: Any) -> None:
    assert agent.post("/audit/verify").status_code == 403
