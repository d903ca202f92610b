"""Signing in is safe: no open redirect, no endless guessing, no page that loads from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def person(database: Any) -> None:
    from django.contrib.auth.models import User

    from amends.store.members import give_role

    User.objects.create_user("lin", password=PASSWORD)
    give_role("lin", "agent")


def sign_in(browser: Any, password: str, onward: str = "/") -> Any:
    return browser.post(
        "/sign-in", {"name": "lin", "password": password, "next": onward}, headers={"accept-language": "en"}
    )


def test_the_right_password_leads_on(stranger: Any) -> None:
    assert sign_in(stranger, PASSWORD, "/cases/1").headers["Location"] == "/cases/1"
    assert stranger.get("/cases/1").status_code == 200


def test_the_wrong_password_does_not(stranger: Any) -> None:
    answer = sign_in(stranger, "guess")
    assert answer.status_code == 403
    assert "not right" in answer.content.decode()
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(stranger: Any, elsewhere: str) -> None:
    assert sign_in(stranger, PASSWORD, elsewhere).headers["Location"] == "/"
    assert stranger.post("/language", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_guessing_is_slowed_down_even_for_the_right_password(stranger: Any) -> None:
    for _ in range(8):
        sign_in(stranger, "guess")
    answer = sign_in(stranger, PASSWORD)
    assert answer.status_code == 429
    assert "wait 5 minutes" in answer.content.decode()


def test_signing_out_ends_it(agent_of_lin: Any) -> None:
    assert agent_of_lin.post("/sign-out").headers["Location"] == "/sign-in"
    assert agent_of_lin.get("/").status_code == 302


@pytest.fixture
def agent_of_lin(stranger: Any) -> Any:
    sign_in(stranger, PASSWORD)
    return stranger


def test_a_form_from_elsewhere_is_refused_in_words() -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post("/sign-in", {"name": "lin"})
    assert answer.status_code == 403
    assert "刷新后再试" in answer.content.decode()


def test_pages_may_load_from_here_only(stranger: Any) -> None:
    headers = stranger.get("/sign-in").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts(stranger: Any) -> None:
    cookie = sign_in(stranger, PASSWORD).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_no_template_holds_inline_script_or_style(checkout: Any) -> None:
    import re

    for file in (checkout / "src/amends/web/templates").rglob("*.html"):
        text = re.sub(r"{%.*?%}", "", file.read_text(encoding="utf-8"))
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=|<style", text), file.name
