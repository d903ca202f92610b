"""The action bar of a case: which verbs its state allows, the likeliest first. Pure; whether one is possible is still the desk's to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.kin import KinCase
from amends.facts.people import Person
from amends.facts.stage import needs_goods_back
from amends.facts.work import CaseState, WaitingApproval

_UNANSWERED: Final = ("new", "awaiting_evidence", "offered")
_UNTOUCHED: Final = ("new", "awaiting_evidence")


@dataclass(frozen=True, slots=True)
class Bar:
    """The verbs with a button of their own, the first of them the main one, and those in the menu."""

    main: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def verbs(self) -> tuple[str, ...]:
        """Will give all of them."""
        return (*self.main, *self.more)


@dataclass(frozen=True, slots=True)
class BarFacts:
    """What the bar hangs on beside the case's state. `payable`: settling would pay now. `kin`: other cases of the same order."""

    payable: bool = False
    waiting: WaitingApproval | None = None
    offer_open: bool = False
    kin: Sequence[KinCase] = ()


def bar_of(state: CaseState, person: Person, facts: BarFacts) -> Bar:
    """Will give the verbs that this person finds on a case as it stands."""
    if not person.may("receive"):
        return Bar()
    if state.tracks.desk == "closed":
        again = ("failed",) if state.tracks.replacement == "delivered" else ()
        return Bar((*again, "reopen")) if person.may("work") else Bar(again)
    if facts.waiting is not None:
        return _waiting(facts.waiting, person)
    main, more = _parcels(state)
    repair, after = _repair(state)
    main, more = [*repair, *main], [*more, *after]
    if person.may("work"):
        answers, others = _answers(state, facts)
        first = state.status in ("to_inspect", "goods_on_the_way", "goods_awaited", "to_replace", "replacing")
        main = [*main, *answers] if first else [*answers, *main]
        chosen, choosing = _choosing(state)
        main, more = [*chosen, *main], [*choosing, *others, *more, *_desk_work(state, facts)]
    kept = tuple(dict.fromkeys(main))
    return Bar(kept, tuple([verb for verb in dict.fromkeys(more) if verb not in kept]))


def _waiting(waiting: WaitingApproval, person: Person) -> Bar:
    """Whoever asked can take it back; whoever may say yes can say yes or no; everyone else waits."""
    if person.name == waiting.asked_by:
        return Bar(("take-back",))
    return Bar(("yes", "no")) if person.may_act_as(waiting.needs_role) else Bar()


def _answers(state: CaseState, facts: BarFacts) -> tuple[list[str], list[str]]:
    can = state.tracks.can
    outcome = (state.decision or {}).get("outcome")
    if state.tracks.decision in _UNANSWERED:
        approve = ["approve"] if outcome in ("accept", "offer") else []
        verbs = [verb for verb in ("refuse", "offer", "ask") if can("decision", verb)]
        first = [outcome] if outcome in ("refuse", "ask") and outcome in verbs else []
        main = [*approve, *first, *[verb for verb in verbs if verb not in first]]
        offered = ["buyers-answer", "take-back-offer"] if facts.offer_open else []
        return [*main, *offered[:1]], offered[1:]
    settle = ["settle"] if facts.payable else []
    reopen = ["reopen"] if can("decision", "reopen") else []
    return [*settle, *reopen], [verb for verb in ("offer", "refuse") if can("decision", verb)]


def _parcels(state: CaseState) -> tuple[list[str], list[str]]:
    tracks, goods = state.tracks, state.tracks.goods
    expected = goods in ("awaited", "on_the_way", "lost")
    kind = str((state.case.get("request") or {}).get("kind"))
    awaited = expected or (tracks.decision in _UNANSWERED and needs_goods_back(kind))
    main = ["receive"] if expected else []
    main += ["inspect"] if goods == "arrived" or expected else []
    ready = tracks.repair in ("none", "repaired")
    main += {"reserved": ["ship"] if ready else [], "shipped": ["delivered"]}.get(tracks.replacement, [])
    more = ["inspect"] if goods == "inspected" else []
    more += ["receive"] if goods == "none" and awaited else []
    more += ["sent"] if awaited and tracks.can("goods", "send") else []
    more += ["lost"] if tracks.can("goods", "lose") else []
    more += ["replacement-lost"] if tracks.can("replacement", "lose") else []
    more += ["return-goods"] if tracks.can("goods", "send_back") else []
    return main, more


def _repair(state: CaseState) -> tuple[list[str], list[str]]:
    """What the workshop does next, and what did not put it right."""
    tracks = state.tracks
    main: list[str] = []
    if _way(state) == "repair" and tracks.decision == "approved":
        at_work = {
            "agreed": ["repair"],
            "at_work": ["repaired", "repair"],
            "waiting": ["repair"],
            "hopeless": ["failed"],
        }
        main = ["quote"] if tracks.can("repair", "quote") and tracks.goods in ("arrived", "inspected") else []
        main = at_work.get(tracks.repair, main)
    more = ["quote"] if tracks.repair == "agreed" else []
    return main, [*more, "failed"] if tracks.replacement in ("shipped", "delivered") else more


def _choosing(state: CaseState) -> tuple[list[str], list[str]]:
    """What goes out, or what the price is now."""
    tracks, way = state.tracks, _way(state)
    request = state.case.get("request") or {}
    if way == "price_adjustment" and request.get("reason") == "better_price" and tracks.decision in _UNANSWERED:
        return ["protect"], []
    if way not in ("exchange", "resend") or tracks.decision in ("refused", "withdrawn"):
        return [], []
    if tracks.replacement in ("shipped", "delivered"):
        return [], []
    more = ["choose", *(["choices"] if way == "exchange" else [])]
    early = way == "exchange" and tracks.replacement == "reserved" and tracks.goods in ("none", "awaited", "on_the_way")
    return [], [*more, *(["advance"] if early else [])]


def _way(state: CaseState) -> str:
    """The remedy: as agreed, else as suggested, else as asked."""
    decided = str((state.decision or {}).get("remedy") or "none")
    asked = str((state.case.get("request") or {}).get("kind") or "")
    return str((state.agreed or {}).get("remedy") or (asked if decided == "none" else decided))


def _desk_work(state: CaseState, facts: BarFacts) -> list[str]:
    tracks = state.tracks
    withdraw = tracks.can("decision", "withdraw") and tracks.goods not in ("arrived", "inspected")
    verbs = ["withdraw"] if withdraw else []
    if tracks.decision in _UNTOUCHED:
        lines = (state.case.get("request") or {}).get("lines") or (state.case.get("order") or {}).get("lines") or ()
        verbs += ["split"] if len(lines) > 1 else []
        verbs += ["merge"] if any(one.status != "closed" for one in facts.kin) else []
    return [*verbs, "escalate", "close"]
