"""The way in: calls of the API pass none of what pages need (sessions, cookies, forms), and every fault leaves as a problem."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.urls import Resolver404, resolve

from amends.desk.cases.faults import UnableToWork
from amends.web.api.problems import MEDIA, Problem, of_fault

ROOT: Final = "/api/v1/"
LARGEST: Final = 1024 * 1024
LARGEST_FILE: Final = 2 * 1024 * 1024 * 1024
_FILE: Final = re.compile(r"/api/v1/shops/[^/]+/goods/[^/]+/files/[^/]+")
"""Bodies that are files: read bit by bit by whoever keeps them, never as a whole."""
_NUL: Final = re.compile(rb"\\u0000")
_log = logging.getLogger("django.request")

Answer = Callable[[HttpRequest], HttpResponse]


class ApiFirst:
    """Answers calls of the API by itself; everything else goes on to the pages."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Will answer a call of the API, or as the page does."""
        if not request.path_info.startswith(ROOT):
            return self._get_response(request)
        accepts = request.headers.get("Accept-Language", "")
        try:
            answer = _answered(request)
        except (Problem, UnableToWork) as fault:
            answer = of_fault(fault, accepts)
        except Exception:  # noqa: BLE001 - whatever went wrong leaves as a problem, and is logged
            _log.exception("the call %s %s could not be answered", request.method, request.path_info)
            answer = of_fault(Problem("broken", "this was written down; try again", "已记录，请稍后重试"), accepts)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _answered(request: HttpRequest) -> HttpResponse:
    _check_form(request)
    try:
        found = resolve(request.path_info)
        request.resolver_match = found
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except (Resolver404, Http404) as fault:
        raise Problem("not_found", "there is no such address", "没有该地址") from fault
    except (RequestDataTooBig, UnreadablePostError, RawPostDataException) as fault:
        raise Problem("bad_request", "the body was cut off", "请求体不完整") from fault
    except (DataError, OverflowError) as fault:
        raise Problem("bad_value", "a value is too long or too large to be kept", "有字段过长或数值过大") from fault
    if answer.status_code == 405 and answer.headers.get("Content-Type") != MEDIA:
        allowed = answer.headers.get("Allow", "")
        fault_told = Problem("no_method", f"allowed here: {allowed}", f"此处支持：{allowed}")
        told = of_fault(fault_told, request.headers.get("Accept-Language", ""))
        told.headers["Allow"] = allowed
        return told
    return answer


def _check_form(request: HttpRequest) -> None:
    """What no database can keep is not let in."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal():
        raise Problem("bad_request", "Content-Length is no number", "Content-Length 不是数字")
    is_file = request.method == "PUT" and _FILE.fullmatch(request.path_info) is not None
    largest = LARGEST_FILE if is_file else LARGEST
    if int(length) > largest:
        raise Problem("too_large", f"at most {largest} bytes", f"请求体不得超过 {largest} 字节")
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise Problem("bad_request", "the address holds a NUL character", "地址含有 NUL 字符")
    if int(length) and not is_file:
        try:
            body = request.body
        except (RequestDataTooBig, UnreadablePostError) as fault:
            raise Problem("bad_request", "the body was cut off", "请求体不完整") from fault
        if _NUL.search(body):
            raise Problem("bad_request", "the body holds a NUL character", "请求体含有 NUL 字符")
