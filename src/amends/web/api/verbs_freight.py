"""The verbs of a case's freight, one line each; joined to the others in `verbs`. What costs the shop money needs `money:write`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from amends.desk.cases.faults import not_found
from amends.desk.freight import claims, intercept, labels, way_back
from amends.desk.freight.withdraw import withdraw_signal
from amends.facts.api import KeptAnswer
from amends.facts.work import CaseState
from amends.web.api import schemas_freight as s
from amends.web.api import told
from amends.web.api.answers_freight import FreightWhole
from amends.web.api.routes import Call, Verb
from amends.web.api.schemas import NothingIn
from amends.web.api.told_freight import whole
from amends.web.front import front

_WORK: Final = "cases:write"
_MONEY: Final = "money:write"


def _claim(call: Call) -> Any:
    body = call.body
    given = {**body.model_dump(exclude={"kind", "insured", "declared"}), "declared": body.declared or ""}
    given |= {"insured": "yes" if body.insured else ""}
    return claims.open_claim(front().freight, call.number, call.person, body.kind, given)


def _claim_moved(call: Call) -> Any:
    body = call.body
    given = {"paid": body.paid or "", "reference": body.reference, "note": body.note}
    return claims.move_claim(front().freight, call.number, call.person, call.more, body.move, given)


def _insure(call: Call) -> Any:
    body = call.body
    return way_back.insure(front().freight, call.number, call.person, body.move, body.insured_by, body.amount or "")


def _told(state: CaseState) -> KeptAnswer:
    return told.answer(whole(state), 200, state.version)


def _verb(path: str, scope: str, says: str, body: Any, do: Callable[[Call], Any], more: str = "") -> Verb:
    """A verb that is answered with the case's freight as it stands then."""

    def done(call: Call) -> CaseState:
        do(call)
        state = call.desk.casework.look(call.number)
        if state is None:
            raise not_found(call.number)
        return state

    return Verb(path, scope, says, body, done, more, FreightWhole, _told)


FREIGHT: Final = (
    _verb("way-back", _WORK, "How the goods come back", s.WayBackIn,
          lambda c: way_back.choose_way(front().freight, c.number, c.person, c.body.way, c.body.waybill)),
    _verb("bookings/{booking}/buy", _MONEY, "Buy a label or book a courier that was offered, once", s.BuyIn,
          lambda c: labels.buy_label(front().bookings, c.number, c.person, c.more, c.body.offer, c.body.window), "booking"),
    _verb("bookings/{booking}/drop", _WORK, "Let offers be, or a wish that has not left the house", NothingIn,
          lambda c: labels.drop_label(front().bookings, c.number, c.person, c.more), "booking"),
    _verb("bookings/{booking}/void", _WORK, "Give an unused label back, or call a courier off", NothingIn,
          lambda c: labels.void_label(front().bookings, c.number, c.person, c.more), "booking"),
    _verb("bookings/{booking}/say", _WORK, "What a person found where nobody else could tell", s.SayIn,
          lambda c: labels.say_label(front().bookings, c.number, c.person, c.more, c.body.said, c.body.waybill, c.body.note),
          "booking"),
    _verb("insurance", _WORK, "Where freight insurance stands", s.InsuranceIn, _insure),
    _verb("reimburse", _MONEY, "Give the buyer's own freight back against a receipt, once", s.ReimburseIn,
          lambda c: way_back.reimburse(front().freight, c.number, c.person, c.body.amount, c.body.receipt)),
    _verb("freight-with-refund", _WORK, "Note that the buyer's freight went with the refund", NothingIn,
          lambda c: way_back.paid_with_refund(front().freight, c.number, c.person)),
    _verb("carrier-claims", _WORK, "Draft a claim against a carrier", s.ClaimIn, _claim),
    _verb("carrier-claims/{claim}/move", _WORK, "What became of a claim", s.ClaimMoveIn, _claim_moved, "claim"),
    _verb("signals/wrong", _WORK, "A signal that a person found wrong counts no more", s.SignalWrongIn,
          lambda c: withdraw_signal(front().freight, c.number, c.person, c.body.model_dump(exclude={"why"}), c.body.why)),
    _verb("interceptions", _WORK, "Ask for a parcel to be brought back", s.InterceptIn,
          lambda c: intercept.ask_interception(front().freight, c.number, c.person, c.body.shipment, c.body.why)),
    _verb("interceptions/{interception}/told", _WORK, "What the carrier said of it; success pays back", s.InterceptionToldIn,
          lambda c: intercept.tell_interception(front().freight, c.number, c.person, c.more, c.body.move, c.body.why),
          "interception"),
)  # fmt: skip
"""Every verb of freight that speaks to nobody outside; asking for offers is in `freight`."""
