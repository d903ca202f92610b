"""The verbs of guards: look at where a shop stands, and tell what only people know."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from amends.desk.guards.ports import BuyersLink, GuardBook
from amends.desk.guards.probe import Asker, promises
from amends.desk.house import House
from amends.facts.audit import Deed
from amends.facts.descriptors import Flaw, lint, seen
from amends.facts.guard_counts import FORUMS, MonthCount, UnableToReadMonth, read_month, read_told
from amends.facts.guard_shop import GuardShop, UnableToReadGuardShop, read_guard_shop
from amends.facts.guard_shops import ShopThere, Unknown
from amends.facts.people import Person
from amends.facts.programmes import programmes
from amends.facts.promises import PAGE_MARKETS, Promises
from amends.facts.rings import Ring
from amends.learn.guards.duties import Duty, Posted, duties
from amends.learn.guards.listing_truth import Doubt, doubts
from amends.learn.guards.monitor import LOOK_BACK, Standing, standing
from amends.learn.guards.policy_page import Page, page
from amends.learn.guards.rings import rings

SEEN_DAYS: Final = 180
"""Over how many days complaints, and disputes that do not know the charge, are counted."""


class UnableToGuard(PermissionError):
    """There is no such shop for this person, or their role may not tell this."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Where one shop stands. `months`: by network, what was counted."""

    shop: ShopThere
    told: GuardShop
    standings: tuple[Standing, ...]
    months: Mapping[str, Mapping[date, MonthCount]]

    @property
    def known(self) -> bool:
        """Whether anything is known by which a line can be measured."""
        return any(one.state != "unknown" for one in self.standings)


