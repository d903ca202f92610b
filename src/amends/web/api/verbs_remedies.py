"""The verbs of remedies on a case, one line each; joined to the others in `verbs`."""

from __future__ import annotations

from typing import Any, Final

from amends.desk.cases import charges, going_out, price_protection, repairs, stock
from amends.desk.cases.advance import advance
from amends.desk.cases.desk import actor
from amends.facts.log import Actor
from amends.web.api import schemas_remedies as s
from amends.web.api.routes import Call, Verb
from amends.web.api.schemas import NothingIn

_WORK: Final = "cases:write"
_MONEY: Final = "money:write"


def _buyer(call: Call) -> Actor:
    state = call.desk.casework.look(call.number)
    known = ((state.case.get("buyer") or {}).get("name") if state else "") or "buyer"
    with call.desk.hold(call.number, call.person, "receive"):
        return Actor("buyer", str(known)[:120])


def _pieces(call: Call) -> list[dict[str, Any]]:
    return [one.model_dump() for one in call.body.pieces]


def _answer(call: Call) -> Any:
    body = call.body
    return charges.answer_charge(call.desk, call.number, _buyer(call), call.more, accepts=body.accepts, why=body.why)


def _paid(call: Call) -> Any:
    body = call.body
    return charges.confirm_charge(call.desk, call.number, call.person, call.more, body.reference, body.amount or "")


def _quote(call: Call) -> Any:
    body = call.body
    return repairs.quote(call.desk, call.number, call.person, body.price or "", body.text, body.days, body.link)


def _failed(call: Call) -> Any:
    who = _buyer(call) if call.body.by_buyer else actor(call.person)
    return repairs.failed(call.desk, call.number, who, call.person, call.body.wants, call.body.why)


def _protect(call: Call) -> Any:
    body = call.body
    if body.prices:
        return price_protection.protect_lines(call.desk, call.number, call.person, body.prices, body.proof)
    return price_protection.protect(call.desk, call.number, call.person, body.price or "", body.proof)


REMEDIES: Final = (
    Verb("choose", _WORK, "Say what goes out, in an exchange or for what is missing", s.ChooseIn,
         lambda c: going_out.choose(c.desk, c.number, c.person, _pieces(c), c.body.link)),
    Verb("choices", _WORK, "Let the buyer choose what goes out", s.ChoicesIn,
         lambda c: going_out.offer_choices(c.desk, c.number, c.person, _pieces(c))),
    Verb("choices/{choice}/pick", _WORK, "The buyer's choice, counted from 1", NothingIn,
         lambda c: going_out.pick(c.desk, c.number, _buyer(c), c.more), "choice"),
    Verb("release-stock", _WORK, "Hold the stock of the case no longer", NothingIn,
         lambda c: stock.let_go(c.desk, c.number, c.person)),
    Verb("advance", _MONEY, "Let the replacement go out before the goods are back", s.AdvanceIn,
         lambda c: advance(c.desk, c.number, c.person, c.body.deposit or "", c.body.days, c.body.link)),
    Verb("charges/{charge}/answer", _WORK, "The buyer's answer to what was asked for", s.ConsentIn, _answer, "charge"),
    Verb("charges/{charge}/paid", _MONEY, "It was paid; a deposit is held. The same reference again changes nothing",
         s.PaidIn, _paid, "charge"),
    Verb("charges/{charge}/capture", _MONEY, "A deposit that is due was taken", s.ReferenceIn,
         lambda c: charges.capture_deposit(c.desk, c.number, c.person, c.more, c.body.reference), "charge"),
    Verb("charges/{charge}/release", _MONEY, "Let go of a deposit", NothingIn,
         lambda c: charges.release_deposit(c.desk, c.number, c.person, c.more), "charge"),
    Verb("charges/{charge}/drop", _WORK, "Ask for it no more", NothingIn,
         lambda c: charges.drop_charge(c.desk, c.number, c.person, c.more), "charge"),
    Verb("charges/{charge}/give-back", _MONEY, "Give back what the buyer paid on top", NothingIn,
         lambda c: charges.give_charge_back(c.desk, c.number, c.person, c.more), "charge"),
    Verb("quote", _WORK, "Quote a repair; without a price it is free", s.QuoteIn, _quote),
    Verb("repair", _WORK, "What the workshop does", s.RepairIn,
         lambda c: repairs.work_on(c.desk, c.number, c.person, c.body.step, c.body.note)),
    Verb("repaired", _WORK, "The piece is repaired", s.RepairedIn,
         lambda c: repairs.finish(c.desk, c.number, c.person, c.body.warranty_days, c.body.note)),
    Verb("failed", _WORK, "What was done did not put it right", s.FailedIn, _failed),
    Verb("price-protection", _MONEY, "Give the difference to a lower price", s.ProtectIn,
         _protect),
)  # fmt: skip
"""Every verb of remedies. What promises money, or says that it came, needs `money:write`."""
