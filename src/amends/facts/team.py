"""What the team is told in its chat: where, of which events, and how a try ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from amends.facts.rulebook import Says
from amends.facts.words import words

TeamKind = Literal["wecom", "feishu", "dingtalk", "slack"]
TEAM_KINDS: Final[tuple[TeamKind, ...]] = ("wecom", "feishu", "dingtalk", "slack")
TEAM_EVENTS: Final = ("deadline", "exception", "risk", "dispute")
SIGNED: Final = ("feishu", "dingtalk")
"""Kinds whose messages may be signed with a secret."""
NEAR: Final = timedelta(hours=2)
"""How long before its end a deadline is told."""
TOGETHER: Final = 10
"""So many lines go as one message, for robots are limited by messages."""


@dataclass(frozen=True, slots=True)
class TeamHook:
    """A chat of a merchant's team. `shop`: "" for all of its shops. `events`: of `TEAM_EVENTS`. `on_since`: None while it rests.

    `address_hint`: the end of its address, which is a secret and never shown whole.
    """

    number: int
    merchant: str
    shop: str
    kind: TeamKind
    language: str
    events: tuple[str, ...]
    address_hint: str
    has_secret: bool
    on_since: datetime | None
    fault: str = ""
    faults: int = 0
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamKeys:
    """Where a chat is spoken to. Never shown, never logged."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class News:
    """Something the team should know, once for its `name`. `detail`: an action, an exception, tracks; `due`: of a deadline."""

    name: str
    event: str
    case: int
    key: str
    shop: str
    detail: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """How a try ended: sent, later (after `wait` seconds) or refused (until a person looks after it)."""

    end: Literal["sent", "later", "refused"]
    told: str = ""
    wait: int = 60


def line_of(news: News, language: str, clock: str) -> str:
    """Will tell news in a line without anything about the buyer. `clock`: when it is due, as people read it."""
    says = _says(news, clock)
    head = f"{news.shop} · {news.key}"
    return f"{head}: {says.en}" if language == "en" else f"{head}：{says.zh}"


def text_of(lines: Sequence[str], language: str) -> str:
    """Will make one message of several lines."""
    return "\n".join(["Amends" if language == "en" else "售后台提醒", *lines])


def _says(news: News, clock: str) -> Says:
    if news.event == "deadline":
        named = words("action", news.detail) or Says(news.detail, news.detail)
        return Says(f"due soon: {named.en}, {clock}", f"即将到期：{named.zh}，{clock}")
    if news.event == "exception":
        named = words("exception", news.detail) or Says(news.detail, news.detail)
        return Says(f"needs a person: {named.en}", f"异常：{named.zh}")
    if news.event == "dispute":
        return Says("in dispute", "进入争议")
    return Says("high risk, look at it before anything goes out", "高风险，请先核实")
