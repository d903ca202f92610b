"""Asking the buyer for proof or facts, and what the buyer gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from amends.desk.cases.deeds import prove_there
from amends.desk.cases.desk import CaseDesk, actor, drop_waiting
from amends.desk.cases.faults import bad_value
from amends.desk.cases.letters import ANSWER_CLOCKS, letter
from amends.desk.cases.redecide import redecide
from amends.facts.codes import EVIDENCE_KINDS, PARTIES
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.work import CaseState, Change, WantedDeadline

MOST_DAYS: Final = 30
_BACK: Final = Says("The case comes back to the desk", "售后单退回客服处理")
GIVE: Final = ("own", "buyer", "give_evidence")


def ask(
    desk: CaseDesk,
    number: int,
    person: Person,
    what: Sequence[str],
    text: str,
    days: int = 3,
    version: int | None = None,
) -> CaseState:
    """Ask the buyer for something: codes of what is missing, words, and until when. Our own clock has been answered by it."""
    if not 1 <= days <= MOST_DAYS:
        raise bad_value("days", f"between 1 and {MOST_DAYS}", f"请填写 1 到 {MOST_DAYS} 天")
    if not what and not text.strip():
        raise bad_value("text", "say what is asked for", "请说明需要买家补充什么")
    with desk.hold(number, person, version=version) as held:
        drop_waiting(desk, held, person)
        now = desk.now()
        due = WantedDeadline("own", "buyer", "give_evidence", now + timedelta(days=days), "own.evidence", _BACK)
        message = letter(desk, held.state, person, "evidence_asked", text, {"days": str(days)})
        entry = Entry(
            "asked", actor(person), now, text.strip(), (("decision", "ask"),), data={"what": list(what), "days": days}
        )
        return held.write(entry, Change(own=[due], met=[*ANSWER_CLOCKS], messages=[message], to_approve=False))


def give_evidence(
    desk: CaseDesk, number: int, by: Actor, merchant: Person | None, items: Sequence[Mapping[str, Any]], text: str = ""
) -> CaseState:
    """Add pieces of proof: `{kind, by, at, file}` each. What a buyer was asked for is answered by it, and the case decided anew.

    `merchant`: the person, where it is the shop that gives; None where the buyer does.
    """
    for one in items:
        if one.get("kind") not in EVIDENCE_KINDS:
            raise bad_value("kind", f"one of {', '.join(sorted(EVIDENCE_KINDS))}", "凭证类型不在可选范围内")
        if one.get("by") not in PARTIES:
            raise bad_value("by", f"one of {', '.join(sorted(PARTIES))}", "凭证提供方不在可选范围内")
    holder = merchant or Person(by.name, "agent", kind=by.kind)
    with desk.hold(number, holder, "receive") as held:
        now = desk.now()
        facts = {"evidence": [{"kind": one["kind"], "by": one["by"], "at": now.isoformat()} for one in items]}
        answers = by.kind == "buyer" and held.state.tracks.can("decision", "answer")
        entry = Entry(
            "evidence_given",
            by,
            now,
            text.strip(),
            (("decision", "answer"),) if answers else (),
            data={"items": [dict(one) for one in items]},
        )
        held.write(entry, Change(facts=facts if items else None, met=[GIVE] if answers else []))
        if merchant is not None:
            prove_there(desk, held, merchant, [str(one.get("file") or "") for one in items], text.strip())
        redecide(desk, held)
        return held.state
