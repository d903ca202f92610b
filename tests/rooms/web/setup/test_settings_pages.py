"""The pages of the settings: who may open them, what they keep, and what they say of what is wrong."""

from __future__ import annotations

import io
import json
import re
import time
from typing import Any

import pytest
from PIL import Image

HARD = "policy: mine\nversion: 1\nrules:\n  - id: never\n    then: {outcome: refuse}\n"
KIND = "policy: mine\nversion: 1\nrules:\n  - id: always\n    then: {outcome: accept, refund: {percent: 100}}\n"
SOFT = (
    "policy: mine\nversion: 1\nrules:\n  - id: entitled\n    when: {entitled: true}\n    then: {outcome: accept}\n"
    "  - id: owed\n    when: {something_owed: true}\n    then: {outcome: offer}\n"
    "  - id: doubt\n    when: {any: [{in_doubt: true}, {facts_missing: true}]}\n    then: {outcome: ask}\n"
    "otherwise: {outcome: refuse}\n"
)


def person(name: str, role: str) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role

    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    client.force_login(User.objects.create_user(name, password="a long enough password"))
    give_role(name, role)
    return client


@pytest.fixture
def boss(database: Any) -> Any:
    return person("wu", "manager")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def begun(boss: Any) -> int:
    answer = boss.post("/settings/policies", {"merchant": merchant(), "name": "mine"})
    assert answer.status_code == 302
    return int(answer["Location"].rsplit("/", 1)[1])


def merchant() -> str:
    from amends.store.models import Shop

    return str(Shop.objects.order_by("pk").values_list("merchant", flat=True)[0])


PAGES = (
    "/settings/policies",
    "/settings/policies/words.json",
    "/settings/shops",
    "/settings/shops/1",
    "/settings/messages",
    "/settings/messages/approved",
    "/settings/calendars",
    "/settings/calendars/new",
)


@pytest.mark.parametrize("page", PAGES)
def test_only_who_keeps_settings_opens_their_pages(database: Any, page: str) -> None:
    assert person("wu", "manager").get(page).status_code == 200
    for name, role in (("lin", "agent"), ("mei", "lead"), ("zhao", "finance")):
        assert person(name, role).get(page).status_code == 403


@pytest.mark.parametrize(
    "page",
    [
        "/settings/policies/999",
        "/settings/policies/9999999999999999999999",
        "/settings/shops/999",
        "/settings/shops/99999999999999999999",
        "/settings/shops/1/logo/abc",
        "/settings/calendars/999",
        "/settings/messages/nothing",
        "/settings/messages/approved?language=xx",
        "/settings/messages/approved?reason=xx",
    ],
)
def test_what_is_not_there_is_a_plain_page(boss: Any, page: str) -> None:
    assert boss.get(page).status_code == 404


def test_a_policy_is_begun_once_with_a_good_name(boss: Any) -> None:
    number = begun(boss)
    assert "not published yet" in text(boss.get(f"/settings/policies/{number}"))
    again = boss.post("/settings/policies", {"merchant": merchant(), "name": "mine"})
    assert again.status_code == 409
    assert "already" in text(again)
    assert "small letters" in text(boss.post("/settings/policies", {"merchant": merchant(), "name": "Mine!"}))
    assert boss.post("/settings/policies", {"merchant": "another", "name": "other"}).status_code == 409


def test_lint_names_the_line_as_it_is_written(boss: Any) -> None:
    number = begun(boss)
    answer = text(boss.post(f"/settings/policies/{number}/lint", {"text": SOFT.replace("accept", "acept")}))
    assert 'data-line="6"' in answer
    assert "did you mean accept?" in answer
    assert "reads well" in text(boss.post(f"/settings/policies/{number}/lint", {"text": SOFT}))


