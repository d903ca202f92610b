"""Every verb on a case, one line each: where it is, its scope, what it takes, what the desk does."""

from __future__ import annotations

from typing import Any, Final

from amends.desk.cases import approve, ask, close, offer, parcels, refuse, split_merge, take, talk, undo
from amends.desk.cases.desk import actor
from amends.desk.cases.replacement_lost import lose_replacement
from amends.facts.api import KeptAnswer
from amends.facts.log import Actor
from amends.facts.work import CaseState
from amends.web.api import schemas as s
from amends.web.api.answers import SplitTold
from amends.web.api.routes import Call, Verb
from amends.web.api.schemas_house import YesIn
from amends.web.api.told import answer, case
from amends.web.api.verbs_freight import FREIGHT
from amends.web.api.verbs_remedies import REMEDIES
from amends.web.api.verbs_station import STATION

_WORK: Final = "cases:write"
_MONEY: Final = "money:write"


def _buyer(call: Call, name: str = "") -> Actor:
    """The buyer of a case, by the name that was given or is known."""
    state = call.desk.casework.look(call.number)
    known = ((state.case.get("buyer") or {}).get("name") if state else "") or "buyer"
    return Actor("buyer", (name.strip() or str(known))[:120])


def _who(call: Call, *, buyer: bool) -> Actor:
    return _buyer(call) if buyer else actor(call.person)


def _seen(call: Call) -> None:
    """Verbs that the buyer may do ask for no duty; the wall round the token holds all the same."""
    with call.desk.hold(call.number, call.person, "receive"):
        return


def _evidence(call: Call) -> Any:
    items = [one.model_dump() for one in call.body.items]
    person = None if call.body.from_buyer else call.person
    _seen(call)
    return ask.give_evidence(
        call.desk, call.number, _who(call, buyer=call.body.from_buyer), person, items, call.body.text
    )


def _message(call: Call) -> Any:
    if not call.body.from_buyer:
        return talk.tell_buyer(call.desk, call.number, call.person, call.body.text)
    _seen(call)
    return talk.buyer_says(call.desk, call.number, _buyer(call), call.body.text)


def _answer_offer(call: Call) -> Any:
    _seen(call)
    body = call.body
    who = _buyer(call, body.buyer)
    return offer.answer_offer(call.desk, call.number, who, call.more, accepts=body.accepts, why=body.why)


def _offer(call: Call) -> Any:
    body = call.body
    return offer.offer(
        call.desk, call.number, call.person, body.kind, body.amount or "", body.note, body.coupon, body.days
    )


def _refuse(call: Call) -> Any:
    body = call.body
    return refuse.refuse(call.desk, call.number, call.person, body.reason, body.text, None, body.override, body.proof)


def _inspect(call: Call) -> Any:
    body = call.body
    return parcels.inspect(call.desk, call.number, call.person, body.grade, body.findings, body.goods)


def _parcel(call: Call) -> Any:
    body = call.body
    return parcels.send_back(
        call.desk, call.number, _who(call, buyer=body.by_buyer), call.person, body.waybill, body.carrier
    )


def _withdraw(call: Call) -> Any:
    body = call.body
    return close.withdraw(call.desk, call.number, _who(call, buyer=body.by_buyer), call.person, body.why)


def _delivered(call: Call) -> Any:
    return parcels.replacement_delivered(call.desk, call.number, _who(call, buyer=call.body.by_buyer), call.person)


def _two(made: tuple[CaseState, CaseState]) -> KeptAnswer:
    return answer({"case": case(made[0]), "other": case(made[1])}, 200, made[0].version)


