"""Stock that is held while goods travel: held once, told to the shop, and ended by shipping, by the case's end or by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from amends.desk.cases.desk import CaseDesk, case_of, policy_of
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.facts.case import Case
from amends.facts.going_out import GO_ON_DAYS, Piece, StockHold, chosen, usual
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.stage import needs_goods_back
from amends.facts.tracks import Move
from amends.facts.work import CaseState, Change, DeadlineView, WantedDeadline

_HOUSE: Final = Actor("system", "amends")
_ENDS: Final = "hold_ends"
_DUTIES: Final = (("own", "buyer", _ENDS), ("own", "merchant", _ENDS))
_RELEASED: Final = Says("The stock is held no longer", "留货取消，库存释放")
_NOT_COMING: Final = ("none", "awaited", "lost")


def entries_of(held: HeldCase) -> Iterator[Entry]:
    """The log of a held case, oldest first, with what was written in this transaction."""
    for seq in range(1, held.state.version + 1):
        entry = held.log_entry(seq)
        if entry is not None:
            yield entry


def pieces_of(held: HeldCase, case: Case) -> tuple[Piece, ...]:
    """What goes out: what was chosen, else the same goods once more."""
    return chosen(entries_of(held), case.order.digits) or usual(case)


def hold_stock(desk: CaseDesk, held: HeldCase, remedy: str) -> None:
    """Hold what goes out, once for each line: while goods travel as long as the policy says, else for a week. What was held for something
    else is released."""
    state = held.state
    case = case_of(state)
    pieces = pieces_of(held, case)
    if [(one.line, one.sku, one.quantity) for one in held.holds() if one.state == "held"] == [
        (one.line, one.sku, one.quantity) for one in pieces
    ]:
        return
    release_stock(desk, held, "chosen_anew")
    travels = needs_goods_back(remedy) and state.tracks.goods in _NOT_COMING
    terms = policy_of(desk.house, state.shop, case, state.agreed).remedy_terms
    until = desk.now() + timedelta(days=terms.stock_hold_days if travels else GO_ON_DAYS)
    holds = [StockHold(one.line, one.sku, one.quantity, desk.now(), until) for one in pieces]
    _hold(desk, held, holds, "stock_held", "buyer" if travels else "merchant")


def release_stock(desk: CaseDesk, held: HeldCase, why: str) -> None:
    """Release all that is held; nothing is written where nothing is."""
    ended = held.end_holds("released", desk.now())
    if ended:
        data = {"stock": [one.told() for one in ended], "why": why, **_summary(ended)}
        held.write(Entry("stock_released", _HOUSE, desk.now(), data=data), Change(off=list(_DUTIES)))


def hold_over(desk: CaseDesk, held: HeldCase, one: DeadlineView) -> None:
    """The time of a hold is over: goods on their way, or here, keep it for a week more; else it is released and someone looks."""
    tracks, live = held.state.tracks, [hold for hold in held.holds() if hold.state == "held"]
    if not live:
        return
    if needs_back(held) and tracks.goods not in _NOT_COMING:
        until = desk.now() + timedelta(days=GO_ON_DAYS)
        longer = [StockHold(hold.line, hold.sku, hold.quantity, hold.made_at, until) for hold in live]
        _hold(desk, held, longer, "stock_held_on", "merchant")
        return
    release_stock(desk, held, "time_over")
    moves: list[Move] = [("replacement", "release")] if tracks.can("replacement", "release") else []
    late = "buyer_late" if one.who == "buyer" else "hold_ran_out"
    held.write(Entry("hold_ran_out", _HOUSE, desk.now(), moves=tuple(moves)), Change(exception=late))


def hold_again(desk: CaseDesk, held: HeldCase) -> None:
    """Hold anew what was released by time, now that the goods have come after all."""
    state = held.state
    remedy = remedy_of(held)
    if state.tracks.decision == "approved" and remedy == "exchange" and state.tracks.can("replacement", "reserve"):
        held.write(Entry("replacement_reserved", _HOUSE, desk.now(), moves=(("replacement", "reserve"),)))
        hold_stock(desk, held, remedy)


def remedy_of(held: HeldCase) -> str:
    """The remedy that a case is carried out by, or asks for."""
    state = held.state
    agreed = (state.agreed or {}).get("remedy")
    decided = (state.decision or {}).get("remedy")
    asked = (state.case.get("request") or {}).get("kind")
    return str(agreed or (decided if decided not in (None, "none") else asked) or "")


def needs_back(held: HeldCase) -> bool:
    """Whether the remedy brings the goods back."""
    return needs_goods_back(remedy_of(held))


def _hold(desk: CaseDesk, held: HeldCase, holds: Sequence[StockHold], what: str, who: str) -> None:
    if not holds:
        return
    for one in holds:
        held.put_hold(one)
    due = WantedDeadline("own", who, _ENDS, holds[0].until, "own.hold", _RELEASED)
    data = {"stock": [one.told() for one in holds], "until": holds[0].until.isoformat(), **_summary(holds)}
    held.write(
        Entry(what, _HOUSE, desk.now(), data=data), Change(own=[due], off=[duty for duty in _DUTIES if duty[1] != who])
    )


def _summary(holds: Sequence[StockHold]) -> dict[str, str]:
    return {"goods": ", ".join([f"{one.sku} x {one.quantity}" for one in holds])}


def let_go(desk: CaseDesk, number: int, person: Person) -> CaseState:
    """Hold the stock of a case no longer, because a person or the shop's system says so; what goes out may still go out."""
    with desk.hold(number, person) as held:
        if not any(one.state == "held" for one in held.holds()):
            raise UnableToWork("not_possible", "no stock is held", "当前没有留货")
        release_stock(desk, held, "by_shop")
        return held.state