def test_the_check_works_beside_the_request_and_shows_a_case_in_words_and_as_a_file(boss: Any) -> None:
    number = begun(boss)
    answer, until = "", time.monotonic() + 60
    while "<article" not in answer and time.monotonic() < until:
        answer = text(boss.post(f"/settings/policies/{number}/check", {"text": HARD}))
        time.sleep(0.05)
    assert "contradicts law or platform" in answer
    assert "<dt>Market</dt>" in answer
    place = int(re.search(rf"/settings/policies/{number}/cases/(\d+)", answer)[1])  # type: ignore[index]
    file = boss.post(f"/settings/policies/{number}/cases/{place}", {"text": HARD})
    assert file["Content-Disposition"].startswith('attachment; filename="mine-')
    assert json.loads(file.content)["schema"] == "amends.case/1"
    assert boss.post(f"/settings/policies/{number}/cases/99", {"text": HARD}).status_code == 404


def test_publishing_what_fails_the_check_needs_the_tick_and_the_reason(boss: Any) -> None:
    number = begun(boss)
    sent = {"text": HARD.replace("\n", "\r\n"), "base": "1", "do": "publish"}
    for given in ({}, {"accepted": "legal"}, {"accept": "yes"}):
        answer = boss.post(f"/settings/policies/{number}/change", sent | given)
        assert answer.status_code == 409
        assert 'name="accepted"' in text(answer)
    done = boss.post(f"/settings/policies/{number}/change", sent | {"accept": "yes", "accepted": "legal said so"})
    assert done.status_code == 302
    assert "legal said so" in text(boss.get(f"/settings/policies/{number}/versions"))
    from amends.store.models import PolicyVersion

    assert PolicyVersion.objects.get(policy=number, state="live").text == HARD


def test_a_draft_saved_on_an_older_version_keeps_what_was_written_and_shows_the_newer(boss: Any) -> None:
    number = begun(boss)
    boss.post(f"/settings/policies/{number}/change", {"text": SOFT, "base": "1", "do": "save"})
    answer = boss.post(f"/settings/policies/{number}/change", {"text": HARD, "base": "1", "do": "save"})
    assert answer.status_code == 409
    assert "Somebody else" in text(answer)
    assert "id: never" in text(answer)
    assert f"/settings/policies/{number}/versions/2?against=1" in text(answer)
    assert 'name="base" value="2"' in text(answer)


def test_versions_are_compared_and_an_earlier_one_comes_back(boss: Any) -> None:
    number = begun(boss)
    for base, body in ((1, SOFT), (2, SOFT.replace("outcome: ask", "outcome: offer"))):
        boss.post(
            f"/settings/policies/{number}/change",
            {"text": body, "base": str(base), "do": "publish", "accept": "yes", "accepted": "test", "note": f"n{base}"},
        )
    page = text(boss.get(f"/settings/policies/{number}/versions/3"))
    assert 'class="diff-gone"' in page
    assert 'class="diff-new"' in page
    whole = text(boss.get(f"/settings/policies/{number}/versions/3?against=999"))
    assert 'class="diff-gone"' not in whole
    back = boss.post(
        f"/settings/policies/{number}/versions/2/again", {"base": "3", "accept": "yes", "accepted": "as it was"}
    )
    assert back.status_code == 302
    from amends.store.models import PolicyVersion

    live = PolicyVersion.objects.get(policy=number, state="live")
    assert (live.number, live.text) == (4, SOFT)


def test_a_rehearsal_counts_what_would_change_and_writes_nothing(boss: Any) -> None:
    from amends.store.models import CaseRow, PolicyVersion

    number = begun(boss)
    before = list(CaseRow.objects.values("pk", "outcome", "decided_at"))
    answer = text(boss.post(f"/settings/policies/{number}/rehearse", {"text": KIND}))
    found = re.search(r"newest (\d+) open cases, (\d+) would", answer)
    assert found
    assert int(found[1]) >= int(found[2]) >= 1
    assert PolicyVersion.objects.count() == 1
    assert list(CaseRow.objects.values("pk", "outcome", "decided_at")) == before


def test_the_editor_completes_in_the_language_of_the_page(boss: Any, stranger: Any) -> None:
    words = boss.get("/settings/policies/words.json").json()
    assert {"w": "accept", "d": "Accept"} in words["values"]["outcome"]
    chinese = boss.get("/settings/policies/words.json", headers={"accept-language": "zh-TW"}).json()
    assert {"w": "accept", "d": "同意"} in chinese["values"]["outcome"]


