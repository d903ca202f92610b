"""Refusing: with a reason from the list, words and proof; not possible where a rule gives the buyer what is asked, but by override."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.cases.charges import charges_over
from amends.desk.cases.deeds import refuse_there
from amends.desk.cases.desk import CaseDesk, actor, decided, drop_waiting
from amends.desk.cases.faults import UnableToWork, bad_value, not_found
from amends.desk.cases.letters import ANSWER_CLOCKS, letter
from amends.desk.cases.offer import settle_open_offer
from amends.desk.cases.redecide import redecide
from amends.desk.cases.stock import release_stock
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.decision_json import decision_json
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.refusals import REFUSAL_CODES, RefusalReason
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change

_SHORTEST_WHY: Final = 10
_FORCES: Final = ("entitles", "requires")


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Whether a case may be refused. `rules`: those that forbid it, as the decision tells them. `alternatives`: what else is lawful."""

    allowed: bool
    may_override: bool
    rules: tuple[dict[str, Any], ...]
    alternatives: tuple[dict[str, Any], ...]


def refusal(desk: CaseDesk, number: int, person: Person) -> RefusalView:
    """What stands for and against refusing a case, with nothing written."""
    state = desk.casework.look(number)
    if state is None or not person.may_see(state.merchant):
        raise not_found(number)
    return refusal_of(decided(desk, state)[1], person)


def refusal_of(decision: Decision, person: Person) -> RefusalView:
    """What stands for and against a refusal by a decision that is known."""
    told = decision_json(decision)
    rules = tuple([one for one in told["because"] if _forbids(one)])
    return RefusalView(
        decision.may_refuse, person.may("override"), () if decision.may_refuse else rules, tuple(told["alternatives"])
    )


def refuse(
    desk: CaseDesk,
    number: int,
    person: Person,
    reason: str,
    text: str,
    version: int | None = None,
    override: str = "",
    proof: Sequence[str] = (),
    there: str = "",
) -> CaseState:
    """Refuse what is asked. `reason`: a code of `facts.refusals`; `text`: words to the buyer; `proof`: names of pieces of evidence.
    `there`: the code of the platform's own reason, for a connected shop; "" for the one that last went with `reason`.

    Raises `UnableToWork` with code ``entitled`` and the rules, where law or platform give the buyer what is asked; a person whose role
    may `override` refuses all the same by saying why, and the log tells which rules it broke.
    """
    known = REFUSAL_CODES.get(reason)
    if known is None:
        raise bad_value("reason", f"one of {', '.join(REFUSAL_CODES)}", "请从列表中选择拒绝原因")
    if reason == "other" and not text.strip():
        raise bad_value("text", "say why, since the reason is `other`", "选择“其他”时请填写说明")
    with desk.hold(number, person, version=version) as held:
        state = held.state
        case, decision = decided(desk, state)
        if known.needs_proof and not proof and not _has_proof(case):
            raise bad_value(
                "proof",
                "this reason needs a picture, a document or an inspection",
                "该拒绝原因需要凭证：图片、文件或验货记录",
            )
        broken = _broken(decision, person, override)
        now = desk.now()
        drop_waiting(desk, held, person)
        settle_open_offer(held, "taken_back")
        data = {"reason": reason, "proof": list(proof), "over": broken}
        change = _change(desk, state, person, known, text)
        why = override.strip() if broken else text.strip()
        what = "refused_over_rule" if broken else "refused"
        moves: list[Move] = [("decision", "refuse")]
        moves += [("replacement", "release")] if state.tracks.can("replacement", "release") else []
        release_stock(desk, held, "refused")
        charges_over(desk, held, person)
        held.write(Entry(what, actor(person), now, why, tuple(moves), data=data), change)
        refuse_there(desk, held, person, reason, there, text.strip() or known.says.zh, proof)
        redecide(desk, held)
        return held.state


def _change(desk: CaseDesk, state: CaseState, person: Person, known: RefusalReason, text: str) -> Change:
    """What a refusal changes beside the log."""
    says = known.says.zh if state.market == "CN" else known.says.en
    return Change(
        facts={"request": {"refused_at": desk.now().isoformat()}},
        met=[*ANSWER_CLOCKS, ("decision", "merchant", "respond")],
        messages=[letter(desk, state, person, "refused", text, {"reason": says})],
        to_approve=False,
    )


def _broken(decision: Decision, person: Person, override: str) -> list[str]:
    """The rules that a refusal breaks; none where it breaks none. Raises `UnableToWork` for whoever may not break them."""
    if decision.may_refuse:
        return []
    rules = [one["rule"] for one in decision_json(decision)["because"] if _forbids(one)]
    if not person.may("override"):
        raise UnableToWork(
            "entitled",
            "a rule gives the buyer what is asked, so it cannot be refused: " + ", ".join(rules),
            "法律或平台规则支持买家的请求，不能拒绝：" + "、".join(rules),
            rules=rules,
        )
    if len(override.strip()) < _SHORTEST_WHY:
        raise UnableToWork(
            "entitled",
            f"refusing breaks {', '.join(rules)}; to do it all the same, write why ({_SHORTEST_WHY} characters or more)",
            f"拒绝将违反 {'、'.join(rules)}；如仍要拒绝，请写明理由（不少于 {_SHORTEST_WHY} 字）",
            "override",
            rules,
        )
    return rules or ["unknown"]


def _forbids(reason: dict[str, Any]) -> bool:
    return (
        reason["layer"] in ("law", "platform")
        and reason["effect"] in _FORCES
        and reason["verdict"] in ("holds", "unknown")
    )


def _has_proof(case: Case) -> bool:
    return case.inspection is not None or any(item.by in ("merchant", "carrier", "platform") for item in case.evidence)
