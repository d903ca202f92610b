"""Stand-ins for the robots of chats, over real HTTP: they check signs, count messages a minute, and fail as the real ones do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Chat:
    """A chat of one kind. `most`: messages it takes before it is busy. `secret`: to check signs with. `broken`: answers 503."""

    kind: str
    secret: str = ""
    most: int = 20
    broken: bool = False
    said: list[str] = field(default_factory=list)


class _Answer(BaseHTTPRequestHandler):
    server: FakeTeam

    def do_POST(self) -> None:
        chat = self.server.chat
        body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["content-length"])))
        status, told = _answered(chat, body, parse_qs(urlsplit(self.path).query))
        raw = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(status)
        if status == 429:
            self.send_header("retry-after", "30")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


def _answered(chat: Chat, body: dict[str, Any], query: dict[str, list[str]]) -> tuple[int, Any]:
    if chat.broken:
        return 503, "not now"
    if chat.secret and not _signed(chat, body, query):
        wrong = {
            "feishu": {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        }
        return 200, wrong.get(chat.kind, {"errcode": 310000, "errmsg": "sign not match"})
    if len(chat.said) >= chat.most:
        busy = {
            "wecom": (200, {"errcode": 45009, "errmsg": "api freq out of limit"}),
            "feishu": (200, {"code": 11232, "msg": "create message trigger rate limit"}),
            "dingtalk": (200, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}),
            "slack": (429, "rate_limited"),
        }
        return busy[chat.kind]
    chat.said.append(_text(chat.kind, body))
    good = {"slack": "ok", "feishu": {"code": 0, "msg": "success"}}
    return 200, good.get(chat.kind, {"errcode": 0, "errmsg": "ok"})


def _text(kind: str, body: dict[str, Any]) -> str:
    if kind == "slack":
        return str(body["text"])
    return str(body["content"]["text"] if kind == "feishu" else body["text"]["content"])


def _signed(chat: Chat, body: dict[str, Any], query: dict[str, list[str]]) -> bool:
    if chat.kind == "feishu":
        stamp, given = str(body.get("timestamp", "")), str(body.get("sign", ""))
        made = hmac.new(f"{stamp}\n{chat.secret}".encode(), b"", hashlib.sha256)
    else:
        stamp, given = query.get("timestamp", [""])[0], query.get("sign", [""])[0]
        made = hmac.new(chat.secret.encode(), f"{stamp}\n{chat.secret}".encode(), hashlib.sha256)
    return hmac.compare_digest(base64.b64encode(made.digest()).decode(), given)


class FakeTeam(ThreadingHTTPServer):
    """A running robot on this machine. `url` is where; `stop` ends it."""

    daemon_threads = True

    def __init__(self, chat: Chat) -> None:
        """Start to serve."""
        self.chat = chat
        super().__init__(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/robot?key=k"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()
