"""Inspecting what came back: the sheet becomes facts, the facts a decision, and what it takes off stays below the law's ceiling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.money import write_minor
from amends.desk.cases.desk import actor, case_of, decided
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.letters import letter
from amends.desk.cases.parcels import record_inspection
from amends.desk.cases.ports import HeldCase
from amends.desk.station.checks import check_photos, check_sheet
from amends.desk.station.desk import StationDesk
from amends.desk.station.receive import check_grams, keep_photos
from amends.desk.station.weighing import Weighed, facts_of, findings, weigh_sheet
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.evidence import Upload
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.sheet import Sheet
from amends.facts.work import CaseHistory, CaseState, Change, Message

SECOND: Final = ("own", "merchant", "second_look")
LOOKS: Final = ("inspected", "second_look")


def weigh(desk: StationDesk, state: CaseState, sheet: Sheet) -> Weighed:
    """What a sheet would take off a case's refund as it stands, with nothing written."""

    def deciding(file: Mapping[str, Any]) -> tuple[Case, Decision]:
        return decided(desk.cases, replace(state, case=dict(file)))

    return weigh_sheet(state.case, sheet, desk.rubrics, deciding, desk.now())


def looks_at(history: CaseHistory) -> list[Entry]:
    """The inspections that were written down, oldest first."""
    return [one.entry for one in history.entries if one.entry.what in LOOKS]


def inspect_case(
    desk: StationDesk,
    number: int,
    person: Person,
    sheet: Sheet,
    uploads: Sequence[Upload] = (),
    began: datetime | None = None,
    version: int | None = None,
) -> CaseState:
    """Write an inspection down; goods that were inspected already are looked at a second time, by another person. Raises `UnableToWork`."""
    state = desk.case(number, person, version)
    check_grams(sheet.grams)
    before = looks_at(desk.cases.casework.history(number)) if state.tracks.goods == "inspected" else []
    _check_turn(state, before, person)
    case = case_of(state)
    odd = check_sheet(desk, state, case, sheet)
    with desk.evidence.receiving(uploads) as received, desk.book.transaction():
        check_photos(desk, state, case, sheet, received.pieces)
        photos = keep_photos(desk, number, person, received, "")
        with desk.cases.hold(number, person, "receive") as held:
            _write(desk, held, person, sheet, odd, photos, second=bool(before))
            after = held.state
        desk.visited("second_look" if before else "inspect", person, state.shop, began, case=number)
        return after


def _check_turn(state: CaseState, before: Sequence[Entry], person: Person) -> None:
    """A second look is another person's, and the last."""
    if not before:
        return
    if any(one.what == "second_look" for one in before):
        raise UnableToWork(
            "not_possible", "these goods were looked at twice; the second look stands", "该商品已复验，以复验结果为准"
        )
    if before[-1].by.name == person.name:
        raise UnableToWork(
            "not_allowed",
            f"{person.name} inspected these goods; another person looks a second time",
            "初验人不能复验，须由另一人进行",
        )


def _write(
    desk: StationDesk,
    held: HeldCase,
    person: Person,
    sheet: Sheet,
    odd: dict[str, tuple[str, ...]],
    photos: tuple[str, ...],
    *,
    second: bool,
) -> None:
    state, now = held.state, desk.now()
    case, weighed = case_of(state), weigh(desk, state, sheet)
    facts = facts_of(state.case, case, sheet, weighed.taken, desk.rubrics, now)
    costs = bool(weighed.taken.loss or weighed.taken.not_returned)
    until = None if second or not costs else _until(desk, state)
    facts["inspection"] |= {
        "object_until": until.isoformat() if until else None,
        "second_at": now.isoformat() if second else None,
    }
    data = _data(case, sheet, weighed, odd, photos)
    entry = Entry("second_look" if second else "inspected", actor(person), now, sheet.why.strip()[:500], data=data)
    told = _letter(desk, held, person, sheet, weighed, until, second=second)
    change = Change(facts=facts, met=[SECOND] if second else [], messages=[told] if told else [])
    record_inspection(desk.cases, held, person, entry, change, sheet.grade)


def _until(desk: StationDesk, state: CaseState) -> datetime:
    """Until when the buyer may object: so many days, but never beyond the day on which the money is due by law."""
    until = desk.now() + timedelta(days=desk.rubrics.objection_days)
    dues = [
        datetime.fromisoformat(one["due"])
        for one in (state.decision or {}).get("deadlines") or ()
        if one.get("who") == "merchant" and one.get("action") == "refund"
    ]
    return max(desk.now(), min([until, *dues]))


def _data(
    case: Case, sheet: Sheet, weighed: Weighed, odd: dict[str, tuple[str, ...]], photos: tuple[str, ...]
) -> dict[str, Any]:
    digits, ceiling = case.order.digits, weighed.ceiling
    return {
        "grade": sheet.grade,
        "findings": list(findings(sheet)),
        "lines": [one.told() for one in sheet.lines],
        "grams": sheet.grams,
        "strange_numbers": {line: list(numbers) for line, numbers in odd.items()},
        "loss": write_minor(weighed.taken.loss, digits),
        "not_returned": write_minor(weighed.taken.not_returned, digits),
        "claimed": write_minor(weighed.claimed.loss + weighed.claimed.not_returned, digits),
        "ceiling": write_minor(ceiling.loss + ceiling.not_returned, digits),
        "rules": list(ceiling.rules),
        "by_agreement": ceiling.by_agreement,
        "currency": case.order.currency,
        "photos": list(photos),
    }


def _letter(
    desk: StationDesk,
    held: HeldCase,
    person: Person,
    sheet: Sheet,
    weighed: Weighed,
    until: datetime | None,
    *,
    second: bool,
) -> Message | None:
    """What the buyer is told: always of a second look, of a first one where it costs them something."""
    state = held.state
    taken = weighed.taken.loss + weighed.taken.not_returned
    if not taken and not second:
        return None
    case = case_of(state)
    values = {
        "findings": "\n".join(findings(sheet)),
        "amount": f"{write_minor(taken, case.order.digits)} {case.order.currency}" if taken else "",
        "deadline": f"{until:%Y-%m-%d %H:%M} UTC" if until else "",
    }
    return letter(desk.cases, state, person, "second_look" if second else "inspected", "", values)