VERBS: Final = (
    Verb("approve", _MONEY, "Do what is suggested", s.ApproveIn,
         lambda c: approve.approve(c.desk, c.number, c.person, None, c.body.digest)),
    Verb("refuse", _WORK, "Refuse what is asked", s.RefuseIn, _refuse),
    Verb("ask", _WORK, "Ask the buyer for proof or facts", s.AskIn,
         lambda c: ask.ask(c.desk, c.number, c.person, c.body.what, c.body.text, c.body.days)),
    Verb("evidence", _WORK, "Add pieces of proof", s.EvidenceIn, _evidence),
    Verb("offer", _MONEY, "Put another answer to the buyer", s.OfferIn, _offer),
    Verb("offer/take-back", _WORK, "Take an open offer back", s.NothingIn,
         lambda c: offer.take_back_offer(c.desk, c.number, c.person)),
    Verb("offers/{offer}/answer", _MONEY, "The buyer's answer to an offer", s.AnswerIn, _answer_offer, "offer"),
    Verb("withdraw", _WORK, "The buyer takes the request back", s.WithdrawIn, _withdraw),
    Verb("close", _WORK, "End a case", s.CloseIn,
         lambda c: close.close(c.desk, c.number, c.person, c.body.reason, c.body.why)),
    Verb("reopen", _WORK, "Take a case up again", s.WhyIn,
         lambda c: close.reopen(c.desk, c.number, c.person, c.body.why)),
    Verb("note", _WORK, "Write something down for colleagues", s.TextIn,
         lambda c: take.note(c.desk, c.number, c.person, c.body.text)),
    Verb("message", _WORK, "Write to the buyer, or take in what the buyer wrote", s.MessageIn, _message),
    Verb("take", _WORK, "Take a case", s.TakeIn, lambda c: take.take(c.desk, c.number, c.person, over=c.body.over)),
    Verb("release", _WORK, "Let go of a case", s.NothingIn, lambda c: take.release(c.desk, c.number, c.person)),
    Verb("assign", _WORK, "Give a case to someone", s.AssignIn,
         lambda c: take.assign(c.desk, c.number, c.person, c.body.to)),
    Verb("escalate", _WORK, "Hand a case up", s.EscalateIn,
         lambda c: take.escalate(c.desk, c.number, c.person, c.body.role, c.body.why)),
    Verb("undo", _WORK, "Take back the last press", s.NothingIn, lambda c: undo.undo(c.desk, c.number, c.person)),
    Verb("split", _WORK, "Make a case of its own of some lines", s.SplitIn,
         lambda c: split_merge.split(c.desk, c.number, c.person, c.body.lines), told=SplitTold, answer=_two),
    Verb("merge", _WORK, "Put a case's lines into another", s.MergeIn,
         lambda c: split_merge.merge(c.desk, c.number, c.person, c.body.into)),
    Verb("parcel", _WORK, "The goods were sent back, under this waybill", s.ParcelIn, _parcel),
    Verb("receive", _WORK, "The parcel is here", s.ReceiveIn,
         lambda c: parcels.receive(c.desk, c.number, c.person, c.body.note)),
    Verb("inspect", _WORK, "What the warehouse found; receives the parcel too, and pays where nothing stands against it",
         s.InspectIn, _inspect),
    Verb("settle", _MONEY, "Pay what an approved case gives", s.NothingIn,
         lambda c: parcels.settle(c.desk, c.number, c.person)),
    Verb("lost", _WORK, "The parcel back was lost", s.WhyIn,
         lambda c: parcels.lose(c.desk, c.number, c.person, c.body.why)),
    Verb("send-goods-back", _WORK, "Return goods to the buyer that were not accepted", s.WaybillIn,
         lambda c: parcels.send_goods_back(c.desk, c.number, c.person, c.body.waybill, c.body.why)),
    Verb("ship-replacement", _WORK, "The replacement is on its way", s.WaybillIn,
         lambda c: parcels.ship_replacement(c.desk, c.number, c.person, c.body.waybill)),
    Verb("replacement-lost", _WORK, "What went out to the buyer was lost; it can go out again", s.WhyIn,
         lambda c: lose_replacement(c.desk, c.number, c.person, c.body.why)),
    Verb("replacement-delivered", _WORK, "The buyer has the replacement", s.DeliveredIn, _delivered),
    Verb("approval/yes", _MONEY, "Say yes to what waits, as a second person", YesIn,
         lambda c: approve.second_yes(c.desk, c.number, c.person, c.body.note)),
    Verb("approval/no", _MONEY, "Say no to what waits", s.WhyIn,
         lambda c: approve.second_no(c.desk, c.number, c.person, c.body.why)),
    *REMEDIES,
    *STATION,
    *FREIGHT,
)  # fmt: skip
"""Every verb. What says yes to money needs `money:write`; an inspection pays only what was approved before, on the approver's limits."""
