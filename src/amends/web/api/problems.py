"""Every fault of the API as a problem (RFC 9457): a type, a title, a status and a detail, in the language that was asked for."""

from __future__ import annotations

from typing import Any, Final

import orjson
from django.http import HttpResponse

from amends.desk.cases.faults import UnableToWork
from amends.facts.rulebook import Says
from amends.web.hant import to_hant

MEDIA: Final = "application/problem+json"

STATUS: Final = {
    "not_found": 404,
    "not_allowed": 403,
    "stale": 412,
    "not_possible": 409,
    "entitled": 409,
    "money": 409,
    "bad_value": 422,
    "bad_request": 400,
    "key_missing": 400,
    "key_reused": 409,
    "no_token": 401,
    "scope_missing": 403,
    "no_method": 405,
    "too_large": 413,
    "too_many": 429,
    "broken": 500,
}
TITLES: Final = {
    "not_found": Says("Not there", "不存在"),
    "not_allowed": Says("Not allowed for this role", "角色无权操作"),
    "stale": Says("Changed meanwhile", "内容已变化"),
    "not_possible": Says("Not possible now", "当前不支持此操作"),
    "entitled": Says("A rule of law or platform stands against it", "法律或平台规则不允许"),
    "money": Says("The money stands against it", "款项状态不允许"),
    "bad_value": Says("A value is wrong", "字段有误"),
    "bad_request": Says("The request cannot be read", "请求无法解析"),
    "key_missing": Says("Idempotency-Key is missing", "缺少 Idempotency-Key"),
    "key_reused": Says("Idempotency-Key was used for another call", "Idempotency-Key 已用于其他请求"),
    "no_token": Says("A token is needed", "需要访问令牌"),
    "scope_missing": Says("The token lacks a scope", "令牌权限不足"),
    "no_method": Says("No such method here", "不支持该方法"),
    "too_large": Says("Too large", "请求过大"),
    "too_many": Says("Too many calls", "请求过于频繁"),
    "broken": Says("Something went wrong here", "服务器内部错误"),
}
"""What each code is called; the same set as in the documentation of the API."""


class Problem(Exception):
    """A fault of a call itself, told by its code (a key of `STATUS`)."""

    def __init__(self, code: str, en: str, zh: str, field: str = "") -> None:
        super().__init__(en)
        self.code, self.says, self.field = code, Says(en, zh), field


def language_of(accepts: str) -> str:
    """The first language of an Accept-Language header that is known here; English where none is."""
    ranked = sorted([_rank(part, place) for place, part in enumerate(accepts[:300].split(","))])
    for _, _, name in ranked:
        if name.startswith("zh"):
            return "zh_hant" if any(part in name for part in ("hant", "tw", "hk", "mo")) else "zh"
        if name.startswith("en"):
            return "en"
    return "en"


def _rank(part: str, place: int) -> tuple[int, int, str]:
    name, _, weight = part.strip().lower().partition(";q=")
    digits = (weight or "1").replace(".", "")
    return (-int(digits.ljust(4, "0")[:4]) if digits.isascii() and digits.isdigit() else 0, place, name)


def in_words(says: Says, language: str) -> str:
    """One of the texts."""
    if language == "en":
        return says.en
    return to_hant(says.zh) if language == "zh_hant" else says.zh


def problem(code: str, says: Says, accepts: str, field: str = "", rules: tuple[str, ...] = ()) -> HttpResponse:
    """The answer that tells a fault."""
    language, status = language_of(accepts), STATUS[code]
    told: dict[str, Any] = {
        "type": f"/api/docs#problem-{code}",
        "title": in_words(TITLES[code], language),
        "status": status,
        "detail": in_words(says, language),
        "code": code,
        "field": field or None,
        "rules": list(rules),
    }
    answer = HttpResponse(orjson.dumps(told), status=status, content_type=MEDIA)
    answer.headers["Content-Language"] = {"en": "en", "zh": "zh-Hans", "zh_hant": "zh-Hant"}[language]
    answer.headers["Vary"] = "Accept-Language"
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="amends"'
    return answer


def of_fault(fault: Problem | UnableToWork, accepts: str) -> HttpResponse:
    """The answer that tells why a call or a verb was not done."""
    rules = fault.rules if isinstance(fault, UnableToWork) else ()
    return problem(fault.code, fault.says, accepts, fault.field, rules)
