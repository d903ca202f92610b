"""Talks without a wire: answers from a script, or from a fake asked directly."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from amends.facts.channels import Access
from amends.facts.deeds import Action, Deed
from amends.facts.imported import ShopSetting
from amends.facts.platforms import Window
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.fakes.calls import Call
from amends.fakes.platform import PlatformFake

T = TypeVar("T")
Talk = Generator[WireRequest, WireAnswer, T]
FOLDER = Path(__file__).parent / "told"
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def seal(at: datetime | None = None) -> Seal:
    """The moment and chance of one talk."""
    return Seal(at or datetime.now(UTC), "5K8264ILTKCH16CQ")


def access_to(channel: str, values: Mapping[str, Any], url: str = "https://gateway.invalid") -> Access:
    """A shop of a channel in China."""
    return Access(ShopSetting("云上小店", channel), url, {name: str(value) for name, value in values.items()})


def json_answer(content: Any, status: int = 200) -> WireAnswer:
    """An answer in JSON."""
    return WireAnswer(status, {}, json.dumps(content, ensure_ascii=False).encode())


def golden(name: str) -> Any:
    """A payload as the platform sends it."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def scripted(told: Talk[T], *answers: WireAnswer) -> tuple[T, list[WireRequest]]:
    """The result of a talk that gets these answers one after another, and what it asked."""
    asked: list[WireRequest] = []
    waiting = list(answers)
    try:
        request = next(told)
        while True:
            asked.append(request)
            request = told.send(waiting.pop(0))
    except StopIteration as end:
        assert not waiting, "it did not ask for all the answers"
        result: T = end.value
        return result, asked


def served(told: Talk[T], fake: PlatformFake) -> T:
    """The result of a talk with a fake, without a wire between."""
    try:
        request = next(told)
        while True:
            target = "/" + request.url.partition("://")[2].partition("/")[2]
            headers = {name.lower(): value for name, value in request.headers.items()}
            reply = fake.serve(Call(request.method, target, headers, request.body))
            assert reply is not None
            request = told.send(WireAnswer(reply.status, dict(reply.headers), reply.body))
    except StopIteration as end:
        result: T = end.value
        return result


def lately(hours: int = 1) -> Window:
    """The last hours until a minute from now."""
    at = datetime.now(UTC)
    return Window(at - timedelta(hours=hours), at + timedelta(minutes=1))


def deed(action: Action, case: str, **more: Any) -> Deed:
    """A deed on a case."""
    given: dict[str, Any] = {"key": "am0001", "action": action, "case": case, "currency": "CNY", "text": "您好，已处理"}
    return Deed(**{**given, **more})
