"""Repairs: quoted, agreed to, worked on, finished with a warranty; and what did not put it right, which counts for the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from amends.basics.money import write_minor
from amends.desk.cases.charges import ask_charge, charges_over, moved
from amends.desk.cases.desk import CaseDesk, actor, case_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.cases.stock import release_stock, remedy_of
from amends.desk.cases.typed_money import read_price
from amends.facts.case import Case
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change

ENOUGH: Final = 2
"""Failed repairs after which no further one can be forced on a buyer."""
WANTS: Final = ("exchange", "return_refund", "repair", "refund_only", "resend")
STEPS: Final = {
    "start": "repair_started",
    "wait": "repair_waits",
    "go_on": "repair_goes_on",
    "give_up": "repair_given_up",
}
_MOST_DAYS: Final = 3650


def failed_repairs(case: Case) -> int:
    """How many repairs of these goods have failed."""
    return case.defect.repairs_failed or 0


def check_not_forced(state: CaseState, case: Case, remedy: str) -> None:
    """Raise `UnableToWork` where a repair would be forced on a buyer whose goods were repaired in vain often enough and who asks for
    something else; one who asked for it, or said yes to it, may have it."""
    asked = str((state.case.get("request") or {}).get("kind"))
    if remedy == "repair" and asked != "repair" and not state.agreed and failed_repairs(case) >= ENOUGH:
        raise UnableToWork(
            "entitled",
            f"{failed_repairs(case)} repairs have failed: a further one cannot be forced; exchange or money back is the buyer's choice",
            f"已维修 {failed_repairs(case)} 次仍未修好，不得强制再次维修，应按买家选择换货或退货",
        )


def quote(
    desk: CaseDesk, number: int, person: Person, price: str, text: str, days: int = 7, link: str = ""
) -> CaseState:
    """Say what the repair is and what it costs; zero (under warranty) needs no consent, a price waits for the buyer's. `text`: what is
    done, for the buyer to read; `days`: how long it takes."""
    words = text.strip()
    if not 2 <= len(words) <= 500:
        raise bad_value("text", "say what is repaired, 2 to 500 characters", "请说明维修内容（2–500 字）")
    if not 1 <= days <= 365:
        raise bad_value("days", "between 1 and 365", "请填写 1 到 365 天")
    with desk.hold(number, person, "receive") as held:
        case = case_of(held.state)
        _repairing(held, case)
        amount = read_price(price or "0", case.order.digits, "price")
        for one in held.charges():
            if one.purpose == "repair" and one.state in ("asked", "agreed"):
                moved(desk, held, one, "drop", actor(person))
        moves: list[Move] = [("repair", "quote")]
        moves += [] if amount else [("repair", "agree")]
        shown = write_minor(amount, case.order.digits)
        data = {"amount": shown, "currency": case.order.currency, "text": words, "days": days, "free": not amount}
        held.write(
            Entry(
                "repair_quoted" if amount else "repair_free", actor(person), desk.now(), moves=tuple(moves), data=data
            )
        )
        if amount:
            ask_charge(desk, held, person, "repair", amount, f"{words}: {shown} {case.order.currency}", link)
        return held.state


def work_on(desk: CaseDesk, number: int, person: Person, step: str, note: str = "") -> CaseState:
    """The workshop starts, waits for parts, goes on, or gives up."""
    if step not in STEPS:
        raise bad_value("step", f"one of {', '.join(STEPS)}", "请选择维修进度")
    with desk.hold(number, person, "receive") as held:
        exception = Change(exception="") if step == "go_on" else None
        return held.write(
            Entry(STEPS[step], actor(person), desk.now(), note.strip()[:500], (("repair", step),)), exception
        )


def finish(desk: CaseDesk, number: int, person: Person, warranty_days: int = 90, note: str = "") -> CaseState:
    """The piece is repaired; for so many days the repair is warranted."""
    if not 0 <= warranty_days <= _MOST_DAYS:
        raise bad_value("warranty_days", f"between 0 and {_MOST_DAYS}", f"请填写 0 到 {_MOST_DAYS} 天")
    with desk.hold(number, person, "receive") as held:
        until = (desk.now() + timedelta(days=warranty_days)).isoformat()
        data = {"warranty_days": warranty_days, "due": until}
        return held.write(
            Entry("repair_finished", actor(person), desk.now(), note.strip()[:500], (("repair", "finish"),), data=data)
        )


def failed(
    desk: CaseDesk, number: int, by: Actor, person: Person, wants: str, why: str, version: int | None = None
) -> CaseState:
    """What was done did not put it right: the repaired piece fails again, the replacement is broken, the workshop gave up. The case goes
    on as a new request for what the buyer `wants`, with the failed repair among its facts, so that the rules decide."""
    if wants not in WANTS:
        raise bad_value("wants", f"one of {', '.join(WANTS)}", "请选择买家的诉求")
    if not why.strip():
        raise bad_value("why", "say what is wrong now", "请说明现在的问题")
    with desk.hold(number, person, "receive", version) as held:
        tracks = held.state.tracks
        case = case_of(held.state)
        was_repair = tracks.repair in ("repaired", "hopeless")
        if not was_repair and tracks.replacement not in ("shipped", "delivered"):
            raise UnableToWork("not_possible", "nothing was sent or repaired yet", "尚未发出或维修，无法登记")
        if tracks.repair == "repaired" and tracks.replacement not in ("shipped", "delivered"):
            raise UnableToWork("not_possible", "the repaired piece has not gone back yet", "维修件尚未寄回买家")
        charges_over(desk, held, person)
        release_stock(desk, held, "failed")
        now = desk.now().isoformat()
        facts: dict[str, Any] = {
            "request": {
                "kind": wants,
                "reason": _reason(case),
                "changed_at": now,
                "requested_at": now,
                "agreed_at": None,
            },
            "return_parcel": None,
            "inspection": None,
        }
        count = failed_repairs(case)
        if was_repair:
            count += 1
            facts["defect"] = {"confirmed": True, "repairs_failed": count}
        data = {"wants": wants, "repairs_failed": count, "was": "repair" if was_repair else remedy_of(held)}
        entry = Entry("remedy_failed", by, desk.now(), why.strip()[:500], _back_to_start(held.state), data=data)
        held.write(entry, Change(facts=facts, agreed={}, exception="", to_approve=False))
        redecide(desk, held)
        return held.state


def _reason(case: Case) -> str:
    """What the new request alleges: the defect that was alleged before, else that the goods are bad."""
    return case.request.reason if case.request.reason in ("quality", "damaged", "not_as_described") else "quality"


def _back_to_start(state: CaseState) -> tuple[Move, ...]:
    tracks = state.tracks
    moves: list[Move] = [("desk", "reopen")] if tracks.desk == "closed" else []
    moves += [("decision", "fail")] if tracks.can("decision", "fail") else []
    moves += [("replacement", "deliver")] if tracks.replacement == "shipped" else []
    moves += [("replacement", "fail")] if tracks.replacement in ("shipped", "delivered") else []
    moves += [("replacement", "release")] if tracks.replacement == "reserved" else []
    moves += [("repair", "fail")] if tracks.can("repair", "fail") else []
    moves += [("goods", "again")] if tracks.can("goods", "again") else []
    return tuple(moves)


def _repairing(held: HeldCase, case: Case) -> None:
    state = held.state
    if state.tracks.decision != "approved" or remedy_of(held) != "repair" or state.tracks.desk == "closed":
        raise UnableToWork("not_possible", "agree to a repair first", "请先同意维修")
    check_not_forced(state, case, "repair")
