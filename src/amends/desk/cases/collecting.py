"""What a gateway is to do about a charge, as the charge stands: ask for it, take it, let it go, shut the page. Steps are written, none is
carried out here; called again it wants nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from amends.desk.cases.desk import CaseDesk, case_of
from amends.desk.cases.ports import HeldCase
from amends.facts.charges import Charge
from amends.facts.collect import OPEN_COLLECTIONS, PAGE_ENDED, CollectKind
from amends.facts.collect_work import Collection, Collector, NewCollection, brings
from amends.facts.log import Actor

HOUSE = Actor("system", "amends")


def want(desk: CaseDesk, held: HeldCase, charge: Charge) -> None:
    """Have done through the gateway what this charge needs now; nothing where people write its money down by hand."""
    steps = steps_of(held, charge.number)
    brought = last(steps, "link", "authorise")
    if charge.state == "agreed":
        _ask_for(desk, held, charge, steps, brought)
    elif brought is None:
        return
    elif charge.state == "due" and brought.state == "succeeded":
        if may_be_taken_by_itself(held):
            take(desk, held, charge)
        else:
            _not_now(desk, held, steps)
    elif charge.state == "released" and brought.state == "succeeded":
        _let_go(desk, held, charge, steps, brought)
    elif brought.state in OPEN_COLLECTIONS:
        _shut(desk, held, charge, brought)
    elif charge.state == "dropped" and brought.state == "succeeded" and brought.hold:
        _put(desk, held, charge, "release", 0, brought)


def take(desk: CaseDesk, held: HeldCase, charge: Charge, *, again: bool = False) -> bool:
    """Have what is held for a charge taken; False where no gateway holds it. `again`: also after the gateway refused."""
    steps = steps_of(held, charge.number)
    brought, before = last(steps, "link", "authorise"), last(steps, "capture")
    if brought is None or brought.state != "succeeded":
        return False
    refused = before is not None and before.state == "failed" and not again
    if before is None or not (before.state in OPEN_COLLECTIONS or before.state == "succeeded" or refused):
        _put(desk, held, charge, "capture", sum([one.kind == "capture" for one in steps]), brought)
    return True


def may_be_taken_by_itself(held: HeldCase) -> bool:
    """Whether a deposit that is due is taken without a person: the buyer has the replacement, and no parcel is on its way back."""
    tracks = held.state.tracks
    return tracks.replacement in ("shipped", "delivered") and tracks.goods in ("none", "awaited")


def taken_by(held: HeldCase, charge: Charge) -> Collection | None:
    """The step by which a gateway took or holds the money of a charge; None where people wrote it down."""
    came = [one for one in steps_of(held, charge.number) if brings(one.kind) or one.kind == "capture"]
    return next((one for one in reversed(came) if one.payment and one.payment == charge.reference), None)


def stop_taking(desk: CaseDesk, held: HeldCase, charge: Charge) -> bool:
    """Have a capture that waits not go out, for a person took the money in another way; False where it went and is on its way. One of
    which nobody knows what came is not sent again: the person has looked."""
    taking = last(steps_of(held, charge.number), "capture")
    if taking is None or taking.state not in OPEN_COLLECTIONS:
        return True
    return held.call_off_collection(taking.number, desk.now()) or taking.state == "unknown"


def page_again(desk: CaseDesk, held: HeldCase, charge: Charge) -> bool:
    """Have another page made where the last one ended unpaid; False where that is not so."""
    steps = steps_of(held, charge.number)
    collector = desk.money.collects(held.state.shop)
    if collector is None or charge.state != "agreed" or charge.link or not page_ended(steps):
        return False
    _ask_by(desk, held, charge, collector, "link")
    return True


def page_ended(steps: Sequence[Collection]) -> bool:
    """Whether the newest page among the steps of a charge ended by itself, unpaid."""
    brought = last(steps, "link", "authorise")
    return brought is not None and brought.state == "closed" and brought.code == PAGE_ENDED


def steps_of(held: HeldCase, charge: int) -> list[Collection]:
    """The steps about a charge, oldest first."""
    return [one for one in held.collections() if one.charge == charge]


def last(steps: Sequence[Collection], *kinds: str) -> Collection | None:
    """The newest step of these kinds."""
    return next((one for one in reversed(steps) if one.kind in kinds), None)


def _ask_for(
    desk: CaseDesk, held: HeldCase, charge: Charge, steps: Sequence[Collection], brought: Collection | None
) -> None:
    """Hold it on the saved method where that lasts long enough, else make a page; a way that a person named comes before both."""
    if charge.link and (brought is None or charge.link != brought.link):
        if brought is not None and brought.state in OPEN_COLLECTIONS:
            _shut(desk, held, charge, brought)
        return
    if brought is not None and not (brought.kind == "authorise" and brought.state == "failed"):
        return
    collector = desk.money.collects(held.state.shop)
    if collector is None:
        return
    earlier = _saved_with(desk, held, collector) if charge.purpose == "deposit" and brought is None else ""
    _ask_by(desk, held, charge, collector, "authorise" if earlier else "link", earlier)


def _ask_by(
    desk: CaseDesk, held: HeldCase, charge: Charge, collector: Collector, kind: CollectKind, earlier: str = ""
) -> None:
    order = case_of(held.state).order
    turn = sum([brings(one.kind) for one in steps_of(held, charge.number)])
    wanted = NewCollection(
        charge.number, kind, turn, collector.gateway, charge.amount, charge.currency, order.digits,
        charge.purpose == "deposit", f"{order.id} · {charge.text}"[:250], earlier,
    )  # fmt: skip
    held.put_collection(wanted, desk.now())


def _saved_with(desk: CaseDesk, held: HeldCase, collector: Collector) -> str:
    """The gateway's id of a payment of the order whose saved method may hold money long enough; "" where there is none."""
    days = collector.limits.saved_days
    until = next((one.due for one in held.running() if one.action == "return_in_time"), None)
    if days is None or until is None or until > desk.now() + timedelta(days=days):
        return ""
    routes = desk.money.routes(held.state.shop)
    payments = case_of(held.state).order.payments
    return next(
        (one.reference for one in payments if one.reference and routes.get(one.method) == collector.gateway), ""
    )