@dataclass(frozen=True, slots=True)
class OnStatements:
    """What a shop's buyers read on their statements, what is wrong with it, and how many disputed because they did not know it."""

    shop: ShopThere
    told: GuardShop
    seen: tuple[tuple[str, str], ...]
    flaws: tuple[Flaw, ...]
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The page of one shop for one market, the duties it meets, and where it stands."""

    shop: ShopThere
    market: str
    page: Page
    promises: Promises
    duties: tuple[Duty, ...]
    posted: Posted | None


@dataclass(frozen=True, slots=True)
class GuardDesk:
    """The ports of guards."""

    book: GuardBook
    house: House
    link: BuyersLink
    now: Callable[[], datetime]

    def watched(self, person: Person) -> tuple[Watched, ...]:
        """Where every shop of a person stands with the card networks, the worst first."""
        found = [self._watch(shop) for shop in self.book.shops(person.merchants)]
        return tuple(sorted(found, key=_worst, reverse=True))

    def _watch(self, shop: ShopThere) -> Watched:
        told, today = self.book.told(shop.name), self.now().date()
        since = date(today.year - 1, today.month, 1)
        months = {forum: self.book.months(shop.name, forum, since) for forum in FORUMS}
        standings = tuple(
            standing(one, months[one.forum], today) for one in programmes(today, told.region, shop.market)
        )
        return Watched(shop, told, standings, months)

    def on_statements(self, person: Person) -> tuple[OnStatements, ...]:
        """What buyers of every shop of a person read on their statements."""
        since = self.now() - timedelta(days=SEEN_DAYS)
        found = []
        for shop in self.book.shops(person.merchants):
            told = self.book.told(shop.name)
            names = tuple(dict.fromkeys(one for one in (told.name, shop.name) if one))
            found.append(
                OnStatements(
                    shop,
                    told,
                    seen(told.on_statements),
                    lint(told.on_statements, names),
                    self.book.unknown(shop.name, since),
                )
            )
        return tuple(found)

    def doubtful(self, person: Person) -> tuple[tuple[ShopThere, tuple[Doubt, ...]], ...]:
        """The listings of every shop of a person that may promise what buyers do not find."""
        since, found = self.now() - timedelta(days=SEEN_DAYS), []
        for shop in self.book.shops(person.merchants):
            told = self.book.complaints(shop.name, since)
            found.append((shop, doubts(told, self.book.listings(shop.name, sorted(told.by_sku)))))
        return tuple(found)

    def rings(self, person: Person) -> tuple[tuple[str, tuple[Ring, ...]], ...]:
        """The rings of buyers at every merchant of a person, by merchant. Signs with their reasons; nothing is refused for them."""
        since = self.now() - timedelta(days=SEEN_DAYS)
        found = []
        for merchant in sorted({shop.merchant for shop in self.book.shops(person.merchants)}):
            claims = self.book.tied(merchant, since)
            orders = self.book.ordered(merchant, since, None)
            usual = len(claims) / orders if orders else 0.0
            found.append((merchant, rings(claims, functools.partial(self.book.ordered, merchant, since), usual)))
        return tuple(found)

    def tell_shop(self, person: Person, name: str, told: Mapping[str, Any]) -> GuardShop:
        """Will keep what a shop tells. Raises `UnableToGuard`, `UnableToReadGuardShop`."""
        shop = self._shop(person, name, "settings")
        kept = read_guard_shop(told, self.book.told(name))
        self.book.keep(name, kept, Deed(person.name, "guard_told", shop.merchant, name), self.now())
        return kept

    def tell_month(self, person: Person, name: str, forum: str, month: str, told: Mapping[str, Any]) -> None:
        """Will keep what a processor reports of a month. Raises `UnableToGuard`, `UnableToReadMonth`."""
        shop = self._shop(person, name, "money")
        if forum not in FORUMS:
            raise UnableToReadMonth("forum", f"one of {', '.join(FORUMS)} is needed")
        day, found = read_month(month), read_told(told)
        if day > self.now().date():
            raise UnableToReadMonth("month", f"{month} has not begun")
        deed = Deed(person.name, "month_told", shop.merchant, f"{name} {forum} {month}")
        self.book.keep_month(name, forum, day, found, deed, self.now())

    def policy_page(self, person: Person, name: str, market: str) -> PolicyPage:
        """The page of a shop for a market, as the live policy stands. Raises `UnableToGuard`."""
        shop = self._shop(person, name, "see")
        if market not in PAGE_MARKETS:
            raise UnableToGuard(market)
        now = self.now()
        found = promises(
            Asker(self.house, self.house.policy_for(name, market, shop.channel), name, shop.channel, market, now)
        )
        told, link = self.book.told(name), self.link(name)
        written = page(name, told, found, link, now.date())
        posted = self._posted(name, market, written)
        return PolicyPage(shop, market, written, found, duties(found, written, told, link, posted, now.date()), posted)

    def _posted(self, name: str, market: str, written: Page) -> Posted | None:
        kept = self.book.posted(name, market)
        if kept is None:
            return None
        url, digest, by, at = kept
        return Posted(url, at.date(), by, digest == digest_of(written))

    def tell_posted(self, person: Person, name: str, market: str, url: str) -> None:
        """Will write down that the page as it reads today stands at an address. Raises `UnableToGuard`, `UnableToReadGuardShop`."""
        shop = self._shop(person, name, "settings")
        if not url.startswith(("https://", "http://")) or len(url) > 400 or any(sign.isspace() for sign in url):
            raise UnableToReadGuardShop("url", "the address of the page is needed, from https:// on")
        digest = digest_of(self.policy_page(person, name, market).page)
        self.book.keep_posted(
            name, market, url, digest, Deed(person.name, "page_posted", shop.merchant, f"{name} {market}"), self.now()
        )

    def _shop(self, person: Person, name: str, duty: str) -> ShopThere:
        found = next((one for one in self.book.shops(person.merchants) if one.name == name), None)
        if found is None or not person.may(duty):
            raise UnableToGuard(name)
        return found


def digest_of(written: Page) -> str:
    """The fingerprint of a page's words, without the day on which they were read."""
    told = "\n".join(
        f"{one.title.en}\n{one.title.zh}\n" + "\n".join(f"{two.en}\n{two.zh}" for two in one.paragraphs)
        for one in written.sections
    )
    return hashlib.sha256(told.encode()).hexdigest()


def months_shown(today: date) -> tuple[date, ...]:
    """The months that a monitor looks at, the newest first."""
    first = today.replace(day=1)
    total = first.year * 12 + first.month - 1
    return tuple(date((total - back) // 12, (total - back) % 12 + 1, 1) for back in range(LOOK_BACK + 1))


_RANK: Final = {"over": 4, "heading": 3, "near": 2, "far": 1, "unknown": 0}


def _worst(found: Watched) -> tuple[int, str]:
    return (max((_RANK[one.state] for one in found.standings), default=0), found.shop.name)
