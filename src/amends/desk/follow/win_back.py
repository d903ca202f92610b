"""The verbs of win-back, and its round: draws who is offered a coupon and who is left alone; a person sees each message and sends it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from amends.basics.money import write_minor
from amends.desk.cases.desk import CaseDesk, actor, case_of
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.give import weighed
from amends.desk.cases.ports import HeldCase
from amends.desk.extra import who_says_yes
from amends.desk.follow.rounds import ended
from amends.desk.follow.win_ports import WinBackBook
from amends.desk.pay_out import role_needed
from amends.facts.follow_up import NOT_ASKED_AFTER, FollowShop
from amends.facts.goodwill import Gift
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.sms import wish_in
from amends.facts.win_back import WinBack, WinCandidate, WinLook, WinTerms, group_of
from amends.facts.work import CaseState, Change, Message

MOST: Final = 50
SHOWN: Final = 30
EVERY: Final = timedelta(minutes=10)
_HOUSE: Final = Actor("system", "amends")


@dataclass(frozen=True, slots=True)
class WinBackDesk:
    """The verbs. `stop_link` gives where a case's buyer says no to advertising; "" where they have no page of ours."""

    book: WinBackBook
    cases: CaseDesk
    stop_link: Callable[[CaseState], str]

    def look(self, person: Person) -> WinLook:
        """Who waits, each with the message as it would leave, and the figures. Raises `UnableToWork`."""
        if not person.may("work"):
            raise not_allowed(person.role, "work")
        found = []
        for one in self.book.waiting(person.merchants, SHOWN):
            state = self.cases.casework.look(one.case)
            terms = self._shop(one.shop).terms.win
            if state is not None and terms.on:
                found.append((one, *self._message(state, terms)))
        return WinLook(found, self.book.figures(person.merchants))

    def send(self, person: Person, case: int, digest: str) -> None:
        """Will send the message that was seen (`digest` of it) with its coupon, whose cost counts against the month's goodwill.

        Above the budget or the role's limit somebody of a higher role has to send it; the house drew it, so that makes two.
        Raises `UnableToWork`, `UnableToPayOut`.
        """
        with self.cases.hold(case, person) as held:
            one, now = self._waits(case), self.cases.now()
            if not self.book.may_write(one):
                raise UnableToWork(
                    "not_possible",
                    "the buyer takes no advertising, came back, or has an open case or dispute",
                    "买家不接受营销信息、已再次下单，或仍有未完结的售后单或争议",
                )
            if not self.stop_link(held.state):
                raise UnableToWork(
                    "not_possible", "the buyer has no page to say no on", "买家没有可退订的页面，不能发送"
                )
            terms = self._shop(one.shop).terms.win
            subject, text = self._message(held.state, terms)
            if not terms.on or digest != digest_of(subject, text):
                raise UnableToWork("stale", "the message changed meanwhile; look again", "消息内容已变化，请重新查看")
            cost = self._give(held, person, one, terms, now)
            told = Message("shop", _HOUSE.name, text, "win_back", subject, send_at=now)
            data = {"present": terms.coupon, "amount": cost, "currency": held.state.currency}
            held.write(Entry("win_back_sent", actor(person), now, data=data), Change(messages=[told]))
            self.book.settle(case, "sent", person.name, now)

    def drop(self, person: Person, case: int) -> None:
        """Will leave a buyer alone. Raises `UnableToWork`."""
        with self.cases.hold(case, person) as held:
            self._waits(case)
            held.write(Entry("win_back_dropped", actor(person), self.cases.now()))
            self.book.settle(case, "dropped", person.name, self.cases.now())

    def stop(self, case: int, buyer: Actor) -> None:
        """Will keep that a buyer wants no advertising of this merchant any more; a second time changes nothing."""
        with self.cases.casework.holding(case) as held:
            if held is None:
                raise not_found(case)
            shop, now = self._shop(held.state.shop), self.cases.now()
            order = str((held.state.case.get("order") or {}).get("id") or "")
            there = self.book.one(case)
            for key in {self.book.key_of(shop.number, order), there.key if there else ""}:
                self.book.keep_consent(shop.merchant, key, "stopped", buyer.name, now)
            entries = self.cases.casework.history(case).entries
            if not any(one.entry.what == "win_back_stopped" for one in entries):
                held.write(Entry("win_back_stopped", buyer, now))
            if there is not None and there.state == "waiting":
                self.book.settle(case, "dropped", buyer.name, now)

    def answered(self, case: int, buyer: Actor, text: str) -> None:
        """Will heed an answer to our advertising that is nothing but a word that has it stop; other mails mean nothing here."""
        there = self.book.one(case)
        if there is not None and there.state == "sent" and wish_in(text) == "stop":
            self.stop(case, buyer)

    def consent(self, person: Person, shop: str, email: str, *, agrees: bool) -> None:
        """Will keep what a shop's system tells of a buyer's consent to advertising by mail. Raises `UnableToWork`."""
        there = next((one for one in self.book.shops(person.merchants) if one.name == shop), None)
        if there is None:
            raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}")
        self.book.consent(there.merchant, email, "yes" if agrees else "no", person.name, self.cases.now())

    def _give(self, held: HeldCase, person: Person, one: WinBack, terms: WinTerms, now: datetime) -> str:
        state, goodwill = held.state, self.cases.money.goodwill
        case = case_of(replace(state, agreed=None))
        cost = write_minor(terms.cost, case.order.digits)
        if goodwill is None:
            return cost
        with goodwill.holding(state.shop, now) as budget:
            plan = weighed(state.shop, case, terms.cost)
            needed = role_needed(self.cases.house, state.shop, case, plan)
            wanted = who_says_yes(plan, needed, person, budget)
            if wanted and not person.may_act_as(wanted):
                raise UnableToWork(
                    "not_allowed",
                    f"the month's goodwill is used up, or the cost is above your limit: a {wanted} has to send it",
                    "已超出本月补偿预算或你的额度，须由更高角色发送",
                )
            goodwill.put_gift(
                Gift(
                    0,
                    one.case,
                    0,
                    "coupon",
                    terms.coupon,
                    terms.cost,
                    case.order.currency,
                    "given",
                    "",
                    person.name,
                    now,
                    purpose="win_back",
                )
            )
        return cost

    def _message(self, state: CaseState, terms: WinTerms) -> tuple[str, str]:
        """Subject and text; the way to say no stands in it whatever the template says."""
        link = self.stop_link(state)
        subject, text = self.cases.letters("win_back", state, {"gift": terms.coupon, "link": link})
        return subject, text if link in text else f"{text}\n\n{link}"

    def _waits(self, case: int) -> WinBack:
        there = self.book.one(case)
        if there is None or (there.group, there.state) != ("offered", "waiting"):
            raise UnableToWork("stale", "nobody waits for this message any more", "该消息已处理或无需发送")
        return there

    def _shop(self, name: str) -> FollowShop:
        return next(one for one in self.book.shops(None) if one.name == name)


