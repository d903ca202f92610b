"""The buyer's pages: nobody learns what is not theirs, everything works without a script, what is sent is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.django_house import NOW
from tests.portal_house import picture, tell_orders

ANNA = {"number": "NH20001", "contact": "anna.weber@example.com"}
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def orders(database: Any) -> None:
    from amends.web.front import front

    tell_orders(front().orders, merchant="main")


def browser(language: str = "en", **more: Any) -> Any:
    from django.test import Client

    return Client(SERVER_NAME="localhost", headers={"accept-language": language}, **more)


@pytest.fixture
def anna() -> Any:
    """A browser that has shown that order NH20001 is its own."""
    client = browser()
    assert client.post("/s/Nordhus", ANNA).status_code == 302
    return client


def asked(client: Any, **more: Any) -> str:
    """The address of a case that was asked for."""
    form = {"line": "l1", "many-l1": "1", "reason": "quality", "kind": "return_refund", **more}
    answer = client.post("/s/Nordhus/ask", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"]).split("?")[0]


def file(content: bytes, name: str = "a.jpg") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("number", ["NH20001", "NH99999", "", "x" * 5000, "'; --"])
@pytest.mark.parametrize("contact", ["someone@example.com", "1234567", "", "@", "anna.weber@example.co"])
def test_nobody_learns_which_orders_there_are(number: str, contact: str) -> None:
    """A number that there is with a wrong contact is answered as one that there is not: status, words, headers, work."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def answer(number: str) -> tuple[Any, ...]:
        with CaptureQueriesContext(connection) as asked:
            told = browser().post("/s/Nordhus", {"number": number, "contact": contact})
        page = CSRF.sub("", told.content.decode()).replace(number[:120].strip() or "\0", "")
        headers = {name: value for name, value in told.headers.items() if name != "Content-Length"}
        return told.status_code, page, headers, told.cookies.keys() - {"csrftoken"}, len(asked)

    answer("NH77777"), answer(number)
    unknown, found = answer("NH77777"), answer(number)
    assert found[0] == 403
    assert (found[0], found[2], found[3]) == (unknown[0], unknown[2], unknown[3])
    if number.strip() == number and 0 < len(number) < 120 and "'" not in number:
        assert found[1] == unknown[1]
        assert found[4] == unknown[4]


@pytest.mark.parametrize("contact", [" Anna.Weber@Example.COM ", "0049 170 5550101", "+49 170 5550101"])
def test_the_contact_may_be_written_as_people_write_it(contact: str) -> None:
    answer = browser().post("/s/Nordhus", {"number": " NH20001 ", "contact": contact})
    assert answer.headers["Location"] == "/s/Nordhus/order"


def test_guessing_is_slowed_down_for_every_worker() -> None:
    for turn in range(10):
        assert browser(REMOTE_ADDR=f"10.0.0.{turn}").post("/s/Nordhus", {**ANNA, "contact": "x@y.z"}).status_code == 403
    locked = browser(REMOTE_ADDR="10.0.1.1").post("/s/Nordhus", ANNA)
    assert locked.status_code == 429
    assert "10 minutes" in locked.content.decode()
    for turn in range(30):
        browser(REMOTE_ADDR="10.9.9.9").post("/s/Nordhus", {"number": f"NH{turn}", "contact": "x@y.z"})
    other = {"number": "NH20005", "contact": "oliver.hart@example.com"}
    assert browser(REMOTE_ADDR="10.9.9.9").post("/s/Nordhus", other).status_code == 429
    assert browser(REMOTE_ADDR="10.9.9.8").post("/s/Nordhus", other).status_code == 302


def test_a_session_is_for_one_shop_and_one_order_and_two_hours(anna: Any) -> None:
    from amends.store.models import Shop
    from amends.web.front import front

    tell_orders(front().orders, "Other", "main")
    assert anna.get("/s/Nordhus/order").status_code == 200
    cookie = anna.cookies[f"order-{Shop.objects.get(name='Nordhus').pk}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/s/", 7200)
    other = Shop.objects.get(name="Other").pk
    anna.cookies[f"order-{other}"] = cookie.value
    assert anna.get("/s/Other/order").headers["Location"] == "/s/Other"
    forged = browser()
    forged.cookies[cookie.key] = cookie.value[:-1] + ("A" if cookie.value[-1] != "A" else "B")
    assert forged.get("/s/Nordhus/order").status_code == 302
    anna.post("/s/Nordhus/leave")
    assert anna.get("/s/Nordhus/order").status_code == 302


