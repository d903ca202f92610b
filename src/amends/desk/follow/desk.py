"""The verbs of follow-up: how a shop asks, what a buyer answers, and the second contact with those who were not content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.follow.ports import FollowBook
from amends.facts.audit import Deed
from amends.facts.follow_up import (
    LONGEST_NOTE,
    LONGEST_REMARK,
    OUTCOMES,
    SCORES,
    FollowShop,
    Survey,
    UnableToReadFollowUp,
    read_terms,
)
from amends.facts.log import Actor, Entry
from amends.facts.people import Person

SHOWN: Final = 50
"""How many that were contacted the page shows."""


class UnableToFollow(PermissionError):
    """There is no such shop or question for this person, or their role may not do this."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The unhappy: who waits, the soonest due first, and who was contacted, the latest first."""

    waiting: Sequence[Survey]
    contacted: Sequence[Survey]


@dataclass(frozen=True, slots=True)
class FollowDesk:
    """The verbs, over the book and the desk of cases."""

    book: FollowBook
    cases: CaseDesk

    def shops(self, person: Person) -> Sequence[FollowShop]:
        """How the person's shops follow up. Raises `UnableToFollow`."""
        if not person.may("settings"):
            raise UnableToFollow("settings")
        return self.book.shops(person.merchants)

    def set_terms(self, person: Person, number: int, told: Mapping[str, str]) -> None:
        """Will keep how a shop follows up; cases closed before it is switched on are not asked about.

        Raises `UnableToFollow`, `UnableToReadFollowUp`.
        """
        shop = next((one for one in self.shops(person) if one.number == number), None)
        if shop is None:
            raise UnableToFollow(str(number))
        now, terms = self.cases.now(), read_terms(told, shop.terms, shop.currency)
        if terms.asks and not shop.terms.asks:
            terms = replace(terms, since=now)
        self.book.keep_terms(number, terms, Deed(person.name, "follow_set", shop.merchant, shop.name), now)

    def asked(self, case: int) -> Survey | None:
        """The question about a case; None where its buyer was not asked."""
        return self.book.survey(case)

    def answer(self, case: int, buyer: Actor, score: int, remark: str) -> None:
        """Will keep a buyer's answer, or change it while that can be done. Raises `UnableToWork`.

        A bad answer is due for a second contact by the shop's calendar; a better one that comes before the contact calls it off.
        """
        words = remark.strip()
        if score not in SCORES:
            raise bad_value("score", "choose 1 to 5", "请选择 1 到 5 分")
        if len(words) > LONGEST_REMARK:
            raise bad_value("remark", f"at most {LONGEST_REMARK} characters", f"最多 {LONGEST_REMARK} 字")
        with self.cases.casework.holding(case) as held:
            there, now = self.book.survey(case), self.cases.now()
            if held is None or there is None:
                raise UnableToWork("not_found", "there is nothing to answer", "没有需要回答的问题")
            if (there.score, there.remark) == (score, words):
                return
            if not there.can_answer(now):
                raise UnableToWork(
                    "not_possible", "an answer can be changed for seven days", "评价提交满七天后不能再修改"
                )
            first = there.answered_at is None
            told = replace(there, score=score, remark=words, due=there.due if there.unhappy else None)
            if told.waits and told.due is None:
                minutes = 60 * self.book.terms_of(there.shop).contact_hours
                told = replace(
                    told,
                    due=self.cases.working_due(there.shop, now, minutes),
                    owner=there.owner or held.state.assignee,
                )
            kept = {"score": score, "remark": words, "due": told.due, "owner": told.owner}
            self.book.change(case, {**kept, "answered_at" if first else "changed_at": now})
            data = {"score": score} if first else {"score": score, "before": there.score}
            held.write(Entry("survey_answered" if first else "survey_changed", buyer, now, data=data))

    def queue(self, person: Person) -> Queue:
        """The unhappy of the person's merchants. Raises `UnableToFollow`."""
        if not person.may("work"):
            raise UnableToFollow("work")
        return Queue(self.book.waiting(person.merchants), self.book.contacted(person.merchants, SHOWN))

    def one(self, person: Person, case: int) -> Survey:
        """One question with its answer. Raises `UnableToFollow`."""
        found = self.book.survey(case) if person.may("work") else None
        if found is None or not person.may_see(found.merchant):
            raise UnableToFollow(str(case))
        return found

    def people(self, person: Person, survey: Survey) -> Sequence[str]:
        """To whom a contact can be given: to anyone by whoever gives work to others, else to oneself."""
        return self.book.people(survey.merchant) if person.may("assign") else [person.name]

    def give(self, person: Person, case: int, owner: str) -> None:
        """Will give a contact to somebody. Raises `UnableToFollow`, `UnableToReadFollowUp`, `UnableToWork`."""
        there = self.one(person, case)
        if owner not in self.people(person, there):
            raise UnableToReadFollowUp("owner")
        with self.cases.hold(case, person) as held:
            self._must_wait(case)
            self.book.change(case, {"owner": owner})
            held.write(Entry("second_contact_given", actor(person), self.cases.now(), data={"to": owner}))

    def contact(self, person: Person, case: int, outcome: str, note: str) -> None:
        """Will keep that a buyer was contacted, with a note and what came of it. Raises as `give` does."""
        self.one(person, case)
        words = note.strip()
        if outcome not in OUTCOMES:
            raise UnableToReadFollowUp("outcome")
        if not words or len(words) > LONGEST_NOTE:
            raise UnableToReadFollowUp("note")
        with self.cases.hold(case, person) as held:
            there, now = self._must_wait(case), self.cases.now()
            kept = {"contacted_at": now, "contacted_by": person.name, "outcome": outcome, "note": words}
            self.book.change(case, {**kept, "owner": there.owner or person.name})
            held.write(Entry("second_contact", actor(person), now, words, data={"contact": outcome}))

    def _must_wait(self, case: int) -> Survey:
        there = self.book.survey(case)
        if there is None or not there.waits:
            raise UnableToWork("stale", "nobody waits for this contact any more", "该买家已无需再联系")
        return there
