"""The verbs of the case page: each reads its form and calls one verb of the desk."""

from __future__ import annotations

from django.http import QueryDict

from amends.desk.cases.approve import approve, second_no, second_yes
from amends.desk.cases.ask import ask, give_evidence
from amends.desk.cases.close import close, reopen, withdraw
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import answer_offer, offer, take_back_offer
from amends.desk.cases.parcels import (
    inspect,
    lose,
    receive,
    replacement_delivered,
    send_back,
    send_goods_back,
    settle,
    ship_replacement,
)
from amends.desk.cases.refuse import refuse
from amends.desk.cases.split_merge import merge, split
from amends.desk.cases.take import assign, escalate, note, release, take
from amends.desk.cases.talk import tell_buyer
from amends.desk.cases.undo import undo
from amends.facts.codes import GOODS_STATES
from amends.facts.people import Person
from amends.store.members import names_at
from amends.web.case_doing import read_number


def do_approve(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Approve what was seen, or ask a second person for it."""
    approve(desk, number, me, digest=given.get("digest") or None)


def do_yes(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Say yes to what waits for a second person."""
    second_yes(desk, number, me, given.get("note", "")[:500])


def do_no(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Say no to what waits for a second person; whoever asked takes it back so."""
    second_no(desk, number, me, given.get("note", "")[:500])


def do_refuse(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Refuse what is asked."""
    named = [one.strip()[:160] for one in given.get("proof_name", "").split("\n") if one.strip()]
    refuse(
        desk,
        number,
        me,
        given.get("reason", ""),
        given.get("text", "")[:4000],
        override=given.get("override", "")[:1000],
        proof=[*given.getlist("proof")[:40], *named],
        there=given.get("there", "")[:80],
    )


def do_offer(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Put another answer to the buyer."""
    amount = given.get("amount", "").strip() or given.get("pick", "")
    offer(
        desk,
        number,
        me,
        given.get("kind", ""),
        amount[:40],
        given.get("note", "")[:500],
        given.get("coupon", ""),
        read_number(given, "days", 3),
    )


def do_take_back_offer(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take an open offer back."""
    take_back_offer(desk, number, me)


def do_buyers_answer(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Write down what the buyer said to an offer elsewhere, on the telephone or in the platform's chat."""
    if given.get("answer") not in ("yes", "no"):
        raise UnableToWork("bad_value", "yes or no", "请选择买家接受或不接受", "answer")
    said = read_number(given, "offer", 0)
    answer_offer(desk, number, actor(me), said, accepts=given.get("answer") == "yes", why=given.get("why", "")[:500])


def do_ask(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Ask the buyer for what is missing."""
    ask(
        desk,
        number,
        me,
        [one[:80] for one in given.getlist("what")[:40]],
        given.get("text", "")[:4000],
        read_number(given, "days", 3),
    )


def do_evidence(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Put a piece of proof on the shelf."""
    item = {
        "kind": given.get("kind", ""),
        "by": given.get("by", "merchant"),
        "file": given.get("file", "").strip()[:160],
    }
    give_evidence(desk, number, actor(me), me, [item], given.get("text", "")[:1000])


def do_withdraw(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take the request back for the buyer, who asked for it."""
    if not given.get("why", "").strip():
        raise UnableToWork("bad_value", "say how the buyer asked for it", "请说明买家如何提出撤销", "why")
    withdraw(desk, number, actor(me), me, given.get("why", ""))


def do_close(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """End a case."""
    close(desk, number, me, given.get("reason", ""), given.get("why", "")[:1000])


def do_reopen(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take a case up again."""
    reopen(desk, number, me, given.get("why", "")[:1000])


def do_receive(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The parcel is here."""
    receive(desk, number, me, given.get("note", ""))


def do_inspect(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Write down what was found."""
    goods = {state: True for state in given.getlist("goods") if state in GOODS_STATES}
    findings = given.get("findings", "")[:4000].splitlines()[:40]
    inspect(desk, number, me, given.get("grade", ""), findings, goods)


def do_settle(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Pay what an approved case gives."""
    settle(desk, number, me)


def do_sent(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Write down under which waybill the goods come back."""
    send_back(desk, number, actor(me), me, given.get("waybill", ""), given.get("carrier", ""))


def do_return_goods(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Send goods to the buyer that were not accepted."""
    send_goods_back(desk, number, me, given.get("waybill", ""), given.get("why", "")[:500])


def do_lost(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The parcel back was lost."""
    lose(desk, number, me, given.get("why", "")[:500])


def do_ship(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The replacement is on its way."""
    ship_replacement(desk, number, me, given.get("waybill", ""))


def do_delivered(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The buyer has the replacement."""
    replacement_delivered(desk, number, actor(me), me)


def do_split(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Make two cases of one."""
    split(desk, number, me, given.getlist("lines")[:500])


def do_merge(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Put this case into another of the same order."""
    into = read_number(given, "into", 0)
    if into not in [one.number for one in desk.casework.kin(number, me.merchants).of_order]:
        raise UnableToWork("bad_value", "choose another case of this order", "请选择同一订单的其他售后单", "into")
    merge(desk, number, me, into)


def do_escalate(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Hand a case up."""
    escalate(desk, number, me, given.get("role", ""), given.get("why", "")[:1000])


def do_take(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take a case, or take it over."""
    take(desk, number, me, over=given.get("over") == "yes")


def do_release(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Let go of a case."""
    release(desk, number, me)


def do_note(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Write a note for colleagues."""
    note(desk, number, me, given.get("text", ""))


def do_message(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Write to the buyer."""
    tell_buyer(desk, number, me, given.get("text", ""), given.get("way", "")[:8])


def do_undo(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Take the last press back."""
    undo(desk, number, me)


def do_assign(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Give a case to a colleague."""
    state = desk.casework.look(number)
    to = given.get("to", "")
    if state is None or to not in names_at(state.merchant):
        raise UnableToWork("bad_value", "choose a colleague who works for this shop", "请选择该店铺的同事", "to")
    assign(desk, number, me, to)
