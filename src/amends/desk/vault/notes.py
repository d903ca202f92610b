"""Calls, chat and mail as evidence: a note of a call, and the conversation of a case as one file with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.vault.desk import VaultDesk
from amends.desk.vault.listings import keep_made
from amends.facts.people import Person
from amends.facts.vault import Made
from amends.facts.work import CaseState

LONGEST_MINUTES: Final = 24 * 60
LONGEST: Final = 4000
WAYS: Final = ("in", "out")


@dataclass(frozen=True, slots=True)
class CallNote:
    """A call: with whom, who called (`way`: in or out), when, how long, and what was said."""

    whom: str
    way: str
    at: datetime
    minutes: int
    text: str


def note_call(desk: VaultDesk, number: int, person: Person, call: CallNote) -> CaseState:
    """Keep a note of a call as a piece of the case. Raises `UnableToWork`."""
    state = desk.case(number, person, "receive")
    if not call.whom.strip():
        raise bad_value("whom", "say with whom", "请填写通话对象")
    if call.way not in WAYS:
        raise bad_value("way", "in or out", "请选择呼入或呼出")
    if not call.text.strip():
        raise bad_value("call_text", "say what was said", "请填写通话内容")
    if not 0 <= call.minutes <= LONGEST_MINUTES:
        raise bad_value("minutes", f"from 0 to {LONGEST_MINUTES}", f"请填写 0 到 {LONGEST_MINUTES} 分钟")
    if call.at > desk.now():
        raise bad_value("call_at", "a call cannot lie ahead", "通话时间不能晚于现在")
    lines = [
        f"Call / 通话记录: {state.key} · {state.shop}",
        f"With / 对方: {call.whom.strip()[:120]}",
        f"Way / 方向: {'呼入 incoming' if call.way == 'in' else '呼出 outgoing'}",
        f"When / 时间: {call.at.isoformat()}",
        f"Minutes / 时长（分钟）: {call.minutes}",
        f"Written down by / 记录人: {person.name}, {desk.now().isoformat()}",
        "",
        call.text.strip()[:LONGEST],
        "",
    ]
    made = Made(f"call-{call.at:%Y%m%d-%H%M}.txt", "chat", "text/plain", "\n".join(lines).encode())
    return keep_made(desk, number, person, made, "desk")


def keep_talk(desk: VaultDesk, number: int, person: Person) -> CaseState:
    """Keep the conversation with the buyer, as it is now, as a piece of the case; notes of the house stay out. Raises `UnableToWork`."""
    state = desk.case(number, person, "receive")
    said = [one for one in desk.evidence.cases.casework.history(number).messages if not one.inside]
    if not said:
        raise UnableToWork("not_possible", "nothing was said yet", "尚无沟通记录")
    lines = [f"Conversation / 沟通记录: {state.key} · {state.shop}", ""]
    for one in said:
        lines += [f"[{one.at.isoformat()}] {one.by_kind} {one.by} ({one.state})", one.text]
        lines += [f"  file / 附件 {file.get('file', '')} {file.get('name', '')}" for file in one.files]
        lines.append("")
    made = Made(f"conversation-{said[-1].at:%Y%m%d-%H%M}.txt", "chat", "text/plain", "\n".join(lines).encode())
    return keep_made(desk, number, person, made, "house")
