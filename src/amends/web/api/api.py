"""The API joined together: routers, the document, and how faults of reading a call are told."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from amends.facts.api import SCOPES
from amends.web.api import (
    cases,
    dispute_verbs,
    disputes,
    evidence,
    freight,
    hooks,
    money,
    orders,
    reviews,
    rulings,
    scores,
    station,
)
from amends.web.api.calls import TokenAuth
from amends.web.api.problems import MEDIA, Problem, of_fault

_ABOUT: Final = """After-sales of a shop: orders in, cases decided by law, platform rules and policy, money back exactly once.

Every call carries `Authorization: Bearer amends_…`. Every POST that changes something carries `Idempotency-Key`.
Faults are problems (RFC 9457), in English, Simplified or Traditional Chinese by `Accept-Language`. Amounts are decimal strings.
"""


class StrictParser(Parser):
    """Reads bodies as JSON proper: no NaN, no lone surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Will read the body."""
        return orjson.loads(request.body)


@cache
def build() -> NinjaAPI:
    """The API, once a process."""
    api = NinjaAPI(
        title="Amends",
        version="1",
        description=_ABOUT,
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        auth=TokenAuth(),
        parser=StrictParser(),
    )
    for one in (
        cases,
        money,
        orders,
        evidence,
        disputes,
        dispute_verbs,
        rulings,
        hooks,
        scores,
        station,
        freight,
        reviews,
    ):
        api.add_router("/cases" if one is cases else "", one.router)
    api.exception_handler(ValidationError)(_not_valid)
    api.exception_handler(HttpError)(_not_read)
    return api


def _not_valid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    first = fault.errors[0]
    place = [str(part) for part in first["loc"][1:] if part != "body"]
    field, message = ".".join(place), str(first["msg"])
    told = Problem(
        "bad_value", f"{field}: {message}" if field else message, f"字段 {field or '-'} 有误：{message}", field
    )
    return of_fault(told, request.headers.get("Accept-Language", ""))


def _not_read(request: HttpRequest, fault: HttpError) -> HttpResponse:
    told = Problem("bad_request", str(fault), "请求体不是有效的 JSON")
    return of_fault(told, request.headers.get("Accept-Language", ""))


@cache
def document() -> bytes:
    """The OpenAPI document."""
    found: dict[str, Any] = dict(OpenAPISchema(build(), "api/v1/"))
    for operation in [one for path in found["paths"].values() for one in path.values()]:
        operation["description"] = f"{operation.get('description', '')}\n\nScope: `{operation['x-scope']}`".strip()
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                answer["content"] = {MEDIA: next(iter(answer["content"].values()))}
    found["info"]["x-scopes"] = {name: {"en": says.en, "zh": says.zh} for name, says in SCOPES.items()}
    return orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
