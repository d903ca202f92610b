"""How calls are let in, done once, and told what was wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from amends.facts.api import SCOPES
from tests.api_house import KEEPER, Caller, order_parts, shop_row, token, wish
from tests.rooms.web.api.test_flow import opened


def test_nobody_comes_in_without_a_token(caller: Caller) -> None:
    for secret in ("", "amends_guess", "x"):
        answer = Caller(secret).call("GET", "/cases")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_session_is_no_way_in(caller: Caller) -> None:
    from django.contrib.auth.models import User

    client = Caller("").client
    client.force_login(User.objects.create_user("lin", password="a long enough password"))
    assert client.get("/api/v1/cases").status_code == 401


def test_a_revoked_token_is_gone_at_once(caller: Caller) -> None:
    from amends.web.front import front

    assert caller.call("GET", "/cases").status_code == 200
    front().api.tokens.revoke(KEEPER, front().api.tokens.tokens(KEEPER)[0].number)
    assert caller.call("GET", "/cases").status_code == 401


def test_the_same_key_is_answered_the_same_and_done_once(caller: Caller) -> None:
    case = opened(caller)
    first = caller.call("POST", f"{case}/approve", {}, key="K")
    again = caller.call("POST", f"{case}/approve", {}, key="K")
    assert (first.status_code, first.content, first.headers["ETag"]) == (
        again.status_code,
        again.content,
        again.headers["ETag"],
    )
    assert again.headers["Idempotency-Replayed"] == "true"
    other = caller.call("POST", f"{case}/approve", {"digest": "x"}, key="K")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    elsewhere = caller.call("POST", f"{case}/take", {}, key="K")
    assert elsewhere.json()["code"] == "key_reused"


def test_a_key_of_another_token_is_another_key(caller: Caller) -> None:
    case, other = opened(caller), Caller(token())
    caller.done("POST", f"{case}/note", {"text": "a"}, key="K")
    assert other.call("POST", f"{case}/note", {"text": "b"}, key="K").status_code == 200


def test_what_was_refused_can_be_tried_again_with_its_key(caller: Caller) -> None:
    case = opened(caller)
    assert caller.call("POST", f"{case}/settle", {}, key="S").status_code == 409
    caller.done("POST", f"{case}/approve")
    caller.done("POST", f"{case}/receive")
    assert caller.call("POST", f"{case}/settle", {}, key="S").status_code in (200, 409)


def test_nothing_is_kept_of_a_call_that_fails_half_way(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from amends.store import api_answers
    from amends.web.api import calls

    case = opened(caller)

    def dies(*given: Any) -> None:
        raise RuntimeError("the process dies before the answer is kept")

    with monkeypatch.context() as broken:
        broken.setattr(calls, "keep", dies)
        assert caller.call("POST", f"{case}/approve", {}, key="D").status_code == 500
    assert calls.keep is api_answers.keep
    assert caller.done("GET", case)["tracks"]["decision"] == "new"
    assert caller.done("POST", f"{case}/approve", {}, key="D")["tracks"]["decision"] == "approved"


def test_a_post_without_a_key_is_told_so(caller: Caller) -> None:
    case = opened(caller)
    answer = caller.call("POST", f"{case}/approve", {}, key="")
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")


def test_only_the_version_that_was_looked_at_is_changed(caller: Caller) -> None:
    case = opened(caller)
    reader = Caller(token(scopes=["cases:read"]))
    etag = reader.call("GET", case).headers["ETag"]
    assert reader.call("GET", case, If_None_Match=etag).status_code == 304
    caller.done("POST", f"{case}/take")
    stale = caller.call("POST", f"{case}/note", {"text": "late"}, If_Match=etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    fresh = reader.call("GET", case).headers["ETag"]
    assert caller.call("POST", f"{case}/note", {"text": "now"}, If_Match=fresh).status_code == 200
    assert caller.call("POST", f"{case}/note", {"text": "x"}, If_Match="old").json()["code"] == "bad_request"


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "there is no case"),
        ("zh-CN,zh;q=0.9", "没有售后单"),
        ("zh-TW", "沒有退換貨單"),
        ("fr", "there is no case"),
    ],
)
def test_faults_speak_the_callers_language(caller: Caller, language: str, word: str) -> None:
    told = caller.call("GET", "/cases/99", Accept_Language=language).json()
    assert word in told["detail"]
    assert (told["status"], told["code"], told["rules"]) == (404, "not_found", [])


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        (
            "POST",
            "/cases",
            {"shop": "acme", "order": "O-1", "kind": "gift", "reason": "changed_mind"},
            422,
            "request.kind",
        ),
        ("POST", "/cases", {"shop": "acme", "ordr": "O-1"}, 422, "ordr"),
        ("POST", "/cases", {"shop": "acme"}, 422, "order"),
        ("PUT", "/shops/acme/orders/O-7", {"order": {"lines": []}}, 422, None),
        ("GET", "/cases?limit=0", None, 422, "limit"),
        ("PATCH", "/cases", {}, 405, None),
        ("GET", "/nothing", None, 404, None),
    ],
)
def test_what_is_wrong_names_its_field(
    caller: Caller, method: str, path: str, body: Any, status: int, field: str | None
) -> None:
    caller.done("PUT", "/shops/acme/orders/O-1", order_parts())
    answer = caller.call(method, path, body)
    told = answer.json()
    assert answer.status_code == status, told
    assert answer.headers["Content-Type"] == "application/problem+json"
    if field is not None:
        assert told["field"] == field, told


def test_a_body_that_is_no_json_and_one_with_nul(caller: Caller) -> None:
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": "1"}
    for body in ("{", '{"shop": NaN}', '{"shop": "a\\u0000b"}'):
        answer = caller.client.generic("POST", "/api/v1/cases", body, content_type="application/json", headers=headers)
        assert answer.status_code == 400, body


def test_too_many_calls_are_told_when_to_go_on(caller: Caller) -> None:
    slow = Caller(token(per_minute=3))
    answers = [slow.call("GET", "/cases") for _ in range(5)]
    assert 429 in [one.status_code for one in answers]
    assert answers[0].headers["RateLimit-Limit"] == "3"
    assert answers[0].headers["RateLimit-Remaining"] == "2"


def test_the_same_call_at_once_is_done_once(caller: Caller) -> None:
    from django.db import connection

    case = opened(caller)

    def press(_: int) -> Any:
        try:
            return Caller(caller.secret).call("POST", f"{case}/note", {"text": "once"}, key="AT-ONCE")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(press, range(8)))
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    notes = [one for one in caller.done("GET", f"{case}/log")["entries"] if one["what"] == "noted"]
    assert len(notes) == 1


def test_nobody_gives_a_token_more_than_they_have(database: Any) -> None:
    from amends.desk.cases.faults import UnableToWork
    from amends.facts.people import Person
    from amends.web.front import front

    shop_row()
    agent, keeper = Person("lin", "agent"), Person("boss", "manager", frozenset({"main"}))
    tokens = front().api.tokens
    for who, merchant, role, scopes in (
        (agent, "main", "agent", ["cases:read"]),
        (keeper, "other", "agent", ["cases:read"]),
        (keeper, "", "agent", ["cases:read"]),
        (keeper, "main", "admin", ["cases:read"]),
        (keeper, "main", "agent", ["everything"]),
        (keeper, "main", "agent", []),
    ):
        with pytest.raises(UnableToWork):
            tokens.make(who, "n", merchant, role, scopes)
    assert tokens.make(keeper, "n", "main", "manager", list(SCOPES))[0].person.merchants == frozenset({"main"})


def test_a_token_does_not_bring_a_wish_over_the_wall(caller: Caller) -> None:
    stranger = Caller(token(merchant="another"))
    caller.done("PUT", "/shops/acme/orders/O-1", order_parts())
    assert stranger.call("POST", "/cases", wish("O-1")).status_code == 404
    assert stranger.call("PUT", "/shops/acme/orders/O-1", order_parts()).status_code == 404