WEEK = {f"week_{day}": "9:00-18:00" for day in ("mon", "tue", "wed", "thu", "fri")} | {"week_sat": "", "week_sun": ""}
CALENDAR = {**WEEK, "name": "Office", "zone": "Asia/Shanghai", "closed": "", "extra": "", "do": "save"}


def test_a_calendar_is_made_kept_by_a_shop_and_not_removed_while_it_is(boss: Any) -> None:
    from amends.store.calendars import DatabaseCalendars
    from amends.store.models import Shop

    duty = {"duty_on": ["mon", "mon"], "duty_date": ["", "2026-12-31"], "duty_from": ["9:00", "22:00"]}
    duty |= {"duty_to": ["18:00", "06:00"], "duty_names": ["Lin，Wu", "Mei"]}
    made = boss.post("/settings/calendars/new", {**CALENDAR, **duty, "merchant": merchant(), "closed": "2026-10-01"})
    assert made.status_code == 302
    number = made["Location"].split("/")[3].split("?")[0]
    page = text(boss.get(f"/settings/calendars/{number}"))
    assert "09:00–18:00" in page
    assert "Lin, Wu" in page
    assert "2026-12-31" in page
    shop = Shop.objects.order_by("pk").first()
    assert shop
    assert boss.post(f"/settings/shops/{shop.pk}", {**shop_form(shop), "calendar": number}).status_code == 302
    assert DatabaseCalendars().calendar_for(shop.name).name == "Office"
    assert boss.post(f"/settings/calendars/{number}/remove").status_code == 409
    assert DatabaseCalendars().calendar(int(number)) is not None
    boss.post(f"/settings/shops/{shop.pk}", {**shop_form(shop), "calendar": ""})
    boss.post(f"/settings/calendars/{number}/remove")
    assert DatabaseCalendars().calendar(int(number)) is None


def test_the_preview_says_when_it_opens_next_or_what_is_wrong(boss: Any) -> None:
    answer = text(boss.post("/settings/calendars/preview", {**CALENDAR, "closed": "2026-11-25\n2026-11-26"}))
    assert "opens next: 2026-11-27 Fri 09:00" in answer
    assert "Tue:" in text(boss.post("/settings/calendars/preview", {**CALENDAR, "week_tue": "9-18"}))
    assert "at least one day" in text(boss.post("/settings/calendars/preview", {"name": "x", "zone": "Asia/Shanghai"}))


def test_public_holidays_are_added_to_what_is_typed(boss: Any) -> None:
    given = {**CALENDAR, "do": "holidays", "market": "CN", "year": "2026", "closed": "2026-12-24"}
    page = text(boss.post("/settings/calendars/new", given))
    assert all(day in page for day in ("2026-12-24", "2026-10-01", "2026-10-10"))
    unknown = boss.post("/settings/calendars/new", given | {"year": "2031"})
    assert "not known here yet" in text(unknown)


def shop_form(shop: Any) -> dict[str, Any]:
    return {"market": shop.market, "currency": shop.currency, "undo_seconds": "10", "unit": "minutes"}


def png() -> Any:
    memory = io.BytesIO()
    Image.new("RGB", (30, 30), (0, 90, 90)).save(memory, "PNG")
    memory.seek(0)
    memory.name = "logo.png"
    return memory