def test_a_session_runs_out(anna: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from amends.web.portal import session

    monkeypatch.setattr(session, "SECONDS", -1)
    assert anna.get("/s/Nordhus/order").status_code == 302


def test_forms_from_elsewhere_do_nothing() -> None:
    strict = browser(enforce_csrf_checks=True)
    assert strict.post("/s/Nordhus", ANNA).status_code == 403
    assert "order-" not in str(strict.cookies)


@pytest.mark.parametrize(
    "token", ["1", "1-", "-", "x-y", "1-AAAAAAAAAAAAAAAAAAAAAAAA", "99999999999999999999-A", "٣-A"]
)
def test_a_case_is_not_found_by_guessing(anna: Any, token: str) -> None:
    asked(anna)
    assert anna.get(f"/s/Nordhus/case/{token}").status_code == 404


def test_a_token_is_for_the_page_of_its_own_shop(anna: Any) -> None:
    from amends.web.front import front

    tell_orders(front().orders, "Other", "main")
    case = asked(anna)
    assert anna.get(case).status_code == 200
    assert anna.get(case.replace("Nordhus", "Other")).status_code == 404


def test_the_order_shows_what_can_be_asked_for_and_why_not() -> None:
    client = browser()
    client.post("/s/Nordhus", {"number": "NH20002", "contact": "jonas.brandt@example.com"})
    page = client.get("/s/Nordhus/order").content.decode()
    assert "return without a reason ended on 30 October 2026" in " ".join(page.split())
    assert "The withdrawal period ended on 30 October 2026" in page
    assert "disabled" not in page


def test_what_would_happen_is_told_before_anything_is_sent(anna: Any) -> None:
    page = " ".join(anna.get("/s/Nordhus/ask?line=l1&reason=changed_mind").content.decode().split())
    assert "€149.00 back to Card by 9 December 2026 at the latest" in page
    assert "You pay the return freight." in page
    faulty = " ".join(anna.get("/s/Nordhus/ask/preview?line=l1&reason=quality").content.decode().split())
    assert "The shop pays the return freight." in faulty
    assert "<html" not in faulty
    from amends.store.models import CaseRow

    assert not CaseRow.objects.filter(order_no="NH20001").exists()


def test_in_chinese_it_names_the_way_of_payment_and_the_days() -> None:
    client = browser("zh-hans")
    client.post("/s/Nordhus", {"number": "NH20008", "contact": "138 0000 5508"})
    page = " ".join(client.get("/s/Nordhus/ask?line=l1&reason=changed_mind").content.decode().split())
    assert "¥99.00 退回微信支付 店铺收到退货后 7 天内" in page
    assert "退货运费由你承担。" in page


def test_a_request_is_sent_with_photos_and_followed(anna: Any) -> None:
    case = asked(anna, message="the seam is open", files=[file(picture()), file(picture("PNG"), "../b.html")])
    page = anna.get(case).content.decode()
    assert "R-NH20001-1" in page
    assert "the seam is open" in page
    shown = re.findall(r'src="([^"]+/preview\.jpg)"', page)
    assert len(shown) == 2
    for address in shown:
        answer = anna.get(address)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert browser().get(address.replace("/case/", "/case/9")).status_code == 404
    stranger = browser()
    assert stranger.get(f"{shown[0].split('/case/')[0]}/case/1-x/files/{'0' * 64}/preview.jpg").status_code == 404
    for paper in ("receipt", "slip"):
        told = stranger.get(f"{case}/{paper}").content.decode()
        assert "R-NH20001-1" in told
        assert "<svg" in told


@pytest.mark.parametrize("content", [b"<html><script>1</script>" * 9, b"<svg/>" * 20, b"GIF89a" + bytes(99)])
def test_a_file_that_is_no_proof_is_told_of_and_nothing_is_sent(anna: Any, content: bytes) -> None:
    form = {"line": "l1", "reason": "quality", "kind": "return_refund", "message": "kept words", "files": file(content)}
    answer = anna.post("/s/Nordhus/ask", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "this file is none of them" in page
    assert "kept words" in page
    from amends.store.models import CaseRow

    assert not CaseRow.objects.filter(order_no="NH20001").exists()


def test_more_files_than_a_form_holds_are_told_of(anna: Any) -> None:
    many = [file(picture(size=(10, 10 + at))) for at in range(11)]
    answer = anna.post("/s/Nordhus/ask", {"line": "l1", "reason": "quality", "kind": "return_refund", "files": many})
    assert answer.status_code == 409
    assert "at most 10 files" in answer.content.decode()


def test_the_desk_sees_previews_and_hands_out_originals_only_as_downloads(anna: Any, agent: Any) -> None:
    from amends.store.models import EvidenceRow

    content = picture() + b"<script>alert(1)</script>"
    asked(anna, files=file(content, "me.html"))
    sha = EvidenceRow.objects.get().sha256
    shown = agent.get(f"/files/{sha}/preview.jpg")
    assert b"script" not in shown.getvalue()
    handed = agent.get(f"/files/{sha}/original")
    assert b"".join(handed.streaming_content) == content
    assert handed.headers["Content-Disposition"] == 'attachment; filename="me.jpg"'
    assert handed.headers["Content-Type"] == "application/octet-stream"
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert anna.get(f"/files/{sha}/original").status_code == 302
    assert agent.get("/files/../original").status_code == 404


def test_a_buyer_talks_sends_a_waybill_and_takes_the_request_back(anna: Any) -> None:
    case = asked(anna)
    assert anna.post(f"{case}/say", {"text": "hello <b>there</b>"}).status_code == 302
    assert "hello &lt;b&gt;there&lt;/b&gt;" in anna.get(case).content.decode()
    assert anna.post(f"{case}/say", {"text": " "}).status_code == 409
    assert anna.post(f"{case}/sent", {"waybill": "x"}).status_code == 409
    assert anna.post(f"{case}/sent", {"waybill": "1Z9999999999999999"}).status_code == 302
    from amends.store.models import CaseLogRow

    assert CaseLogRow.objects.get(what="goods_sent").data["carrier"] == "UPS"
    assert anna.post(f"{case}/answer", {"offer": "1", "says": "yes"}).status_code == 409
    assert anna.post(f"{case}/answer", {"offer": "1"}).status_code == 409
    second = asked(anna, line="l2")
    assert anna.post(f"{second}/take-back").status_code == 302
    assert "Your request has been taken back" in anna.get(f"{second}?withdrawn=1").content.decode()
    assert anna.post(f"{second}/take-back").status_code == 409


def statement(client: Any, **form: Any) -> str:
    answer = client.post("/s/Nordhus/withdraw", form)
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r'name="statement" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_withdrawing_takes_two_steps_no_sign_in_and_no_reason(anna: Any) -> None:
    page = anna.get("/s/Nordhus/order").content.decode()
    assert page.count('href="/s/Nordhus/withdraw"') == 2
    assert '<span lang="de">Vertrag widerrufen</span>' in page
    form = anna.get("/s/Nordhus/withdraw").content.decode()
    assert 'value="Anna Weber"' in form
    assert "reason" not in re.sub(r"[Nn]o reason|without giving a reason", "", form)
    from amends.store.models import CaseRow

    signed = statement(anna, name="Anna Weber", means="anna.weber@example.com", line=["l1"])
    assert not CaseRow.objects.filter(order_no="NH20001").exists(), "nothing happens before it is confirmed"
    answer = anna.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    told = anna.get(answer.headers["Location"]).content.decode()
    assert "2026-11-25 05:00 (UTC+1)" in told
    text = browser().get(f"{answer.headers['Location']}/receipt.txt")
    assert text.headers["Content-Disposition"].startswith("attachment")
    assert "2026-11-25 04:00:00 UTC" in text.content.decode()
    assert "Regenjacke, 3-lagig × 1" in text.content.decode()
    assert anna.get(f"{answer.headers['Location']}/receipt.html").status_code == 200
    assert anna.get(f"{answer.headers['Location']}/receipt.exe").status_code == 404
    again = anna.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    assert again.headers["Location"] == answer.headers["Location"]
    assert CaseRow.objects.filter(order_no="NH20001").count() == 1


@pytest.mark.parametrize("market", ["DE", "FR", "GB"])
def test_the_function_is_on_every_page_of_a_shop_in_the_union(market: str) -> None:
    from amends.store.models import Shop

    Shop.objects.filter(name="Nordhus").update(market=market)
    page = browser().get("/s/Nordhus").content.decode()
    labels = {"DE": "Vertrag widerrufen", "FR": "Renoncer au contrat ici"}
    assert ('href="/s/Nordhus/withdraw"' in page) == (market != "GB")
    assert market == "GB" or labels[market] in page
    assert browser().get("/s/Nordhus/withdraw").status_code == (404 if market == "GB" else 200)


def test_a_guest_withdraws_and_is_matched_by_number_and_address() -> None:
    from amends.store.models import CaseRow

    guest = browser("zh-hans")
    signed = statement(guest, name="Anna", order="NH20001", means="anna.weber@example.com", scope="whole")
    answer = guest.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    assert "R-NH20001-1" in guest.get(answer.headers["Location"]).content.decode()
    assert CaseRow.objects.get(order_no="NH20001").kind == "return_refund"


def test_a_guest_who_fits_no_order_is_received_and_shown_to_the_desk(agent: Any) -> None:
    guest = browser()
    signed = statement(guest, name="Jo", order="no idea", means="jo@example.com", scope="part", what="the blue one")
    answer = guest.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    told = guest.get(answer.headers["Location"]).content.decode()
    assert "A person looks at it" in told
    assert "the blue one" in told
    page = agent.get("/withdrawals").content.decode()
    assert "no idea" in page
    number = re.findall(r"/withdrawals/(\d+)/settle", page)[0]
    assert agent.post(f"/withdrawals/{number}/settle", {"note": " "}).status_code == 409
    assert agent.post(f"/withdrawals/{number}/settle", {"note": "case opened"}).status_code == 302
    assert "case opened" in agent.get("/withdrawals").content.decode()


def test_a_statement_is_heard_even_where_looking_is_slowed_down() -> None:
    for _ in range(12):
        browser().post("/s/Nordhus", {**ANNA, "contact": "x@y.z"})
    guest = browser()
    signed = statement(guest, name="Anna", order="NH20001", means="anna.weber@example.com")
    answer = guest.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    assert "A person looks at it" in guest.get(answer.headers["Location"]).content.decode()


def test_a_statement_that_was_changed_on_the_way_is_none(anna: Any) -> None:
    signed = statement(anna, name="Anna", means="a@b.example")
    answer = anna.post("/s/Nordhus/withdraw/confirm", {"statement": signed[:-2] + "xx"})
    assert answer.headers["Location"] == "/s/Nordhus/withdraw"
    from amends.store.models import WithdrawalRow

    assert not WithdrawalRow.objects.exists()


def test_late_ones_are_told_so_with_the_date() -> None:
    from amends.web.front import front, install

    client = browser()
    client.post("/s/Nordhus", {"number": "NH20002", "contact": "jonas.brandt@example.com"})
    assert "ended on 30 October 2026" in client.get("/s/Nordhus/withdraw").content.decode()
    signed = statement(client, name="Jonas", means="jonas.brandt@example.com", line=["l1", "l2"])
    answer = client.post("/s/Nordhus/withdraw/confirm", {"statement": signed})
    told = client.get(answer.headers["Location"]).content.decode()
    assert "ended on 30 October 2026" in told
    install(replace(front(), now=lambda: NOW + timedelta(days=1)))
    assert client.get(answer.headers["Location"]).status_code == 200


def test_pages_speak_the_language_that_is_asked_for(language: str) -> None:
    from amends.web.words import page_words

    tongue = {"zh-hans": "zh", "zh-hant": "zh_hant", "en": "en"}[language]
    page = browser(language).get("/s/Nordhus").content.decode()
    assert page_words("portal.find.title", tongue) in page  # type: ignore[arg-type]


def test_a_shop_that_is_not_there_has_no_page() -> None:
    for address in ("/s/Nowhere", "/s/999999", "/s/9" + "9" * 30, "/s/Nowhere/order", "/s/Nowhere/withdraw"):
        answer = browser().get(address)
        assert answer.status_code == 404, address
        assert "There is no such page" in answer.content.decode()
    assert browser().get("/s/Nowhere/look.css").status_code == 404


def test_a_shop_whose_name_cannot_stand_in_an_address_is_found_by_its_number() -> None:
    from amends.store.models import Shop
    from amends.web.front import front
    from amends.web.portal.frame import shop_address

    row = Shop.objects.create(name="A/B 100", merchant="demo", channel="direct", market="DE", currency="EUR")
    shop = front().portal.shop(str(row.pk))
    assert shop is not None
    assert shop_address(shop) == f"/s/{row.pk}"
    assert browser().get(f"/s/{row.pk}").status_code == 200


@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#0d5c63", "#ff0000", "#777777", "#3d5a45"])
def test_every_colour_of_a_shop_can_be_read(colour: str) -> None:
    from amends.web.portal.look import style_of
    from tests.rooms.web.test_theme import DARK, LIGHT, contrast

    style = style_of(colour)
    for block, theme in zip(re.findall(r"{(--[^}]+)}", style)[:2], (LIGHT, DARK), strict=True):
        own = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6});", block))
        for ground in ("paper", "surface", "wash"):
            assert contrast(own["accent"], theme[ground]) >= 4.5
        assert contrast(own["accent"], own["accent-soft"]) >= 4.5
        assert contrast(own["on-accent"], own["accent"]) >= 4.5
        assert contrast(own["on-accent"], own["accent-strong"]) >= 4.5
        assert contrast(theme["ink"], own["accent-soft"]) >= 4.5


@pytest.mark.parametrize("address", ["/s/Nordhus", "/s/Nordhus/withdraw", "/s/Nord%00hus", "/s/%00/look.css"])
def test_what_no_person_types_is_turned_away(address: str) -> None:
    assert browser().post(address, {"number": "NH20001\0", "contact": "a@b.example"}).status_code in (404, 405)
    assert browser().get(f"{address}?order=%00").status_code == 404
