"""Two cases of one, or one of two: before anything was decided or promised, so that nothing is asked or paid twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amends.desk.cases.desk import CaseDesk, actor, case_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.redecide import redecide
from amends.desk.cases.under_way import under_way
from amends.facts.case import Case
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.work import CaseState, Change


def split(desk: CaseDesk, number: int, person: Person, lines: Sequence[str]) -> tuple[CaseState, CaseState]:
    """Make a case of its own of some of the lines that are asked about; both are decided anew."""
    with desk.hold(number, person) as held:
        state = held.state
        _untouched(desk, state)
        case = case_of(state)
        asked = {item.line.id: item.quantity for item in case.request.lines}
        if unknown := set(lines) - asked.keys():
            raise bad_value("lines", f"not asked about: {', '.join(sorted(unknown))}", "所选商品不在该售后单内")
        if not lines or len(set(lines)) == len(asked):
            raise bad_value("lines", "some of the lines, not none and not all", "请选择部分商品进行拆分")
        apart = {line: asked[line] for line in lines}
        rest = {line: many for line, many in asked.items() if line not in apart}
        key = desk.casework.next_key(state.shop, case.order.id)
        file = {**state.case, "case": key, "request": _asking(state, apart)}
        other, _ = desk.casework.open(state.shop, key, file, "desk", actor(person), desk.now())
        data = {"lines": list(apart), "into": key, "number": other}
        held.write(
            Entry("split", actor(person), desk.now(), data=data), Change(facts={"request": _asking(state, rest)})
        )
        redecide(desk, held)
        with desk.hold(other, person) as made:
            made.write(Entry("split_from", actor(person), desk.now(), data={"from": state.key, "number": number}))
            redecide(desk, made)
            return held.state, made.state


def merge(desk: CaseDesk, number: int, person: Person, into: int) -> CaseState:
    """Put the lines of one case into another of the same order and reason, and close it. Both must be untouched."""
    if number == into:
        raise bad_value("into", "another case than this one", "不能与自身合并")
    first, second = sorted(
        (number, into)
    )  # always in one order, so that two who merge crosswise do not wait for each other
    with desk.hold(first, person) as a, desk.hold(second, person) as b:
        gone, kept = (a, b) if number == first else (b, a)
        _untouched(desk, gone.state)
        _untouched(desk, kept.state)
        one, other = case_of(gone.state), case_of(kept.state)
        if gone.state.shop != kept.state.shop or one.order.id != other.order.id:
            raise bad_value("into", "only cases of one order are merged", "只能合并同一订单的售后单")
        if one.request.kind != other.request.kind or one.request.reason != other.request.reason:
            raise bad_value(
                "into",
                "only cases that ask for the same with the same reason are merged",
                "只能合并类型和原因相同的售后单",
            )
        lines = _joined(one, other)
        data = {"into": kept.state.key, "number": into}
        gone.write(
            Entry("merged", actor(person), desk.now(), moves=(("desk", "close"),), data=data), Change(merged_into=into)
        )
        entry = Entry("merged_from", actor(person), desk.now(), data={"from": gone.state.key, "number": number})
        kept.write(entry, Change(facts={"request": _asking(kept.state, lines)}))
        redecide(desk, kept)
        return kept.state


def _joined(one: Case, other: Case) -> dict[str, int]:
    lines: dict[str, int] = {}
    most = {line.id: line.quantity for line in one.order.lines}
    for item in (*other.request.lines, *one.request.lines):
        lines[item.line.id] = lines.get(item.line.id, 0) + item.quantity
    if over := [line for line, many in lines.items() if many > most[line]]:
        raise bad_value(
            "into", f"together they ask for more than was bought of {', '.join(over)}", "合并后数量超过购买数量"
        )
    return lines


def _asking(state: CaseState, lines: dict[str, int]) -> dict[str, Any]:
    told = [{"id": line, "quantity": many} for line, many in lines.items()]
    return {**(state.case.get("request") or {}), "lines": told, "amount": None}


def _untouched(desk: CaseDesk, state: CaseState) -> None:
    if state.tracks.decision not in ("new", "awaiting_evidence") or state.tracks.desk == "closed" or state.to_approve:
        raise UnableToWork(
            "not_possible", f"case {state.key} is answered already", f"售后单 {state.key} 已处理，不能拆分或合并"
        )
    found = under_way(desk, state)
    if found is not None:
        code, why = found
        raise UnableToWork(
            code,
            f"case {state.key} cannot be split or merged: {why.en}",
            f"售后单 {state.key} 不能拆分或合并：{why.zh}",
        )
