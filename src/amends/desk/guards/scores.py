"""The verbs on scores of platforms: look where each shop stands, keep what a platform showed, set lines and goals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from amends.basics.zones import local
from amends.desk.guards.desk import UnableToGuard
from amends.facts.audit import Deed
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Merchants, Person
from amends.facts.score_readings import (
    Reading,
    ScoreTerms,
    UnableToReadScores,
    Way,
    read_day,
    read_file,
    read_readings,
    read_terms,
)
from amends.facts.scores import MEASURES, Programme, programme, programmes_of
from amends.learn.guards.scores import Standing, standing, worst
from amends.learn.metrics.ask import Facts, Question
from amends.learn.metrics.board import Shown, shown
from amends.learn.metrics.catalogue import BY_CODE
from amends.learn.metrics.rows import day_of

LOOK_BACK: Final = 180
HOUSE_DAYS: Final = 30
"""The days over which platforms count, and so the house beside them."""


class ScoreBook(Protocol):
    """Where readings are kept. Every method that writes is one transaction and tells the audit."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Give every shop within a wall, by name."""
        ...

    def readings(self, shop: str, since: date) -> Sequence[Reading]:
        """Give the readings of a shop from a day on."""
        ...

    def terms(self, shop: str) -> Mapping[str, ScoreTerms]:
        """Give what a shop set itself, by programme."""
        ...

    def keep(self, told: Mapping[str, Sequence[Reading]], deeds: Sequence[Deed], at: datetime) -> None:
        """Keep readings by shop; one of the same day and measure takes the place of what was there."""
        ...

    def drop(self, shop: str, code: str, day: date, deed: Deed, at: datetime) -> None:
        """Let go the readings of a day."""
        ...

    def keep_terms(self, shop: str, code: str, terms: ScoreTerms, deed: Deed, at: datetime) -> None:
        """Keep what a shop sets itself."""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """A shop and where it stands with each score of its platform. `today`: on the clock of its market."""

    shop: ShopThere
    today: date
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class ScoreDesk:
    """The ports of scores."""

    book: ScoreBook
    facts: Facts
    now: Callable[[], datetime]

    def all(self, person: Person) -> tuple[Scored, ...]:
        """Where every shop of a person stands whose platform gives scores, the worst first."""
        found = [self._scored(one) for one in self.book.shops(person.merchants) if programmes_of(one.channel)]
        return tuple(sorted(found, key=lambda one: (-worst(one.standings), one.shop.name)))

    def _scored(self, shop: ShopThere) -> Scored:
        today = self._today(shop)
        told, terms = self.book.readings(shop.name, today - timedelta(days=LOOK_BACK)), self.book.terms(shop.name)
        programmes = programmes_of(shop.channel)
        house = self._house(shop, programmes)
        return Scored(
            shop,
            today,
            tuple([standing(one, told, terms.get(one.id, ScoreTerms()), house, today) for one in programmes]),
        )

    def _house(self, shop: ShopThere, programmes: Sequence[Programme]) -> dict[str, Shown]:
        """The house's own metrics of the last thirty days that are over, beside the thirty before."""
        codes = {MEASURES[code].metric for one in programmes for code in one.measures} - {""}
        last = day_of(self.now(), shop.market) - 1
        question = Question(
            last - HOUSE_DAYS + 1, last, frozenset({shop.merchant}), {"shop": shop.name}, today=last + 1
        )
        before = Question(
            last - 2 * HOUSE_DAYS + 1, last - HOUSE_DAYS, question.merchants, question.only, today=last + 1
        )
        found = shown(self.facts, [BY_CODE[code] for code in sorted(codes)], question, before)
        return {one.metric.code: one for one in found}

    def tell(
        self, person: Person, name: str, code: str, day: str, told: Mapping[str, str], way: Way = "form"
    ) -> tuple[Reading, ...]:
        """Will keep what a platform showed on a day. Raises `UnableToGuard`, `UnableToReadScores`."""
        shop = self._shop(person, name, "assign")
        found = read_readings(_of(shop, code), read_day(day, self._today(shop)), told, way)
        self.book.keep({name: found}, [self._deed(person, shop, found, way)], self.now())
        return found

    def tell_file(self, person: Person, content: bytes) -> int:
        """Will keep every line of a CSV file, or none; how many. Raises `UnableToGuard`, `UnableToReadScores`."""
        shops = {one.name: one for one in self.book.shops(person.merchants)}
        if not person.may("assign"):
            raise UnableToGuard("file")
        today = max([self._today(one) for one in shops.values()], default=self.now().date())
        found = read_file(content, {one.name: one.channel for one in shops.values()}, today)
        deeds = [self._deed(person, shops[name], told, "file") for name, told in found.items()]
        self.book.keep(found, deeds, self.now())
        return sum([len(told) for told in found.values()])

    def drop(self, person: Person, name: str, code: str, day: str) -> None:
        """Will let go what was told of a day. Raises `UnableToGuard`, `UnableToReadScores`."""
        shop = self._shop(person, name, "assign")
        found = read_day(day, self._today(shop))
        deed = Deed(person.name, "score_dropped", shop.merchant, name, note=f"{_of(shop, code).id} {found}")
        self.book.drop(name, code, found, deed, self.now())

    def set_terms(self, person: Person, name: str, code: str, told: Mapping[str, str]) -> ScoreTerms:
        """Will keep a shop's own line and goals. Raises `UnableToGuard`, `UnableToReadScores`."""
        shop = self._shop(person, name, "settings")
        terms = read_terms(_of(shop, code), told)
        deed = Deed(person.name, "score_terms", shop.merchant, name, note=f"{code} {terms.line or ''}".strip())
        self.book.keep_terms(name, code, terms, deed, self.now())
        return terms

    def _deed(self, person: Person, shop: ShopThere, found: Sequence[Reading], way: Way) -> Deed:
        note = f"{way}: " + ", ".join(
            [f"{one.programme} {one.day} {one.measure} {one.value.normalize():f}" for one in found]
        )
        return Deed(person.name, "score_told", shop.merchant, shop.name, note=note)

    def _today(self, shop: ShopThere) -> date:
        return local(self.now(), shop.market).date()

    def _shop(self, person: Person, name: str, duty: str) -> ShopThere:
        found = next((one for one in self.book.shops(person.merchants) if one.name == name), None)
        if found is None or not person.may(duty):
            raise UnableToGuard(name)
        return found


def _of(shop: ShopThere, code: str) -> Programme:
    found = programme(code)
    if found is None or shop.channel not in found.channels:
        known = ", ".join([one.id for one in programmes_of(shop.channel)])
        raise UnableToReadScores("programme", f"one of {known or 'its platform (it has no scores)'} is needed")
    return found
