"""What a verb wants done on the case's platform: written down in the case's own transaction, carried out afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.facts.channels import ChannelCan
from amends.facts.deed_work import NewDeed, PlatformSide
from amends.facts.deeds import Action, Deed
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.work import CaseState, Change

TASK: Final = "platform_task"
"""The exception of a case about which a person has to do something on the platform's console."""
_HOUSE: Final = Actor("system", "amends")
_EVER: Final = frozenset({"message", "note"})
"""Deeds that are possible whatever became of the case there."""


def want(desk: CaseDesk, held: HeldCase, person: Person, action: Action, **given: Any) -> None:
    """Want something done on the platform of a held case, once what was pressed can no longer be taken back.

    Nothing where the case came by no connection, is over there, or its channel cannot do it and no person could. Where the house may not
    act there, or only a person can do it, a task is written for a person. `given`: parts of the deed (`text`, `reason`, `waybill` ...)
    and `proof`, the SHA-256 of files.
    """
    side = held.platform()
    can = can_on(desk, side)
    if side is None or can is None or (side.final and action not in _EVER):
        return
    calls = action in can.actions
    if not calls and action not in can.by_person:
        return
    acts = calls and side.on and side.may_act
    now = desk.now()
    held.put_deed(
        NewDeed(
            deed=_deed(held.state, side, action, given),
            state="wanted" if acts else "person",
            due=now + timedelta(seconds=held.state.undo_seconds),
            by=person.name,
            at=now,
            proof=tuple(given.get("proof", ())),
            code="" if acts else "may_not_act" if calls else "by_person",
        ),
        side.connection,
    )
    if not acts:
        held.write(Entry("platform_task", _HOUSE, now, data={"action": action}), Change(exception=TASK))


def refuse_there(
    desk: CaseDesk, held: HeldCase, person: Person, ours: str, there: str, text: str, proof: Sequence[str]
) -> None:
    """Want a refusal on the platform: by the reason of its own list that was chosen, else by the one that last went with ours."""
    side = held.platform()
    if side is None:
        return
    code = there.strip() or desk.casework.refusal_word(side.connection, ours)
    if there.strip():
        desk.casework.keep_refusal_word(side.connection, ours, there.strip(), "", desk.now())
    want(desk, held, person, "refuse", reason=code, text=text, proof=shelf_files(proof))


def prove_there(desk: CaseDesk, held: HeldCase, person: Person, files: Sequence[str], text: str) -> None:
    """Want proof given to the platform, where it decides about the case; at other times what is on the shelf is nobody else's."""
    side = held.platform()
    if side is not None and side.standing == "stepped_in":
        want(desk, held, person, "give_evidence", text=text, proof=shelf_files(files))


def take_back(desk: CaseDesk, held: HeldCase, since: datetime | None) -> None:
    """Cancel what was wanted since then (None: ever). Raises `UnableToWork` where some of it has gone to the platform already."""
    if not held.take_back_deeds(since, desk.now()):
        raise UnableToWork(
            "not_possible",
            "it has gone to the platform already and cannot be taken back",
            "已提交到平台，不能撤回",
        )
    if held.state.exception == TASK and not any(one.state == "person" for one in held.deeds()):
        held.refresh(Change(exception=""), desk.now())


def can_on(desk: CaseDesk, side: PlatformSide | None) -> ChannelCan | None:
    """What can be done on a case's platform; None where it came by no connection."""
    channel = desk.channels.get(side.channel) if side else None
    return channel.can if channel else None


def check_amount(desk: CaseDesk, state: CaseState, plan: Plan | None) -> None:
    """Raise `UnableToWork` where the platform pays the amount that was asked there and no other, and the plan wants another."""
    against = desk.money.against(state.number, state.case, plan) if plan else None
    if against is not None:
        raise UnableToWork("money", against.en, against.zh)


def house_may_answer(desk: CaseDesk, number: int, requested_at: datetime | None) -> bool:
    """Whether the house alone may answer a case: not one that was asked for on its platform before the shop was connected."""
    side = desk.casework.platform(number)
    if side is None or side.acts_from is None:
        return True
    return requested_at is not None and requested_at >= side.acts_from


def shelf_files(proof: Sequence[str]) -> tuple[str, ...]:
    """Those names of pieces of evidence that are files on the shelf."""
    return tuple([one for one in proof if len(one) == 64 and not set(one) - set("0123456789abcdef")])


def _deed(state: CaseState, side: PlatformSide, action: Action, given: dict[str, Any]) -> Deed:
    parts = {name: value for name, value in given.items() if name != "proof" and value}
    return Deed(
        key=deed_key(state, action),
        action=action,
        case=side.number,
        order=side.order,
        kind=str((state.case.get("request") or {}).get("kind") or ""),
        version=side.version,
        currency=state.currency,
        **parts,
    )


def deed_key(state: CaseState, action: Action) -> str:
    """The key of a deed: of what was wanted after how many entries of the case, so that one press wants it once."""
    facts = "\x1f".join([state.shop, state.key, str(state.number), str(state.version), action])
    return "am" + hashlib.sha256(facts.encode()).hexdigest()[:30]
