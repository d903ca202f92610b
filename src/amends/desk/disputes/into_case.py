"""What happens to a dispute, written into its case: the log, where its tracks stand, what the file says, and the clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.disputes.ports import HeldDispute
from amends.facts.dispute_codes import APPEAL_DAYS
from amends.facts.disputes import KeptDispute, case_track, file_stage
from amends.facts.log import Actor, Entry
from amends.facts.rulebook import Says
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change, WantedDeadline

ANSWER: Final = ("dispute", "merchant", "give_evidence")
APPEAL: Final = ("dispute", "merchant", "appeal")
_MISSED: Final = Says(
    "Whoever does not answer in time loses: the money goes to the buyer", "逾期未举证即视为放弃，款项归买家"
)
_NO_APPEAL: Final = Says("The ruling stands", "裁决生效，不能再申诉")
_APPEALABLE: Final = frozenset({"lost", "partly"})
_PEOPLE: Final = "person:"


def into_case(
    desk: CaseDesk, of_case: Callable[[int], Sequence[KeptDispute]], held: HeldDispute, case: HeldCase
) -> None:
    """Write what is new into the case; nothing is written where it knows it all."""
    news = held.unlogged()
    if not news:
        return
    one, now = held.state, desk.now()
    for number, item in enumerate(news, 1):
        last = number == len(news)
        moves, told = _track(case.state, one) if last else ((), {})
        by = _actor(str(item["by"]), one)
        entry = Entry(f"dispute_{item['what']}", by, now, moves=moves, told=told, data=_data(one, item))
        case.write(entry, Change(facts=_facts(one)) if last else None)
    others = [other for other in of_case(case.state.number) if other.number != one.number]
    _clocks(desk, case, [one, *others])
    try:
        redecide(desk, case)
    except UnableToWork:
        return  # a file that cannot be read keeps what was written, and a person sees on its page what is wrong


def _track(state: CaseState, one: KeptDispute) -> tuple[tuple[Move, ...], dict[str, str]]:
    moves, told = case_track(one.sort, one.stage, state.tracks)
    if state.tracks.desk == "closed" and one.ours:
        moves = (*moves, ("desk", "reopen"))
    return moves, told


def _actor(by: str, one: KeptDispute) -> Actor:
    if by.startswith(_PEOPLE):
        return Actor("person", by.removeprefix(_PEOPLE))
    return Actor("platform", one.source) if by == one.source else Actor("system", by)


def _data(one: KeptDispute, item: Mapping[str, Any]) -> dict[str, Any]:
    digits = EXPONENTS.get(one.currency, 2)
    return {
        "dispute": one.number,
        "forum": one.forum,
        "reason": one.reason,
        "stage": one.stage,
        "reference": one.reference,
        "amount": write_minor(one.amount, digits),
        "currency": one.currency,
        "due": one.due.isoformat() if one.due else None,
        **item["data"],
    }


def _facts(one: KeptDispute) -> dict[str, Any]:
    """What the case file says of it, so that every rule and every refund knows."""
    if one.sort == "platform":
        asked = one.stage == "to_answer"
        ruling = {"won": "merchant", "lost": "buyer", "partly": "buyer", "accepted": "buyer"}.get(
            one.stage.removeprefix("appeal_")
        )
        return {
            "platform": {
                "dispute_opened_at": one.opened.isoformat(),
                "evidence_asked_at": one.opened.isoformat() if asked else None,
                "ruling": ruling,
            }
        }
    stage = file_stage(one.sort, one.stage)
    if stage is None:
        return {"dispute": None}
    return {
        "dispute": {
            "stage": stage,
            "reason_code": one.reason or None,
            "opened_at": one.opened.isoformat(),
            "amount": write_minor(one.amount, EXPONENTS.get(one.currency, 2)),
        }
    }


def _clocks(desk: CaseDesk, case: HeldCase, all_of: Sequence[KeptDispute]) -> None:
    """The soonest time to answer, and the soonest to appeal, of all its disputes; a clock whose time is the same runs on as it is."""
    now = desk.now()
    running = {(one.source, one.who, one.action): one for one in case.running()}
    answers = sorted([(one.due, one) for one in all_of if one.ours and one.due], key=lambda pair: pair[0])
    appeals = sorted([(due, one) for one in all_of if (due := appeal_until(one))], key=lambda pair: pair[0])
    own, over = [], []
    for duty, found, missed in ((ANSWER, answers, _MISSED), (APPEAL, appeals, _NO_APPEAL)):
        there = running.get(duty)
        if not found or found[0][0] <= now and there is None:
            over += [duty] if there else []
        elif there is None or there.due != found[0][0]:
            due, one = found[0]
            own.append(WantedDeadline(*duty, due, f"dispute.{one.forum}.{one.reason or 'any'}", missed))
    if own or over:
        case.refresh(Change(own=own, met=over), now)


def appeal_until(one: KeptDispute) -> datetime | None:
    """Until when a ruling against us can be appealed; None where it cannot, or nobody knows how long."""
    days = APPEAL_DAYS.get(one.forum)
    if one.sort != "platform" or one.stage not in _APPEALABLE or days is None:
        return None
    ruled = [item for item in one.story if item["data"].get("stage") == one.stage or item["what"] == "ruled"]
    since = datetime.fromisoformat(str(ruled[-1]["at"])) if ruled else one.opened
    return since + timedelta(days=days[0])
