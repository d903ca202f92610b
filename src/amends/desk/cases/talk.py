"""What shop and buyer say to each other on a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from amends.desk.cases.deeds import want
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import bad_value
from amends.desk.cases.letters import say
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.work import CaseState, Change, Message

LONGEST: Final = 4_000
_FIRST_ANSWER: Final = ("own", "merchant", "first_answer")


def tell_buyer(desk: CaseDesk, number: int, person: Person, text: str) -> CaseState:
    """Write to the buyer. It leaves the house when it can no longer be taken back; our own first-answer clock is met by it."""
    words = _words(text)
    with desk.hold(number, person) as held:
        message = say(desk, held.state, person, words)
        held.write(
            Entry("message_to_buyer", actor(person), desk.now()), Change(messages=[message], met=[_FIRST_ANSWER])
        )
        want(desk, held, person, "message", text=words)
        return held.state


def buyer_says(
    desk: CaseDesk, number: int, buyer: Actor, text: str, files: Sequence[Mapping[str, Any]] = ()
) -> CaseState:
    """Take in what the buyer writes."""
    words = _words(text)
    with desk.hold(number, Person(buyer.name, "agent", kind="buyer"), "see") as held:
        message = Message("buyer", buyer.name, words, "message", files=tuple(files))
        return held.write(Entry("message_from_buyer", buyer, desk.now()), Change(messages=[message]))


def _words(text: str) -> str:
    found = text.strip()
    if not found:
        raise bad_value("text", "the message is empty", "消息不能为空")
    if len(found) > LONGEST:
        raise bad_value("text", f"at most {LONGEST} characters", f"最多 {LONGEST} 字")
    return found
