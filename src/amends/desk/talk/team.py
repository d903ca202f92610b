"""The team's chats: kept by managers, tried, and told by the runner of what cannot wait."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from amends.desk.api.webhooks import Post, address_fault
from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.facts.people import Merchants, Person
from amends.facts.team import (
    SIGNED,
    TEAM_EVENTS,
    TEAM_KINDS,
    TOGETHER,
    News,
    TeamAnswer,
    TeamHook,
    TeamKeys,
    TeamKind,
    line_of,
    text_of,
)
from amends.facts.wire import UnableToPost, WireAnswer, WireRequest

PACE: Final = timedelta(seconds=5)
"""Between two messages to one chat: robots take about twenty a minute."""
_LEASE: Final = timedelta(seconds=60)
_LONGEST: Final = timedelta(hours=1)
_STALE: Final = timedelta(hours=12)
Write = Callable[[TeamKind, TeamKeys, str, datetime], WireRequest]
Read = Callable[[TeamKind, WireAnswer], TeamAnswer]


class TeamShelf(Protocol):
    """The chats, and what each was told."""

    def seen_by(self, merchants: Merchants) -> Sequence[TeamHook]:
        """Give the chats of these merchants."""
        ...

    def get(self, number: int) -> TeamHook | None:
        """Give one."""
        ...

    def keys(self, number: int) -> TeamKeys:
        """Give where it is spoken to."""
        ...

    def make(self, hook: TeamHook, keys: TeamKeys, by: str, at: datetime) -> TeamHook:
        """Keep a new one, turned on."""
        ...

    def turn(self, number: int, on_since: datetime | None, now: datetime) -> None:
        """Turn it on or have it rest."""
        ...

    def drop(self, number: int) -> None:
        """Forget it."""
        ...

    def due(self, now: datetime, until: datetime) -> Sequence[TeamHook]:
        """Take those that may be spoken to now, kept from other workers until then."""
        ...

    def news(self, hook: TeamHook, now: datetime) -> Sequence[News]:
        """Give what this chat was not told of yet."""
        ...

    def put(self, hook: int, news: News, line: str, at: datetime) -> None:
        """Write a line, once for its name."""
        ...

    def waiting(self, hook: int, most: int) -> Sequence[tuple[int, str]]:
        """Give lines that wait, the oldest first."""
        ...

    def settle(self, hook: int, lines: Sequence[int], next_at: datetime, fault: str, now: datetime) -> None:
        """Note how telling these lines ended; "": they were told."""
        ...

    def forget(self, before: datetime) -> None:
        """Call lines stale that nobody could be told of in time."""
        ...


@dataclass(frozen=True, slots=True)
class TeamVoice:
    """Says a text in a chat. `write` and `read` translate for each kind of robot."""

    post: Post
    write: Write
    read: Read

    def say(self, hook: TeamHook, keys: TeamKeys, text: str, now: datetime) -> TeamAnswer:
        """Say it; how that ended."""
        try:
            return self.read(hook.kind, self.post(self.write(hook.kind, keys, text, now)))
        except UnableToPost as fault:
            return TeamAnswer("later", str(fault).replace(keys.url, "…")[:200])


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """The verbs. `private`: hosts inside the house that may be called all the same."""

    shelf: TeamShelf
    voice: TeamVoice
    private: Collection[str]
    now: Callable[[], datetime]
    merchants: Callable[[], Sequence[str]]

    def all(self, person: Person) -> Sequence[TeamHook]:
        """The chats of the person's merchants. Raises `UnableToSet`."""
        if not person.may("settings"):
            raise UnableToSet("Managers set what the team is told.", "团队通知由店长及以上角色管理。")
        return self.shelf.seen_by(person.merchants)

    def get(self, number: int, person: Person) -> TeamHook:
        """One of them. Raises `UnableToSet`."""
        found = self.shelf.get(number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToSet("There is no such chat.", "没有这个通知。")
        check_may_set(person, found.merchant)
        return found

    def make(self, typed: TeamHook, keys: TeamKeys, person: Person) -> TeamHook:
        """Begin to tell a chat. Raises `UnableToSet` naming the field at fault."""
        check_may_set(person, typed.merchant, self.merchants())
        if typed.kind not in TEAM_KINDS:
            raise UnableToSet("kind: choose one of those shown", "kind：请选择列出的类型", "kind")
        if not typed.events or set(typed.events) - set(TEAM_EVENTS):
            raise UnableToSet("events: choose at least one", "events：请至少选择一项", "events")
        if fault := address_fault(keys.url, self.private):
            raise UnableToSet(f"url: {fault}", "url：请粘贴机器人的 https 地址", "url")
        if keys.secret and typed.kind not in SIGNED:
            raise UnableToSet(
                "secret: this kind is not signed; leave it empty", "secret：该类型不使用密钥，请留空", "secret"
            )
        return self.shelf.make(typed, keys, person.name, self.now())

    def turn(self, number: int, person: Person, *, on: bool) -> None:
        """Turn it on or have it rest. Raises `UnableToSet`."""
        self.shelf.turn(self.get(number, person).number, self.now() if on else None, self.now())

    def drop(self, number: int, person: Person) -> None:
        """Forget it. Raises `UnableToSet`."""
        self.shelf.drop(self.get(number, person).number)

    def test(self, number: int, person: Person) -> TeamAnswer:
        """Say hello in it. Raises `UnableToSet`."""
        hook = self.get(number, person)
        hello = "This is a trial message." if hook.language == "en" else "这是一条测试消息。"
        text = text_of([hello], hook.language)
        return self.voice.say(hook, self.shelf.keys(number), text, self.now())


@dataclass(frozen=True, slots=True)
class TeamRounds:
    """Tells every chat what it was not told of. `clock`: an instant as the people of a shop read it."""

    shelf: TeamShelf
    voice: TeamVoice
    clock: Callable[[str, datetime], str]
    now: Callable[[], datetime]

    def look(self) -> int:
        """One round; how many messages were said."""
        now = self.now()
        self.shelf.forget(now - _STALE)
        return sum([self._tell(hook, now) for hook in self.shelf.due(now, now + _LEASE)])

    def _tell(self, hook: TeamHook, now: datetime) -> int:
        for one in self.shelf.news(hook, now):
            due = self.clock(one.shop, one.due) if one.due else ""
            self.shelf.put(hook.number, one, line_of(one, hook.language, due), now)
        lines = self.shelf.waiting(hook.number, TOGETHER)
        if not lines:
            self.shelf.settle(hook.number, (), now + PACE, "", now)
            return 0
        text = text_of([line for _, line in lines], hook.language)
        answer = self.voice.say(hook, self.shelf.keys(hook.number), text, now)
        if answer.end == "sent":
            self.shelf.settle(hook.number, [number for number, _ in lines], now + PACE, "", now)
            return 1
        wait = timedelta(seconds=answer.wait) * 2 ** min(hook.faults, 6)
        self.shelf.settle(hook.number, (), now + min(wait, _LONGEST), answer.told or answer.end, now)
        return 0
