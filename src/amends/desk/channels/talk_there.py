"""Reads what buyers write in a platform's own conversation about a case, and puts it into the case's thread, each word once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.letters import ANSWER_CLOCKS
from amends.desk.cases.talk import LONGEST, buyer_says
from amends.desk.channels.asking import Talk, UnableToFindConnection
from amends.facts.channels import Access, Channel, ReadsTalk, UnableToTalk
from amends.facts.log import Actor, Entry
from amends.facts.platforms import PlatformSaid, TalkThere
from amends.facts.wire import Seal, UnableToReach, WireAnswer, WireRequest
from amends.facts.work import Change, Message

AT_A_TIME: Final = 10
_log = logging.getLogger("amends.channels")
Said = tuple[PlatformSaid, ...]
_CONSOLE: Final = Actor("shop", "console")
_PLATFORM: Final = Actor("platform", "platform")


class TalkShelf(Protocol):
    """Which conversations to read next, and what of them is here already."""

    def due(self, channels: Collection[str], now: datetime, most: int) -> Sequence[TalkThere]:
        """Give open cases whose conversation is to be read now."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Hold a transaction: what is done within is done as a whole or not at all."""
        ...

    def is_new(self, case: int, said: PlatformSaid, now: datetime) -> bool:
        """Note that something was said; False where that is known."""
        ...

    def is_ours(self, case: int, text: str) -> bool:
        """Whether these words were sent there from here."""
        ...

    def was_read(self, case: int, now: datetime, *, news: bool) -> None:
        """Have a conversation read again, the sooner the livelier it is."""
        ...


@dataclass(frozen=True, slots=True)
class TalkThereRounds:
    """One round reads a few. `channels`: those whose platform lets a conversation be read; `ask` puts a question to a connection."""

    ask: Callable[[int, Talk[Said]], Said]
    channels: Collection[str]
    shelf: TalkShelf
    cases: CaseDesk

    def look(self) -> int:
        """Read what is due; how much was new."""
        due = self.shelf.due(self.channels, self.cases.now(), AT_A_TIME) if self.channels else []
        return sum([self._read(one) for one in due])

    def _read(self, one: TalkThere) -> int:
        try:
            said = self.ask(one.connection, _talk(one.number))
        except (UnableToTalk, UnableToReach, UnableToFindConnection) as fault:
            _log.info("what was said about case %s could not be read: %s", one.number, fault)
            said = ()
        fresh = sum([self._take(one.case, word) for word in said])
        self.shelf.was_read(one.case, self.cases.now(), news=fresh > 0)
        return fresh

    def _take(self, case: int, said: PlatformSaid) -> int:
        with self.shelf.together():
            if not self.shelf.is_new(case, said, self.cases.now()):
                return 0
            words = said.text[:LONGEST]
            if said.by == "buyer":
                buyer_says(self.cases, case, Actor("buyer", "buyer"), words, (), "platform")
            elif said.by == "platform" or not self.shelf.is_ours(case, words):
                self._write(case, said.by, words)
        return 1

    def _write(self, case: int, by: str, words: str) -> None:
        """What the platform's people said, or the shop's on the console; the latter answers the buyer."""
        shops = by == "seller"
        who = _CONSOLE if shops else _PLATFORM
        with self.cases.casework.holding(case) as held:
            if held is not None:
                told = Message(who.kind, who.name, words, "message", way="platform")
                what = "message_on_console" if shops else "message_from_platform"
                held.write(
                    Entry(what, who, self.cases.now()), Change(messages=[told], met=[*ANSWER_CLOCKS] if shops else [])
                )


def _talk(number: str) -> Talk[Said]:
    def talk(channel: Channel, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Said]:
        if isinstance(channel, ReadsTalk):
            return (yield from channel.said(access, number, seal))
        return ()

    return talk
