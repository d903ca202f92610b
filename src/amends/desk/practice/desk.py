"""The verbs of practice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.decide.decide import decide
from amends.decide.judge import Rulebooks
from amends.desk.practice.ports import PracticeBook
from amends.facts.audit import Deed
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.decision_json import decision_json
from amends.facts.fields import UnableToReadCase
from amends.facts.knowledge import Example
from amends.facts.people import MAIN, Person
from amends.facts.practice import LATELY, ROUND, Exercise, Mark, PastCase, Pick, Progress, Round, RoundLine, tallies
from amends.facts.read_case import read_case
from amends.facts.situation import Policy
from amends.learn.practice.ask import exercise
from amends.learn.practice.choose import Candidate, choose
from amends.learn.practice.masked import as_asked, masked

MOST_CASES: Final = 200
"""So many of the cases that were closed last can come up."""
MOST_ROUNDS: Final = 10
There = tuple[Case, datetime, str]
"""A case, the moment at which it is to be decided, and the name of its shop."""


class UnableToPractise(LookupError):
    """There is no such round of this person, or no such case in it."""


class UnableToAnswer(ValueError):
    """A question was not answered with one of its choices; `field` names it: answer, money or deadline."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Sitting:
    """A case of a round: to be decided, or, where `marks` are there, decided. `exercise` is None where the case is gone."""

    round: Round
    place: int
    exercise: Exercise | None
    decision: Mapping[str, Any] | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeDesk:
    """The ports of practice. `chance`: a few letters that nobody can foretell."""

    book: PracticeBook
    books: Rulebooks
    policy_for: Callable[[str, str, str], Policy]
    examples: Callable[[], Sequence[Example]]
    now: Callable[[], datetime]
    chance: Callable[[], str]

    def begin(self, person: Person) -> int:
        """Will begin a round, or lead back to the one that is not over; its number.

        The shop's own closed cases come first; samples fill up what is missing of ten.
        """
        seed, lately = self.chance(), tallies(self._own(person), LATELY)
        own = [self._candidate(Pick("case", str(one.number)), _rewound(one)) for one in self._past(person)]
        picks = choose([one for one in own if one], lately, ROUND, seed)
        if len(picks) < ROUND:
            samples = [
                self._candidate(Pick("sample", one.name), (one.case, one.at, "")) for one in self._samples(person)
            ]
            picks += choose([one for one in samples if one], lately, ROUND - len(picks), seed)
        return self.book.begin(person.name, _merchant(person), seed, picks, self.now())

    def sit(self, person: Person, number: int, place: int | None = None) -> Sitting | None:
        """The case at a place of a round, decided or not; without a place the next that is not decided, None where there is none.

        Raises `UnableToPractise`.
        """
        found = self._round(person, number)
        if place is None:
            place = self._next(person, found)
            if place is None:
                return None
        if not 1 <= place <= len(found.picks):
            raise UnableToPractise(str(place))
        made = self._exercise(found.picks[place - 1], person, f"{found.seed} {place}")
        marks = tuple([one for one in found.marks if one.place == place])
        if made is None or not marks:
            return Sitting(found, place, made[0] if made else None, None, marks)
        return Sitting(found, place, made[0], decision_json(made[1]), marks)

    def answer(self, person: Person, number: int, place: int, given: Mapping[str, str]) -> None:
        """Will keep the choices for one case and mark them. Raises `UnableToPractise`, `UnableToAnswer`."""
        sitting = self.sit(person, number, place)
        if sitting is None or sitting.exercise is None:
            raise UnableToPractise(str(place))
        marks = []
        for question in sitting.exercise.questions:
            chosen = given.get(question.asked, "")
            if chosen not in [one.code for one in question.options]:
                raise UnableToAnswer(question.asked)
            marks += [Mark(place, question.asked, topic, chosen, question.right) for topic in question.topics]
        if not sitting.marks:
            self.book.keep(number, marks, self.now())
        self.close(person, number)

    def close(self, person: Person, number: int) -> Round:
        """The round; once every case in it was decided or is gone, it is written down as over. Raises `UnableToPractise`."""
        found = self._round(person, number)
        if found.over is None and self._next(person, found) is None:
            right = sum(mark.right for mark in found.marks)
            told = Deed(person.name, "practised", _merchant(person), f"{right}/{len(found.marks)}")
            self.book.finish(number, told, self.now())
            return self._round(person, number)
        return found

    def rounds(self, person: Person) -> Sequence[RoundLine]:
        """The newest rounds of a person."""
        return self.book.rounds(person.name, MOST_ROUNDS)

    def progress(self, person: Person) -> Progress:
        """How the person does by topic."""
        return _progress(person.name, self._own(person), self.book.finished([person.name], None))

    def team(self, person: Person) -> Sequence[Progress]:
        """How everyone with a seat at the person's merchants does there; nothing for a role that gives no work to others."""
        if not person.may("assign"):
            return []
        people = self.book.people(person.merchants)
        marks, over = self.book.marks(people, person.merchants), self.book.finished(people, person.merchants)
        return [_progress(name, [mark for who, mark in marks if who == name], over) for name in people]

    def _own(self, person: Person) -> list[Mark]:
        return [mark for _, mark in self.book.marks([person.name], None)]

    def _round(self, person: Person, number: int) -> Round:
        found = self.book.round(number, person.name)
        if found is None:
            raise UnableToPractise(str(number))
        return found

    def _next(self, person: Person, found: Round) -> int | None:
        """The first place that was not decided and whose case is still there."""
        open_places = [place for place in range(1, len(found.picks) + 1) if place not in found.done]
        return next((one for one in open_places if self._exercise(found.picks[one - 1], person, "")), None)

    def _samples(self, person: Person) -> Sequence[Example]:
        """The samples of where the person's shops sell; where those do not make a round, all of them."""
        sells = self.book.sells(person.merchants)
        channels, markets = {"direct", *[channel for channel, _ in sells]}, {market for _, market in sells}
        fit = [one for one in self.examples() if one.case.market in markets and one.case.shop.channel in channels]
        return fit if len(fit) >= ROUND else self.examples()

    def _past(self, person: Person) -> Sequence[PastCase]:
        return self.book.past(person.merchants, MOST_CASES)

    def _candidate(self, pick: Pick, there: There | None) -> Candidate | None:
        if there is None:
            return None
        found, decision = self._made(there, "")
        topics = frozenset([topic for one in found.questions for topic in one.topics])
        like = (found.case.request.kind, found.case.request.reason, decision.outcome, decision.remedy)
        return Candidate(pick, topics, like)

    def _exercise(self, pick: Pick, person: Person, seed: str) -> tuple[Exercise, Decision] | None:
        there = self._there(pick, person)
        return self._made(there, seed) if there else None

    def _made(self, there: There, seed: str) -> tuple[Exercise, Decision]:
        case, at, shop = masked(there[0]), there[1], there[2]
        decision = decide(case, at, self.books, self.policy_for(shop, case.market, case.shop.channel))
        return exercise(case, at, decision, seed), decision

    def _there(self, pick: Pick, person: Person) -> There | None:
        if pick.source == "sample":
            sample = next((one for one in self.examples() if one.name == pick.key), None)
            return (sample.case, sample.at, "") if sample else None
        past = self.book.past_case(int(pick.key), person.merchants)
        return _rewound(past) if past else None


def _rewound(past: PastCase) -> There | None:
    """A past case as it was asked for; a file that cannot be read any more is none."""
    try:
        case, at = as_asked(read_case(past.case))
    except UnableToReadCase:
        return None
    return case, at, past.shop


def _merchant(person: Person) -> str:
    return min(person.merchants) if person.merchants else MAIN


def _progress(name: str, marks: Sequence[Mark], over: Sequence[str]) -> Progress:
    return Progress(name, sum(one == name for one in over), tallies(marks), tallies(marks, LATELY))
