"""What providers tell by themselves: receipts, and what buyers write back, which finds its case or waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from amends.basics.masking import mask_phone
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.talk import buyer_says
from amends.desk.talk.ports import Posts
from amends.desk.talk.rounds import TROUBLE
from amends.desk.talk.sms_ports import SmsInShelf, SmsSenders
from amends.facts.log import Actor, Entry
from amends.facts.outgoing import Letter
from amends.facts.people import Person
from amends.facts.sms import KeptSms, SmsIn, SmsKeys, SmsReceipt, SmsSender, UnableToTrustSms, wish_in
from amends.facts.wire import WireAnswer
from amends.facts.work import Change

MOST: Final = 100
AT_ONCE: Final = 20
_HOUSE: Final = Actor("system", "amends")
Read = Callable[[SmsKeys, Mapping[str, str], bytes, str], tuple[Sequence[SmsReceipt], Sequence[SmsIn]]]
"""Reads what a provider told: keys, heads, body and the part of the address behind its question mark. Raises `UnableToTrustSms`."""


class Asks(Protocol):
    """The providers, asked."""

    def ask(self, keys: SmsKeys, letter: Letter, reference: str, others: Sequence[str]) -> SmsReceipt | None:
        """Ask what became of a message; None where nothing is known. `others`: ids that are surely other messages."""
        ...


@dataclass(frozen=True, slots=True)
class SmsInbox:
    """The verbs. `read` translates for each provider, `answer` is what it wants to hear."""

    senders: SmsSenders
    shelf: SmsInShelf
    posts: Posts
    cases: CaseDesk
    read: Read
    answer: Callable[[SmsKeys], WireAnswer]
    asks: Asks

    def take(self, token: str, headers: Mapping[str, str], body: bytes, query: str = "") -> WireAnswer | None:
        """Take in what a provider tells: None for an address that nobody was given, 401 for what proves nothing."""
        sender = self.senders.by_token(token)
        keys = self.senders.keys(sender.shop) if sender else None
        if sender is None or keys is None:
            return None
        try:
            receipts, came = self.read(keys, headers, body, query)
        except UnableToTrustSms as fault:
            return WireAnswer(401, {"content-type": "text/plain"}, str(fault).encode())
        for receipt in receipts:
            self.told(sender.number, receipt)
        for one in came:
            self.came(sender, one)
        return self.answer(keys)

    def told(self, shop: int, receipt: SmsReceipt) -> None:
        """Note what became of a message; a case whose last trouble that settles is told so."""
        settled = self.shelf.receipt(shop, receipt, self.cases.now())
        if settled is None:
            return
        case, letter = settled
        with self.cases.casework.holding(case) as held:
            if held is not None and held.state.exception == TROUBLE and self.posts.all_well(case):
                entry = Entry("letter_settled", _HOUSE, self.cases.now(), data={"letter": letter, "do": "arrived"})
                held.write(entry, Change(exception=""))

    def came(self, sender: SmsSender, one: SmsIn) -> None:
        """Take in what a buyer wrote, once. A word that has messages stop is heeded, and told on the case."""
        now = self.cases.now()
        with self.shelf.together():
            number = self.shelf.keep(sender.number, one, now)
            if number is None:
                return
            wish = wish_in(one.text)
            if wish == "start" and not self.shelf.wants_none(sender.merchant, one.sender):
                wish = ""  # a plain "yes" of somebody who never said stop answers us
            if wish:
                self.shelf.heed(sender.merchant, one.sender, wish, now)
            case = self.shelf.place(sender.merchant, one.sender)
            if wish:
                self._tell_wish(case, wish, one)
                self.shelf.settle(number, "ignored" if case is None else "taken", case, "")
            elif case is not None:
                self._say(number, case, one.sender, one.text, "")

    def look(self) -> int:
        """Ask after messages whose answer was lost, or of which nothing was told; how many were asked after."""
        waiting = self.shelf.to_ask(self.cases.now(), AT_ONCE)
        for one in waiting:
            keys = self.senders.keys(one.shop_name)
            found = self.asks.ask(keys, one.letter, one.reference, one.others) if keys else None
            if found is not None:
                self.told(one.shop, found)
        return len(waiting)

    def waiting(self, person: Person) -> Sequence[KeptSms]:
        """What waits for a person, of the person's merchants, oldest first."""
        return self.shelf.waiting(person.merchants, MOST) if person.may("work") else []

    def assign(self, number: int, case: int, person: Person) -> None:
        """Put one on a case, by a person's word. Raises `UnableToWork`."""
        kept = self._waiting(number, person)
        if not self.shelf.is_of(case, kept.merchant):
            raise UnableToWork("not_found", f"there is no case {case} of this merchant", f"没有售后单 {case}", "case")
        with self.shelf.together():
            self._say(number, case, kept.sender, kept.text, person.name)

    def ignore(self, number: int, person: Person) -> None:
        """Put one aside. Raises `UnableToWork`."""
        self._waiting(number, person)
        self.shelf.settle(number, "ignored", None, person.name)

    def _say(self, number: int, case: int, phone: str, text: str, by: str) -> None:
        buyer_says(self.cases, case, Actor("buyer", mask_phone(phone)), text.strip()[:4000] or "(no text)", (), "sms")
        self.shelf.settle(number, "taken", case, by)

    def _tell_wish(self, case: int | None, wish: str, one: SmsIn) -> None:
        if case is None:
            return
        with self.cases.casework.holding(case) as held:
            if held is not None:
                buyer = Actor("buyer", mask_phone(one.sender))
                what = "texts_stopped" if wish == "stop" else "texts_wanted"
                held.write(Entry(what, buyer, self.cases.now(), data={"said": one.text.strip()[:40]}), Change())

    def _waiting(self, number: int, person: Person) -> KeptSms:
        kept = self.shelf.get(number) if number < 2**63 else None
        if kept is None or not person.may_see(kept.merchant):
            raise not_found(number)
        if not person.may("work"):
            raise not_allowed(person.role, "work")
        if kept.state != "waiting":
            raise UnableToWork("stale", "somebody has dealt with this message already", "该短信已被处理")
        return kept
