"""TOP's forms as its stand-ins read them: fields and files, the signature, times on Beijing's clock, pages."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Final

from amends.fakes.calls import Call
from amends.fakes.china import CHINA
from amends.fakes.market import Asked

Form = Mapping[str, str]
SECRET: Final = "fake-top-secret"
_MULTIPART: Final = re.compile(r"multipart/form-data", re.IGNORECASE)


class UnableToServe(Exception):
    """TOP's refusal: `code`, `msg` and the sub code and message of the method."""

    def __init__(self, code: int, msg: str, sub_code: str = "", sub_msg: str = "") -> None:
        super().__init__(sub_msg or msg)
        self.told = {"code": code, "msg": msg, "sub_code": sub_code, "sub_msg": sub_msg, "request_id": "fake"}


def read_form(call: Call) -> tuple[dict[str, str], dict[str, int]]:
    """The fields of a form, and the sizes of the files that came with it."""
    kind = call.headers.get("content-type", "")
    if not _MULTIPART.match(kind):
        return call.form(), {}
    fields: dict[str, str] = {}
    files: dict[str, int] = {}
    for part in message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + call.body).get_payload():
        if isinstance(part, Message):
            name = str(part.get_param("name", "", "content-disposition"))
            body = part.get_payload(decode=True)
            content = body if isinstance(body, bytes) else b""
            if part.get_filename():
                files[name] = len(content)
            else:
                fields[name] = content.decode("utf-8", errors="replace")
    return fields, files


def signature(form: Form) -> str:
    """TOP's signature of a form, files left out."""
    text = "".join(f"{name}{form[name]}" for name in sorted(form) if name != "sign")
    if form.get("sign_method") == "hmac":
        return hmac.new(SECRET.encode(), text.encode(), "md5").hexdigest().upper()
    return hashlib.md5(f"{SECRET}{text}{SECRET}".encode(), usedforsecurity=False).hexdigest().upper()


def seconds(clock: str) -> int:
    """Seconds since 1970 of a time on Beijing's clock. Raises `UnableToServe`."""
    try:
        return int(datetime.strptime(clock, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp())
    except ValueError:
        raise UnableToServe(41, "Invalid arguments", "isv.invalid-parameter", f"{clock!r} 格式错误") from None


def paged(cases: list[Asked], form: Form) -> tuple[list[Asked], bool]:
    """A page of the cases, and whether there are more."""
    page, size = int(form.get("page_no", "1")), int(form.get("page_size", "40"))
    if not 1 <= size <= 100:
        raise UnableToServe(41, "Invalid arguments", "isv.invalid-parameter:page_size", "page_size 最大 100")
    return cases[(page - 1) * size : page * size], len(cases) > page * size
