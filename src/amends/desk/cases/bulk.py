"""Many cases at once: looked at in groups first, then done one by one, each with its own result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from amends.desk.cases.approve import approve, effect
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.take import assign, release, take
from amends.desk.cases.undo import undo
from amends.facts.people import Person
from amends.facts.rulebook import Says

MOST: Final = 200
VERBS: Final = ("approve", "take", "release", "assign", "undo")


@dataclass(frozen=True, slots=True)
class Looked:
    """One case in a preview. `group`: can, person (it would wait for someone else, or needs a look), blocked. `why`: unless it can."""

    number: int
    key: str
    group: str
    total: int = 0
    currency: str = ""
    digest: str = ""
    why: Says | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one case: done, waits (for a second person), or failed, with the reason."""

    number: int
    outcome: str
    why: Says | None = None


def preview(desk: CaseDesk, numbers: Sequence[int], person: Person) -> list[Looked]:
    """What approving each of these would do, with nothing written; at most `MOST`."""
    return [_look(desk, number, person) for number in _checked(numbers)]


def run(
    desk: CaseDesk,
    numbers: Sequence[int],
    verb: str,
    person: Person,
    digests: dict[int, str] | None = None,
    to: str = "",
    progress: Callable[[int], None] | None = None,
) -> list[Done]:
    """Do one verb on each, each in its own transaction: one that fails stops no other. `digests`: what was seen, by number."""
    verbs: dict[str, Callable[[int], object]] = {
        "approve": lambda number: approve(desk, number, person, digest=(digests or {}).get(number)),
        "take": lambda number: take(desk, number, person),
        "release": lambda number: release(desk, number, person),
        "assign": lambda number: assign(desk, number, person, to),
        "undo": lambda number: undo(desk, number, person),
    }
    if verb not in verbs:
        raise UnableToWork("bad_value", f"one of {', '.join(VERBS)}", "不支持的批量操作", "verb")
    done: list[Done] = []
    for number in _checked(numbers):
        done.append(_one(desk, number, verbs[verb]))
        if progress:
            progress(len(done))
    return done


def _one(desk: CaseDesk, number: int, verb: Callable[[int], object]) -> Done:
    try:
        verb(number)
    except UnableToWork as fault:
        return Done(number, "failed", fault.says)
    state = desk.casework.look(number)
    return Done(number, "waits" if state is not None and state.to_approve else "done")


def _look(desk: CaseDesk, number: int, person: Person) -> Looked:
    state = desk.casework.look(number)
    key = state.key if state is not None and person.may_see(state.merchant) else str(number)
    try:
        seen = effect(desk, number, person)
    except UnableToWork as fault:
        return Looked(number, key, "blocked", why=fault.says)
    decision = (state.decision if state else None) or {}
    if not seen.alone:
        why = Says(f"above your limit: a {seen.needs_role} must say yes", "超出你的权限，需要更高角色审批")
        return Looked(number, key, "person", seen.total, seen.currency, seen.digest, why)
    if any(one["layer"] == "risk" and one["verdict"] == "holds" for one in decision.get("because") or ()):
        why = Says("there are risk signals: look at it first", "存在风险信号，请先查看")
        return Looked(number, key, "person", seen.total, seen.currency, seen.digest, why)
    return Looked(number, key, "can", seen.total, seen.currency, seen.digest)


def _checked(numbers: Sequence[int]) -> list[int]:
    found = list(dict.fromkeys(numbers))
    if not found:
        raise UnableToWork("bad_value", "choose at least one case", "请至少选择一个售后单", "cases")
    if len(found) > MOST:
        raise UnableToWork("bad_value", f"at most {MOST} at a time", f"每次最多 {MOST} 个", "cases")
    return found
