"""Signing in with a second proof: codes of an app serve once, recovery codes serve once, guessing is slowed down by the database."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from tests.django_house import NOW

PASSWORD = "a long enough password"


@pytest.fixture
def lin(database: Any) -> Any:
    from django.contrib.auth.models import User

    from amends.store.members import give_role

    user = User.objects.create_user("lin", password=PASSWORD)
    give_role("lin", "agent")
    return user


@pytest.fixture
def english(stranger: Any) -> Any:
    stranger.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return stranger


def sign_in(browser: Any, onward: str = "/") -> Any:
    return browser.post("/sign-in", {"name": "lin", "password": PASSWORD, "next": onward})


def turn_app_on(browser: Any) -> pyotp.TOTP:
    """The person's app, turned on through their own page with the code of a minute ago."""
    browser.post("/me/app/begin")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.get("/me").content.decode())
    assert secret
    app = pyotp.TOTP(secret.group(1).replace(" ", ""))
    assert browser.post("/me/app", {"code": "000000"}).status_code == 403
    assert browser.post("/me/app", {"code": app.at(NOW - timedelta(seconds=30))}).status_code == 302
    return app


def test_a_code_of_the_app_is_asked_for_and_serves_once(lin: Any, english: Any) -> None:
    sign_in(english)
    app = turn_app_on(english)
    english.post("/sign-out")
    assert sign_in(english, "/cases/1").headers["Location"] == "/sign-in/second"
    assert english.get("/").status_code == 302
    used = app.at(NOW - timedelta(seconds=30))
    assert english.post("/sign-in/second", {"code": used}).status_code == 403
    code = app.at(NOW)
    assert english.post("/sign-in/second", {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/cases/1"
    assert english.get("/").status_code == 200
    english.post("/sign-out")
    sign_in(english)
    again = english.post("/sign-in/second", {"code": code})
    assert again.status_code == 403
    assert "used before" in again.content.decode()


def test_codes_from_long_ago_or_later_do_not_serve(lin: Any, english: Any) -> None:
    sign_in(english)
    app = turn_app_on(english)
    english.post("/sign-out")
    sign_in(english)
    for minutes in (-2, 2):
        assert english.post("/sign-in/second", {"code": app.at(NOW + timedelta(minutes=minutes))}).status_code == 403
    assert english.post("/sign-in/second", {"code": app.at(NOW + timedelta(seconds=30))}).status_code == 302


def test_the_secret_is_sealed_in_the_database(lin: Any, english: Any, database: Any) -> None:
    from amends.store.models import OneTimePassword
    from amends.store.seal import UnableToUnseal, unseal

    sign_in(english)
    app = turn_app_on(english)
    row = OneTimePassword.objects.get()
    assert app.secret not in row.secret
    assert unseal(row.secret, f"one-time password of {lin.pk}") == app.secret
    with pytest.raises(UnableToUnseal):
        unseal(row.secret, "one-time password of 999")


def test_recovery_codes_are_shown_once_and_serve_once(lin: Any, english: Any) -> None:
    from amends.store.models import RecoveryCode

    sign_in(english)
    turn_app_on(english)
    assert "There are no recovery codes" in english.get("/me").content.decode()
    codes = re.findall(r"<li><code>([\w-]+)</code>", english.post("/me/codes").content.decode())
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    english.post("/sign-out")
    for status in (302, 403):
        sign_in(english)
        assert english.post("/sign-in/second", {"code": codes[0].upper()}).status_code == status
        english.post("/sign-out")
    sign_in(english)
    assert english.post("/sign-in/second", {"code": codes[1]}).status_code == 302
    assert "8 left" in english.get("/me").content.decode()


def test_guessing_the_second_proof_is_slowed_down_for_every_worker(lin: Any, english: Any) -> None:
    from amends.store.models import Tries

    sign_in(english)
    app = turn_app_on(english)
    english.post("/sign-out")
    for _ in range(8):
        sign_in(english)
        english.post("/sign-in/second", {"code": "000000"})
    assert Tries.objects.filter(count__gte=8).exists()
    assert english.post("/sign-in/second", {"code": app.at(NOW)}).status_code == 429


def test_the_second_page_is_only_for_those_whose_password_was_right(lin: Any, english: Any) -> None:
    assert english.get("/sign-in/second").headers["Location"] == "/sign-in"
    sign_in(english)
    turn_app_on(english)
    english.post("/sign-out")
    assert english.get("/sign-in/second").headers["Location"] == "/sign-in"


def test_changing_how_one_signs_in_asks_for_the_password_first(lin: Any, english: Any) -> None:
    english.force_login(lin)
    refused = english.post("/me/app/begin")
    assert refused.status_code == 403
    assert "confirm with your password first" in refused.content.decode()
    assert english.post("/me/sure", {"password": "guess"}).status_code == 403
    assert english.post("/me/sure", {"password": PASSWORD}).status_code == 302
    assert english.post("/me/app/begin").status_code == 302


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"password": "guess", "fresh": "x" * 20, "again": "x" * 20}, "not right"),
        ({"password": PASSWORD, "fresh": "short", "again": "short"}, "12 characters"),
        ({"password": PASSWORD, "fresh": "a fine new password", "again": "another one here"}, "not the same"),
        ({"password": PASSWORD, "fresh": "aaaaaaaaaaaaa", "again": "aaaaaaaaaaaaa"}, "too easy"),
    ],
)
def test_a_password_is_not_changed_for_a_reason(lin: Any, english: Any, form: dict[str, str], told: str) -> None:
    sign_in(english)
    answer = english.post("/me/password", form)
    assert answer.status_code in (400, 403)
    assert told in answer.content.decode()
    lin.refresh_from_db()
    assert lin.check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions(lin: Any, english: Any) -> None:
    from django.test import Client

    other = Client(SERVER_NAME="localhost")
    sign_in(other)
    sign_in(english)
    fresh = {"password": PASSWORD, "fresh": "a fine new password", "again": "a fine new password"}
    assert english.post("/me/password", fresh).status_code == 302
    assert english.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_sessions_are_listed_and_ended(lin: Any, english: Any) -> None:
    from django.test import Client

    phone = Client(SERVER_NAME="localhost", headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/605"})
    sign_in(phone)
    sign_in(english)
    page = english.get("/me").content.decode()
    assert "Safari, iPhone" in page
    number = re.search(r"/me/sessions/(\d+)/end", page)
    assert number
    assert phone.get("/").status_code == 200
    english.post(f"/me/sessions/{number.group(1)}/end")
    assert phone.get("/").status_code == 302
    sign_in(phone)
    english.post("/me/sessions/end")
    assert phone.get("/").status_code == 302
    assert english.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(lin: Any, english: Any) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.models import SessionNote

    User.objects.create_user("bo", password=PASSWORD)
    bo = Client(SERVER_NAME="localhost")
    bo.post("/sign-in", {"name": "bo", "password": PASSWORD})
    sign_in(english)
    english.post(f"/me/sessions/{SessionNote.objects.get(user__username='bo').pk}/end")
    assert bo.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("host", "https", "works", "instead"),
    [
        ("localhost:8000", False, True, ""),
        ("127.0.0.1:8000", False, False, "http://localhost:8000"),
        ("[::1]:8000", False, False, "http://localhost:8000"),
        ("desk.example.com", True, True, ""),
        ("desk.example.com", False, False, ""),
        ("10.0.0.7", True, False, ""),
    ],
)
def test_where_passkeys_work(
    host: str, https: bool, works: bool, instead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from django.test import RequestFactory

    from amends.web.passkey_place import passkeys_work_at

    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    place = passkeys_work_at(RequestFactory().get("/", secure=https, headers={"host": host}))
    assert (place.works, place.instead) == (works, instead)
