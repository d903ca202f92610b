"""The case page shows what there is to look at about photos, in the page's language; the shop's pictures are kept in its settings."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.money_house import case_of, order_of
from tests.pictures_house import as_file, scene
from tests.portal_house import upload


def two_cases() -> tuple[int, int]:
    """Two cases of one merchant; the second buyer's photo was in the first case before."""
    from amends.web.front import front

    numbers = [case_of(order_of(order=f"O-{name}"), key=f"KEY-{name}") for name in ("first", "second")]
    for number in numbers:
        with front().evidence.shelf.receiving([upload(as_file(scene(1)), "torn.jpg")]) as received:
            received.keep(number, "buyer", "Anna", front().now())
    front().pictures.look()
    return numbers[0], numbers[1]


def page(client: Any, address: str, language: str) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_signal_stands_at_its_photo_and_at_the_buyer_with_a_link_to_the_other_case(agent: Any, language: str) -> None:
    first, second = two_cases()
    shown = page(agent, f"/cases/{second}", language)
    shelf, buyer = shown.split('id="shelf"')[1].split("</section>")[0], shown.split('class="panel buyer"')[1]
    for part in (shelf, buyer):
        assert f'href="/cases/{first}#shelf"' in part
        assert "KEY-first" in part
    assert {"en": "never a verdict", "zh-hans": "不是结论", "zh-hant": "不是結論"}[language] in shelf
    assert "risk.photo_reused" in buyer
    assert f'href="/cases/{second}#shelf"' in page(agent, f"/cases/{first}", language), (
        "the earlier case tells of the later one"
    )


def test_a_case_without_signals_says_nothing_of_them(agent: Any) -> None:
    first, _ = two_cases()
    assert "photo-strong" not in page(agent, f"/cases/{case_of(order_of(order='O-x'), key='KEY-x')}", "en")
    assert first


def test_the_log_tells_what_was_seen(agent: Any) -> None:
    _, second = two_cases()
    assert "looked at a photo; signals: the same file as in another case" in page(agent, f"/cases/{second}", "en")


def keeper(agent: Any) -> int:
    from amends.store.members import give_role
    from amends.store.models import Shop

    case_of(order_of())
    give_role("lin", "manager")
    return int(Shop.objects.get(name="acme").pk)


def test_product_pictures_are_taken_in_shown_and_removed(agent: Any, language: str) -> None:
    address = f"/settings/shops/{keeper(agent)}/pictures"
    sent = agent.post(address, {"files": [SimpleUploadedFile("dress.jpg", as_file(scene(2)))]})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{address}?done=save")
    assert "dress.jpg" in page(agent, address, language)
    from amends.store.models import ProductPictureRow

    place = ProductPictureRow.objects.get().pk
    small = agent.get(f"{address}/{place}.jpg")
    assert (small.headers["Content-Type"], small.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert agent.post(f"{address}/{place}/remove").status_code == 302
    assert agent.get(f"{address}/{place}.jpg").status_code == 404


def test_what_is_no_picture_is_told_by_name(agent: Any) -> None:
    address = f"/settings/shops/{keeper(agent)}/pictures"
    answer = agent.post(
        address, {"files": [SimpleUploadedFile("list.csv", b"a,b\n" * 40)]}, headers={"accept-language": "en"}
    )
    assert answer.status_code == 409
    assert "list: no PNG, JPEG or WebP picture" in answer.content.decode()