def _let_go(desk: CaseDesk, held: HeldCase, charge: Charge, steps: Sequence[Collection], brought: Collection) -> None:
    """Let go of what is held; where it is being taken at this moment, what came of that is waited for."""
    taking = last(steps, "capture")
    if taking is not None and taking.state in OPEN_COLLECTIONS:
        if not held.call_off_collection(taking.number, desk.now()):
            return
    elif taking is not None and taking.state == "succeeded":
        return
    _put(desk, held, charge, "release", 0, brought)


def _not_now(desk: CaseDesk, held: HeldCase, steps: Sequence[Collection]) -> None:
    taking = last(steps, "capture")
    if taking is not None and taking.state in OPEN_COLLECTIONS:
        held.call_off_collection(taking.number, desk.now())


def _shut(desk: CaseDesk, held: HeldCase, charge: Charge, brought: Collection) -> None:
    """The page is not to be paid any more. One that nobody knows yet is shut as soon as it is known."""
    gone = held.call_off_collection(brought.number, desk.now())
    if not gone and brought.kind == "link":
        _put(desk, held, charge, "close", brought.turn, brought)


def _put(desk: CaseDesk, held: HeldCase, charge: Charge, kind: CollectKind, turn: int, brought: Collection) -> None:
    digits = case_of(held.state).order.digits
    wanted = NewCollection(
        charge.number, kind, turn, brought.gateway, brought.amount, brought.currency, digits, brought=brought.number
    )
    held.put_collection(wanted, desk.now())
