"""Cases in which a rule of the policy is the first match while a given rule of law or platform gives the buyer something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from amends.decide.entitlement import asked_remedy
from amends.decide.policy.check.cells import all_tests
from amends.decide.policy.check.grants import Dated, Given, Giver, Giving, grants_of
from amends.decide.policy.check.harder import goes_along, is_asked
from amends.decide.policy.check.match import AtLeast, first_match, known_judged, narrowed
from amends.decide.policy.check.search import NO, YES, Answer, Budget, search
from amends.decide.policy.check.space import Space
from amends.decide.policy.check.world import Undecided, World
from amends.decide.policy.model import PolicyRule, Then
from amends.facts.rulebook import Cap

Bears = Callable[[Given, World], bool]
"""Whether a grant bears on what is looked for; may be `Undecided`."""
_AMOUNTS: Final = ("refund_total", "capped")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: rule `index` first, with a grant that stands (or hangs on missing facts) and bears on it.

    `is_harder`: only where the rule's proposal may be harder on the buyer than a grant.
    """

    rules: tuple[PolicyRule, ...]
    index: int
    standing: bool
    bears: Bears
    is_harder: bool = True

    @property
    def then(self) -> Then:
        """What the rule proposes."""
        return self.rules[self.index].then


def worlds(
    space: Space, market: str, law: Giving, dated: Giver, sought: Sought, budget: Budget
) -> Iterator[dict[str, Any]]:
    """Every world, as far as it had to be chosen, in which the rule of law gives what is sought."""
    if not sought.standing and "unknown" not in dated.rule.says:
        return
    amounts = any(test.fact.name in _AMOUNTS for test in all_tests(space.text))
    for about in (True, False):
        supposed = _Supposed(law, dated, sought, amounts, about)
        yield from search(space, {"market": market}, supposed.ask, budget)


def capped_worlds(
    space: Space, market: str, dated: Dated, rules: tuple[PolicyRule, ...], index: int, budget: Budget
) -> Iterator[dict[str, Any]]:
    """Every world in which rule `index` can be first while the rule of law or platform caps what was asked."""
    known = known_judged({"capped": True})

    def ask(world: World) -> Answer:
        policy = first_match(rules, index, world, known)
        if not policy.possible or policy.axis:
            return policy
        world.reads = set()
        try:
            finding = dated.judge(world)
            asked = asked_remedy(world.get("kind"))
        except Undecided as undecided:
            return Answer(True, undecided.axis)
        claims = finding.claims if finding and finding.verdict == "holds" else ()
        return YES if any(isinstance(claim, Cap) and asked in claim.remedies for claim in claims) else NO

    return search(space, {"market": market}, ask, budget)


_NOTHING_STANDS: Final[dict[str, Any]] = {"something_owed": False, "entitled": False, "owed": frozenset()}


@dataclass(frozen=True, slots=True)
class _Supposed:
    """One question, for grants that are about what was asked, or for those that are not.

    What the policy makes of either is then the same in every world, so that its "no" rests on nothing but what it looks at.
    """

    law: Giving
    dated: Giver
    sought: Sought
    amounts: bool
    about: bool

    def ask(self, world: World) -> Answer:
        """First what the policy says, then what the rule gives, then what may void it."""
        sought = self.sought
        judged = known_judged(self._known())
        own = narrowed(sought.rules[sought.index], world, judged)
        if own is not None:
            return own
        try:
            if sought.is_harder and goes_along(sought.then, world):
                return NO
        except Undecided as undecided:
            return Answer(True, undecided.axis)
        if not first_match(sought.rules, sought.index, world, judged).possible:
            return NO
        world.reads = set()  # from here on, a "no" rests on what the rule of law looks at
        try:
            finding = self.dated.judge(world)
        except Undecided as undecided:
            return Answer(True, undecided.axis)
        given = [item for item in grants_of(finding) if item.standing is sought.standing] if finding else []
        possible = [answer for answer in [self._ask_grant(item, world) for item in given] if answer.possible]
        if not possible:
            return NO
        return next((answer for answer in possible if answer.axis is None), possible[0])

    def _ask_grant(self, given: Given, world: World) -> Answer:
        void = self.law.voids(given, world)
        if void is True:
            return NO
        try:
            if not self._is_supposed(given, world) or not self.sought.bears(given, world):
                return NO
        except Undecided as undecided:
            return Answer(True, undecided.axis)
        known = self._known()
        if given.standing:
            known["owed"] = AtLeast(given.grant.remedies)
        given_by = frozenset(world.reads)  # what is owed rests on these
        policy = first_match(self.sought.rules, self.sought.index, world, known_judged(known))
        world.reads |= given_by
        if not policy.possible:
            return NO
        axis = policy.axis or (void if isinstance(void, str) else None)
        axis = axis or (_amount_axis(world) if self.amounts else None)
        return Answer(True, axis) if axis else YES

    def _is_supposed(self, given: Given, world: World) -> bool:
        if given.standing:
            return is_asked(given, world) is self.about
        return (asked_remedy(world.get("kind")) in given.grant.remedies) is self.about

    def _known(self) -> dict[str, Any]:
        """What such a grant tells of the judged facts."""
        if self.sought.standing:
            asked = {"entitled": True, "in_doubt": False} if self.about else {}
            return {"something_owed": True, **asked}
        doubt = {"in_doubt": True} if self.about else {}
        return {**_NOTHING_STANDS, **doubt, "facts_missing": True}  # a doubtful finding names what is missing


def _amount_axis(world: World) -> str | None:
    """The axes of the amount, where the policy looks at what would be refunded."""
    try:
        currency = world.get("currency")
        world.get(f"paid:{currency}")
    except Undecided as undecided:
        return undecided.axis
    return None
