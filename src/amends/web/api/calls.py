"""Who calls, whether they may, and that a call is done once."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from amends.desk.cases.faults import UnableToWork
from amends.facts.api import ApiToken, KeptAnswer
from amends.facts.people import Person
from amends.store.api_answers import claim, keep
from amends.store.database import writing, writing_as_one
from amends.web.api.problems import Problem
from amends.web.front import front

JSON: Final = "application/json"
_MOST_BUCKETS: Final = 10_000


class TokenAuth(HttpBearer):
    """Takes a token from `Authorization: Bearer`, and from nowhere else."""

    openapi_bearerFormat = "amends_…"  # noqa: N815 - the document's own name

    def __call__(self, request: HttpRequest) -> Any:
        """Will give the token of a call. Raises `Problem` for a stranger, and for one who calls too often."""
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        found = front().api.tokens.of(secret.strip()) if kind.lower() == "bearer" else None
        if found is None:
            raise Problem(
                "no_token",
                "send Authorization: Bearer with a token that is not revoked",
                "请在 Authorization: Bearer 中提供有效令牌",
            )
        _PACE.check(found)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Will never be asked: `__call__` does it all."""
        raise NotImplementedError


class Pace:
    """How often each token called in the present minute, in this process."""

    def __init__(self, seconds: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._calls: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def check(self, token: ApiToken) -> None:
        """Will count a call. Raises `Problem` above the token's limit."""
        minute = int(self._seconds() // 60)
        began, many = self._calls.pop(token.name, (minute, 0))
        many = many + 1 if began == minute else 1
        self._calls[token.name] = (minute, many)
        while len(self._calls) > _MOST_BUCKETS:
            self._calls.popitem(last=False)
        if token.per_minute and many > token.per_minute:
            raise Problem(
                "too_many",
                f"more than {token.per_minute} calls a minute; go on in {self.left_seconds()} seconds",
                f"每分钟超过 {token.per_minute} 次，请在 {self.left_seconds()} 秒后重试",
            )

    def left_seconds(self) -> int:
        """Will say when the next minute begins."""
        return 60 - int(self._seconds() % 60)

    def headers(self, token: ApiToken) -> dict[str, str]:
        """Will tell a caller how many calls are left."""
        if not token.per_minute:
            return {}
        _, many = self._calls.get(token.name, (0, 0))
        return {
            "RateLimit-Limit": str(token.per_minute),
            "RateLimit-Remaining": str(max(0, token.per_minute - many)),
            "RateLimit-Reset": str(self.left_seconds()),
        }


_PACE: Final = Pace()


def token_of(request: HttpRequest) -> ApiToken:
    """The token of a call that was let in."""
    found: ApiToken = request.auth  # type: ignore[attr-defined]
    return found


def allowed(request: HttpRequest, scope: str) -> Person:
    """Whom a call acts as. Raises `Problem` where its token lacks the scope."""
    token = token_of(request)
    if scope not in token.scopes:
        raise Problem("scope_missing", f"the token needs the scope {scope}", f"令牌缺少权限 {scope}")
    return token.person


def sent(answer: KeptAnswer, request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """An answer as it leaves."""
    response = HttpResponse(answer.body, status=answer.status, content_type=JSON)
    if answer.etag:
        response.headers["ETag"] = answer.etag
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    for name, value in _PACE.headers(token_of(request)).items():
        response.headers[name] = value
    return response


def once(
    request: HttpRequest, do: Callable[[], KeptAnswer], *, needed: bool = True, parts: bool = False
) -> HttpResponse:
    """Will do a call in one transaction with its answer: the same key again is answered the same, with another body it is a fault.

    What was refused is not kept, since nothing was done; the key may be used again. `parts`: of what is done, some may fail alone.
    """
    whole = writing if parts else writing_as_one
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        if needed:
            raise Problem(
                "key_missing",
                "send Idempotency-Key, a text of your own (such as a UUID) that is the same at every try of this call",
                "请发送 Idempotency-Key：由你生成、同一请求重试时保持不变的文本（如 UUID）",
            )
        with whole():
            return sent(do(), request)
    if len(key) > 200 or not key.isprintable():
        raise Problem("bad_request", "Idempotency-Key: at most 200 characters", "Idempotency-Key 最长 200 个字符")
    token, digest = token_of(request).number, _digest(request)
    with whole():
        there = claim(token, key, digest, front().now())
        if there is None:
            made = do()
            keep(token, key, KeptAnswer(digest, made.status, made.etag, made.body))
            return sent(made, request)
    if there.digest != digest:
        raise Problem(
            "key_reused",
            "this key went with another call; draw a new one for a new call",
            "该 Idempotency-Key 已用于其他请求，新请求请使用新的值",
        )
    return sent(there, request, again=True)


def _digest(request: HttpRequest) -> str:
    told = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(told).hexdigest()


def version_wanted(request: HttpRequest) -> int | None:
    """The version that `If-Match` names; None where any will do. Raises `Problem` for what is no ETag of a case."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*":
        return None
    digits = said.removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Problem(
            "bad_request", 'If-Match: the ETag of the case, such as "4"', 'If-Match 须为售后单的 ETag，例如 "4"'
        )
    return int(digits)


def see(request: HttpRequest, number: int, scope: str = "cases:read") -> Any:
    """A case that the caller may see. Raises `UnableToWork` where there is none."""
    person = allowed(request, scope)
    state = front().desk.casework.look(number)
    if state is None or not person.may_see(state.merchant):
        raise UnableToWork("not_found", f"there is no case {number}", f"没有售后单 {number}")
    return state
