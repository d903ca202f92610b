"""Messages to the team's chats: as each robot wants them, and what its answer means."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus

from amends.facts.team import TeamAnswer, TeamKeys, TeamKind
from amends.facts.wire import WireAnswer, WireRequest

_LONGEST: Final[Mapping[str, int]] = {"wecom": 2_000, "feishu": 15_000, "dingtalk": 15_000, "slack": 15_000}
"""Bytes of a text, a little below what each takes."""
_BUSY: Final[Mapping[str, Mapping[str, int]]] = {
    "wecom": {"45009": 60, "-1": 60},
    "feishu": {"11232": 60},
    "dingtalk": {"130101": 600, "-1": 60},
}
"""Answers that mean later, and after how many seconds."""


def request_of(kind: TeamKind, keys: TeamKeys, text: str, at: datetime) -> WireRequest:
    """Will write a text for a robot, signed where a secret is given."""
    words, url = _cut(text, _LONGEST[kind]), keys.url
    body: dict[str, Any]
    if kind == "feishu":
        stamp = str(int(at.timestamp()))
        signed = {"timestamp": stamp, "sign": feishu_sign(stamp, keys.secret)} if keys.secret else {}
        body = {**signed, "msg_type": "text", "content": {"text": words}}
    elif kind == "slack":
        body = {"text": words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}
    else:
        body = {"msgtype": "text", "text": {"content": words}}
    if kind == "dingtalk" and keys.secret:
        stamp = str(int(at.timestamp() * 1000))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(dingtalk_sign(stamp, keys.secret))}"
    told = json.dumps(body, ensure_ascii=False).encode()
    return WireRequest("POST", url, {"content-type": "application/json; charset=utf-8"}, told)


def answer_of(kind: TeamKind, answer: WireAnswer) -> TeamAnswer:
    """Will read a robot's answer; one that cannot be understood is tried again later."""
    said = answer.body[:200].decode("utf-8", "replace").replace("\x00", "")
    told = f"{answer.status} {said}"
    if answer.status == 429 or answer.status >= 500:
        wait = answer.headers.get("retry-after", "")
        return TeamAnswer("later", told, min(3_600, int(wait)) if wait.isascii() and wait.isdigit() else 60)
    if kind == "slack":
        return TeamAnswer("sent" if answer.status == 200 else "refused", told)
    if not 200 <= answer.status < 300:
        return TeamAnswer("refused", told)
    code = _code(answer.body)
    if code == "0":
        return TeamAnswer("sent", told)
    wait_for = 60 if code is None else _BUSY[kind].get(code)
    return TeamAnswer("refused", told) if wait_for is None else TeamAnswer("later", told, wait_for)


def feishu_sign(stamp: str, secret: str) -> str:
    """Will sign for 飞书: the stamp and the secret are the key, and nothing is signed with it."""
    return base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def dingtalk_sign(stamp: str, secret: str) -> str:
    """Will sign for 钉钉: the stamp and the secret, under the secret."""
    return base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()


def _code(body: bytes) -> str | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    named = [str(found[name]) for name in ("errcode", "code", "StatusCode") if name in found]
    return named[0] if named else None


def _cut(text: str, most: int) -> str:
    """As much of a text as fits into so many bytes, whole letters only."""
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode("utf-8", "ignore") + "…"