class WinBackRounds:
    """One round, at most every ten minutes: draws a group for every buyer who may be won back."""

    def __init__(self, desk: WinBackDesk) -> None:
        self.desk = desk
        self._next: datetime | None = None

    def look(self) -> int:
        """Will draw; how many buyers that were."""
        now = self.desk.cases.now()
        if self._next is not None and now < self._next:
            return 0
        shops = [one for one in self.desk.book.shops(None) if one.terms.win.on and one.reachable]
        done = sum(
            [self._one(shop, found, now) for shop in shops for found in self.desk.book.candidates(shop, now, MOST)]
        )
        self._next = now + EVERY
        return done

    def _one(self, shop: FollowShop, found: WinCandidate, now: datetime) -> int:
        cases = self.desk.cases
        with cases.casework.holding(found.case) as held:
            if held is None or held.state.tracks.desk != "closed" or not self.desk.stop_link(held.state):
                return 0
            last = ended(cases.casework.history(found.case).entries)
            if last is None or last.what != "closed" or last.data.get("reason") in NOT_ASKED_AFTER:
                return 0
            group = group_of(found.key, shop.name, now, shop.terms.win.control)
            if not self.desk.book.draw(found, group, now):
                return 0
            held.write(Entry("win_back_drawn", _HOUSE, now, data={"group": group, "because": found.why}))
            return 1


def digest_of(subject: str, text: str) -> str:
    """Will tell a message from another."""
    return hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()[:16]
