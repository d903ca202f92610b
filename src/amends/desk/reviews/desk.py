"""The verbs of reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.follow.ports import FollowBook
from amends.desk.reviews.ports import ReviewBook
from amends.facts.audit import Deed
from amends.facts.follow_up import FollowShop
from amends.facts.imported import SourceRow
from amends.facts.people import Person
from amends.facts.review_answers import flaw_of
from amends.facts.reviews import (
    MOST_AT_ONCE,
    Review,
    ReviewFigures,
    ReviewPage,
    ReviewQuery,
    ReviewState,
    ReviewTold,
    Taken,
    UnableToReadReview,
    by_column,
    read_review,
)
from amends.facts.rulebook import Says

LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row made no review. `row` counts from 1, in a file with its header; `field`: the column at fault, "" for the row itself."""

    row: int
    field: str
    says: Says


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of what was told, row by row at fault."""

    taken: Taken
    faults: Sequence[RowFault]


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """The verbs. `suggest` gives the text of a review's template with its places filled in."""

    book: ReviewBook
    follow: FollowBook
    suggest: Callable[[Review], str]
    now: Callable[[], datetime]

    def shops(self, person: Person) -> Sequence[FollowShop]:
        """The shops of a person, by name."""
        return self.follow.shops(person.merchants)

    def take_in(self, person: Person, shop: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> TakenIn:
        """Will keep the reviews of a shop that can be read, and tell which cannot and why. `rows`: number, and what was told.

        Raises `UnableToWork` where there is no such shop, the role may not, or there are too many at once; nothing is kept then.
        """
        there = self._shop(person, shop)
        if len(rows) > MOST_AT_ONCE:
            raise bad_value("rows", f"at most {MOST_AT_ONCE} reviews at once", f"一次最多 {MOST_AT_ONCE} 条")
        market = there.market
        kept: dict[str, ReviewTold] = {}
        faults: list[RowFault] = []
        for number, told in rows:
            try:
                one = read_review(told, market)
            except UnableToReadReview as fault:
                faults.append(RowFault(number, fault.field, fault.says))
                continue
            if one.review in kept and kept[one.review] != one:
                says = Says("told twice, differently; the first one counts", "评价编号重复且内容不同，以第一条为准")
                faults.append(RowFault(number, "review", says))
                continue
            kept[one.review] = one
        deed = Deed(person.name, "review_told", there.merchant, there.name)
        taken = self.book.put(there.number, list(kept.values()), deed, self.now()) if kept else Taken()
        return TakenIn(taken, faults)

    def take_table(self, person: Person, shop: str, table: Iterable[SourceRow]) -> TakenIn:
        """Will keep the reviews of a table that was opened by its header (`wanted`). Raises what `take_in` does."""
        self._shop(person, shop)
        rows: list[tuple[int, Mapping[str, str]]] = []
        faults: list[RowFault] = []
        for row in table:
            if row.fault is not None:
                faults.append(RowFault(row.number, "", Says(row.fault.en, row.fault.zh)))
            elif row.damaged:
                column = next(iter(by_column(dict.fromkeys(row.damaged, ""))), "")
                says = Says("a long number was rounded; export as text", "长数字被表格软件改写，请以文本格式重新导出")
                faults.append(RowFault(row.number, column, says))
            else:
                rows.append((row.number, by_column(row.cells)))
            if len(rows) > MOST_AT_ONCE:
                break
        found = self.take_in(person, shop, rows)
        return replace(found, faults=sorted([*faults, *found.faults], key=lambda one: one.row))

    def find(self, person: Person, query: ReviewQuery) -> ReviewPage:
        """A page of the person's reviews. Raises `UnableToWork`."""
        _may(person, "work")
        return self.book.find(query, person.merchants)

    def after(self, person: Person, query: ReviewQuery, before: int, most: int) -> Sequence[Review]:
        """Reviews for an outside system, the latest taken in first. Raises `UnableToWork`."""
        _may(person, "work")
        return self.book.after(query, person.merchants, before, most)

    def figures(self, person: Person, shop: str = "") -> ReviewFigures:
        """The figures of the person's reviews. Raises `UnableToWork`."""
        _may(person, "work")
        return self.book.figures(person.merchants, shop, self.now())

    def one(self, person: Person, number: int) -> Review:
        """One review. Raises `UnableToWork` where there is none for this person."""
        _may(person, "work")
        found = self.book.one(number, person.merchants)
        if found is None:
            raise UnableToWork("not_found", f"there is no review {number}", f"没有评价 {number}")
        return found

    def of_order(self, shop: str, order: str) -> Sequence[Review]:
        """The reviews of an order, for whoever may see its case."""
        return self.book.of_order(shop, order)

    def low_of(self, shop: str, sku: str) -> tuple[int, int]:
        """How many bad reviews a SKU has, and how many at all, for whoever may see its shop."""
        return self.book.low_of(shop, sku)

    def needs_second(self, review: Review) -> bool:
        """Whether an answer to this review waits for a second person."""
        return review.told.stars < self.follow.terms_of(review.shop).reviews

    def propose(self, person: Person, number: int, text: str) -> None:
        """Will keep an answer: it waits for a second person, or may go out at once, as the shop chose. Raises `UnableToWork`."""
        there, words = self.one(person, number), text.replace("\r\n", "\n").strip()
        if (flaw := flaw_of(words, there)) is not None:
            raise bad_value("answer", flaw.en, flaw.zh)
        if (there.state, there.draft) in (("proposed", words), ("approved", words)):
            return
        now = self.now()
        told: dict[str, Any] = {"draft": words, "drafted_by": person.name, "drafted_at": now, "why": ""}
        told |= {
            "state": "proposed" if self.needs_second(there) else "approved",
            "approved_by": "",
            "approved_at": None,
        }
        self._move(person, there, ("open", "proposed", "approved"), told, "review_proposed", words)

    def approve(self, person: Person, number: int, text: str) -> None:
        """Will say yes to the answer that was looked at (`text`), as a second person: a lead at least, never who wrote it."""
        there = self.one(person, number)
        self._second(person, there)
        if there.draft != text.replace("\r\n", "\n").strip():
            raise _stale()
        told = {"state": "approved", "approved_by": person.name, "approved_at": self.now()}
        self._move(person, there, ("proposed",), told, "review_approved", there.draft)

    def send_back(self, person: Person, number: int, why: str) -> None:
        """Will send an answer back with a reason; its text stays as a draft. Raises `UnableToWork`."""
        there, words = self.one(person, number), why.strip()
        self._second(person, there)
        if not words or len(words) > LONGEST_WHY:
            raise bad_value("why", f"write 1 to {LONGEST_WHY} characters", f"请填写 1 到 {LONGEST_WHY} 个字的理由")
        told = {"state": "open", "why": words, "approved_by": "", "approved_at": None}
        self._move(person, there, ("proposed",), told, "review_returned", words)

    def answered(self, person: Person, number: int) -> Review:
        """Will keep that the approved answer stands on the platform now; a second time changes nothing. Raises `UnableToWork`."""
        there = self.one(person, number)
        if there.state != "answered":
            told = {"state": "answered", "answer": there.draft, "answered_at": self.now()}
            self._move(person, there, ("approved",), told, "review_answered", there.draft)
        return self.one(person, number)

    def _shop(self, person: Person, name: str) -> FollowShop:
        _may(person, "work")
        found = next((one for one in self.shops(person) if one.name == name), None)
        if found is None:
            raise UnableToWork("not_found", f"there is no shop {name}", f"没有店铺 {name}", field="shop")
        return found

    def _second(self, person: Person, there: Review) -> None:
        if not person.may("assign"):
            raise not_allowed(person.role, "assign")
        if there.drafted_by == person.name:
            raise UnableToWork("not_allowed", "a second person has to look at it", "须由另一人审批")

    def _move(
        self,
        person: Person,
        there: Review,
        states: tuple[ReviewState, ...],
        told: Mapping[str, Any],
        deed: str,
        note: str,
    ) -> None:
        case = there.case[0] if there.case else None
        line = Deed(person.name, deed, there.merchant, there.told.review, case, note=note)
        if there.state not in states or not self.book.move(there, told, line, self.now()):
            raise _stale()


def _may(person: Person, duty: str) -> None:
    if not person.may(duty):
        raise not_allowed(person.role, duty)


def _stale() -> UnableToWork:
    return UnableToWork(
        "stale", "the review or its answer changed meanwhile; look again", "评价或回复已有变化，请重新查看"
    )