def test_a_shop_keeps_how_it_works_and_what_it_shows(boss: Any) -> None:
    from amends.store.models import Shop
    from amends.store.shop_pages import DatabaseShops

    shop = Shop.objects.order_by("pk").first()
    assert shop
    given = {
        **shop_form(shop),
        "automatic": "yes",
        "undo_seconds": "30",
        "answer_within": "4",
        "unit": "hours",
        "title": "Warm Isle",
        "contact_mail": "help@shop.example",
        "own_colour": "yes",
        "colour": "#aa3311",
        "address_name": ["Returns", ""],
        "address_lines": ["Dock 8\r\nHangzhou", ""],
        "address_phone": ["0571", ""],
        "logo": png(),
    }
    assert boss.post(f"/settings/shops/{shop.pk}", given).status_code == 302
    shop.refresh_from_db()
    assert (shop.automatic, shop.undo_seconds, shop.answer_within_minutes) == (True, 30, 240)
    look = DatabaseShops().look(shop.name)
    assert (look.title, look.contact_mail, look.colour) == ("Warm Isle", "help@shop.example", "#aa3311")
    assert look.return_addresses[0].in_a_line() == "Returns, Dock 8, Hangzhou, 0571"
    logo = boss.get(f"/settings/shops/{shop.pk}/logo/{look.logo_sha256}")
    assert logo["Content-Type"] == "image/png"
    assert "sandbox" in logo["Content-Security-Policy"]
    plain = {key: value for key, value in given.items() if key != "logo"}
    boss.post(f"/settings/shops/{shop.pk}", plain)
    assert DatabaseShops().look(shop.name).logo_sha256 == look.logo_sha256
    boss.post(f"/settings/shops/{shop.pk}", plain | {"no_logo": "yes"})
    assert DatabaseShops().look(shop.name).logo_sha256 == ""
    assert boss.get(f"/settings/shops/{shop.pk}/logo/{look.logo_sha256}").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"undo_seconds": "121"}, "0 to 120"),
        ({"undo_seconds": "x"}, "whole number"),
        ({"answer_within": "99999", "unit": "hours"}, "30 days"),
        ({"currency": "XXX"}, "three letters"),
        ({"market": "ZZ"}, "market"),
        ({"labels": ["gold"]}, "service marks"),
        ({"contact_mail": "nobody"}, "mail address"),
        ({"own_colour": "yes", "colour": "red"}, "#0d5c63"),
        ({"calendar": "999"}, "calendar of this merchant"),
        ({"address_name": ["Returns"], "address_lines": [""], "address_phone": [""]}, "at least one line"),
    ],
)
def test_a_shop_turns_away_what_is_wrong_and_keeps_nothing_of_it(boss: Any, change: dict[str, Any], said: str) -> None:
    from amends.store.models import Shop, ShopPage

    shop = Shop.objects.order_by("pk").first()
    assert shop
    answer = boss.post(f"/settings/shops/{shop.pk}", {**shop_form(shop), "title": "New", **change})
    assert answer.status_code == 409
    assert said in text(answer)
    assert not ShopPage.objects.filter(title="New").exists()


def test_a_logo_that_is_no_picture_or_too_large_is_turned_away(boss: Any) -> None:
    from amends.store.models import Shop

    shop = Shop.objects.order_by("pk").first()
    assert shop
    for content, said in ((b"<svg/>", "PNG, JPEG or WebP"), (b"x" * 300_000, "200 kB")):
        file = io.BytesIO(content)
        file.name = "logo.png"
        answer = boss.post(f"/settings/shops/{shop.pk}", {**shop_form(shop), "logo": file})
        assert answer.status_code == 409
        assert said in text(answer)


def test_an_own_message_is_used_until_it_is_reset(boss: Any) -> None:
    which = {"merchant": merchant(), "language": "en", "reason": ""}
    page = text(boss.get("/settings/messages/closed?language=en"))
    assert "built-in text" in page
    boss.post("/settings/messages/closed", {**which, "subject": "All done", "text": "Bye {buyer}", "do": "save"})
    page = text(boss.get("/settings/messages/closed?language=en"))
    assert "own text" in page
    assert "Bye Anna" in page
    assert "Own texts" in text(boss.get("/settings/messages"))
    boss.post("/settings/messages/closed", {**which, "do": "reset"})
    assert "built-in text" in text(boss.get("/settings/messages/closed?language=en"))


def test_a_message_with_a_wrong_place_names_it_and_keeps_what_was_typed(boss: Any) -> None:
    given = {
        "merchant": merchant(),
        "language": "en",
        "reason": "",
        "subject": "Hi",
        "text": "Dear {bayer}",
        "do": "save",
    }
    answer = boss.post("/settings/messages/closed", given)
    assert answer.status_code == 409
    assert "did you mean {buyer}?" in text(answer)
    assert "Dear {bayer}" in text(answer)
    assert "did you mean" in text(boss.post("/settings/messages/closed/preview", given))
