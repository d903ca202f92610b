"""What shop and buyer say to each other on a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from amends.desk.cases.deeds import can_on, want
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import bad_value
from amends.desk.cases.letters import ANSWER_CLOCKS, say
from amends.desk.cases.ports import HeldCase
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.threats import threat_in
from amends.facts.work import CaseState, Change, Message, WantedDeadline

LONGEST: Final = 4_000
CHOSEN: Final = ("mail", "sms")
"""Ways that a person may choose whichever way the buyer wrote."""
THREATENED: Final = 60
"""Working minutes within which a buyer is to be answered who threatens to complain."""
_KINDS: Final = {
    "dispute": Says("a payment dispute may follow", "可能发起拒付或支付争议"),
    "authority": Says("a complaint to an authority or a court may follow", "可能向监管部门投诉或起诉"),
    "platform": Says("a complaint on the platform may follow", "可能申请平台介入或投诉"),
    "public": Says("a bad review may follow", "可能给差评或公开曝光"),
}
UNANSWERED: Final = Says("Our own promise of an answer is broken.", "未能按承诺时间答复买家。")


def tell_buyer(desk: CaseDesk, number: int, person: Person, text: str, way: str = "") -> CaseState:
    """Write to the buyer, by a chosen way (`CHOSEN`) or else by that of the buyer's last word. Our answer clocks are met.

    It leaves once it cannot be taken back.
    """
    words = _words(text)
    with desk.hold(number, person) as held:
        way = way_of(desk, held, way)
        message = replace(say(desk, held.state, person, words), way=way)
        held.write(
            Entry("message_to_buyer", actor(person), desk.now()), Change(messages=[message], met=[*ANSWER_CLOCKS])
        )
        if way == "platform":
            want(desk, held, person, "message", text=words)
        return held.state


def way_of(desk: CaseDesk, held: HeldCase, chosen: str) -> str:
    """The way that a person chose, else that of an answer. Raises `UnableToWork`."""
    if chosen and chosen not in CHOSEN:
        raise bad_value("way", f"one of {', '.join(CHOSEN)}", "请选择列出的方式")
    return chosen or reply_way(desk, held)


def reply_way(desk: CaseDesk, held: HeldCase) -> str:
    """The way by which an answer goes: that of the buyer's last message, else the platform where messages go there, else mail."""
    last = held.last_way()
    if last:
        return last
    can = can_on(desk, held.platform())
    return "platform" if can is not None and "message" in (*can.actions, *can.by_person) else "mail"


def buyer_says(
    desk: CaseDesk, number: int, buyer: Actor, text: str, files: Sequence[Mapping[str, Any]] = (), way: str = ""
) -> CaseState:
    """Take in what the buyer writes, and by which way it came."""
    words = _words(text)
    with desk.hold(number, Person(buyer.name, "agent", kind="buyer"), "see") as held:
        message = Message("buyer", buyer.name, words, "message", files=tuple(files), way=way)
        threat = threat_in(words)
        change = Change(messages=[message], own=_next_answer(desk, held, threat))
        data = {"threat": threat[0], "phrase": threat[1]} if threat else {}
        return held.write(Entry("message_from_buyer", buyer, desk.now(), data=data), change)


def _next_answer(desk: CaseDesk, held: HeldCase, threat: tuple[str, str] | None) -> list[WantedDeadline]:
    """Our promise to answer, wound up by what the buyer writes; one that runs already is kept, for the oldest word waits longest.

    Who threatens to complain is to be answered within `THREATENED` working minutes, whatever was promised: so the case rises in lists.
    """
    state, within = held.state, held.state.answer_within_minutes
    if state.tracks.desk == "closed":
        return []
    live = [one for one in held.running() if (one.source, one.who, one.action) in ANSWER_CLOCKS]
    if threat is None:
        if within is None or live:
            return []
        due = desk.working_due(state.shop, desk.now(), within)
        return [WantedDeadline("own", "merchant", "next_answer", due, "own.next_answer", UNANSWERED)]
    due = desk.working_due(state.shop, desk.now(), min(within or THREATENED, THREATENED))
    if any(one.due <= due for one in live):
        return []
    kind, phrase = threat
    missed = Says(f"The buyer said “{phrase}”: {_KINDS[kind].en}.", f"买家提到“{phrase}”：{_KINDS[kind].zh}。")
    return [WantedDeadline("own", "merchant", "next_answer", due, "own.threat", missed)]


def _words(text: str) -> str:
    found = text.strip()
    if not found:
        raise bad_value("text", "the message is empty", "消息不能为空")
    if len(found) > LONGEST:
        raise bad_value("text", f"at most {LONGEST} characters", f"最多 {LONGEST} 字")
    return found
