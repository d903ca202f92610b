"""What there is to see of a case's remedy: what goes out, the stock, what the buyer is asked for, the repair, the price now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.desk.cases.advance import trust_of
from amends.desk.cases.collecting import page_ended
from amends.desk.cases.desk import CaseDesk, case_of, policy_of
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.repairs import failed_repairs
from amends.facts.case import Case
from amends.facts.charges import Charge
from amends.facts.collect import OPEN_COLLECTIONS
from amends.facts.collect_work import Collection
from amends.facts.going_out import Piece, StockHold, choices, chosen, difference, in_hand
from amends.facts.kin import Kin
from amends.facts.log import Entry
from amends.facts.trust import Trust
from amends.facts.work import CaseHistory, CaseState

_WAYS: Final = ("exchange", "resend", "repair", "price_adjustment")
_OPTIONAL: Final = frozenset({"", "none"})


@dataclass(frozen=True, slots=True)
class RemedyLook:
    """`remedy`: the one that is asked for or carried out. `more`: minor units that what goes out costs more than was paid, below zero
    for less. `trust`: only for an exchange. `quoted`, `finished`: the entries of the repair. `kin_resends`: how many of the buyer's other
    cases asked for missing pieces; a fact, nothing follows from it. `collections`: what gateways do about the charges; `collects`: whether
    one takes money in for this shop now."""

    remedy: str
    pieces: tuple[Piece, ...] = ()
    more: int = 0
    choices: tuple[Piece, ...] = ()
    holds: tuple[StockHold, ...] = ()
    charges: tuple[Charge, ...] = ()
    trust: Trust | None = None
    failed_repairs: int = 0
    quoted: Entry | None = None
    finished: Entry | None = None
    protected: Entry | None = None
    protects_days: int | None = None
    protects_until: datetime | None = None
    kin_resends: int = 0
    lines: tuple[Any, ...] = ()
    collections: tuple[Collection, ...] = ()
    collects: bool = False

    @property
    def pages_ended(self) -> frozenset[int]:
        """The charges whose payment page ended unpaid, so that another may be made."""
        numbers = {one.charge for one in self.collections if self.collects}
        return frozenset([one for one in numbers if page_ended(self._steps(one))])

    @property
    def pages_making(self) -> frozenset[int]:
        """The charges whose payment page is on its way."""
        open_pages = [one for one in self.collections if one.kind == "link" and one.state in OPEN_COLLECTIONS]
        return frozenset([one.charge for one in open_pages if not one.link])

    def _steps(self, charge: int) -> list[Collection]:
        return [one for one in self.collections if one.charge == charge]

    @property
    def live(self) -> tuple[StockHold, ...]:
        """What is held now."""
        return tuple([one for one in self.holds if one.state == "held"])


def remedy_look(desk: CaseDesk, state: CaseState, history: CaseHistory, kin: Kin | None = None) -> RemedyLook | None:
    """The remedy of a case; None where it is money alone, or the file cannot be read."""
    remedy = _remedy(state)
    try:
        case = case_of(state)
    except UnableToWork:
        return None
    charges = tuple(desk.casework.charges(state.number))
    failed = failed_repairs(case)
    if remedy not in _WAYS and not charges and not failed:
        return None
    entries = [one.entry for one in history.entries]
    digits = case.order.digits
    pieces = chosen(entries, digits)
    shipped = [at for at, one in enumerate(entries) if one.what == "replacement_shipped"]
    before = entries[: shipped[-1]] if shipped and state.tracks.replacement in ("shipped", "delivered") else entries
    days = policy_of(desk.house, state.shop, case, None).remedy_terms.price_protection_days
    return RemedyLook(
        remedy=remedy,
        pieces=pieces,
        more=difference(case, pieces, in_hand(before, digits)),
        choices=choices(entries, digits),
        holds=tuple(desk.casework.holds(state.number)),
        charges=charges,
        trust=trust_of(desk, state) if remedy == "exchange" else None,
        failed_repairs=failed,
        quoted=_last(entries, "repair_quoted", "repair_free"),
        finished=_last(entries, "repair_finished"),
        protected=_last(entries, "price_protected"),
        protects_days=days if remedy == "price_adjustment" else None,
        protects_until=_until(case, days),
        kin_resends=_resends(kin),
        lines=case.request.lines,
        collections=tuple(desk.casework.collections(state.number)) if charges else (),
        collects=bool(charges) and desk.money.collects(state.shop) is not None,
    )


def _remedy(state: CaseState) -> str:
    """As agreed, else as decided once that is agreed to, else as asked."""
    agreed = str((state.agreed or {}).get("remedy") or "")
    decided = str((state.decision or {}).get("remedy") or "")
    asked = str((state.case.get("request") or {}).get("kind") or "")
    if agreed:
        return agreed
    return decided if decided not in _OPTIONAL else asked


def _resends(kin: Kin | None) -> int:
    return sum([one.kind == "resend" for one in kin.of_buyer]) if kin else 0


def _until(case: Case, days: int | None) -> datetime | None:
    start = case.order.paid_at or case.order.placed_at
    return start + timedelta(days=days) if start and days else None


def _last(entries: Sequence[Entry], *names: str) -> Entry | None:
    return next((one for one in reversed(entries) if one.what in names), None)
