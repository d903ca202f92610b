"""Cases in which a rule of the policy is the first match while a given rule of law or platform gives the buyer something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from amends.decide.entitlement import asked_remedy
from amends.decide.policy.check.cells import all_tests
from amends.decide.policy.check.grants import Dated, Given, Giving, grants_of
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
    space: Space, market: str, law: Giving, dated: Dated, sought: Sought, budget: Budget
) -> Iterator[dict[str, Any]]:
    """Every world, as far as it had to be chosen, in which the rule of law gives what is sought."""
    amounts = any(test.fact.name in _AMOUNTS for test in all_tests(space.text))
    return search(space, {"market": market}, lambda world: _ask(world, law, dated, sought, amounts), budget)


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


def _ask(world: World, law: Giving, dated: Dated, sought: Sought, amounts: bool) -> Answer:
    """First what the policy says, then what the rule gives, then what may void it."""
    start: dict[str, Any] = {"something_owed": True} if sought.standing else _NOTHING_STANDS
    if not sought.standing and "unknown" not in dated.rule.says:
        return NO
    own = narrowed(sought.rules[sought.index], world, known_judged(start))
    if own is not None:
        return own
    try:
        if sought.is_harder and goes_along(sought.then, world):
            return NO
    except Undecided as undecided:
        return Answer(True, undecided.axis)
    policy = first_match(sought.rules, sought.index, world, known_judged(start))
    if not policy.possible:
        return NO
    world.reads = set()  # from here on, a "no" rests on what the rule of law looks at
    try:
        finding = dated.judge(world)
    except Undecided as undecided:
        return Answer(True, undecided.axis)
    given = [item for item in grants_of(finding) if item.standing is sought.standing] if finding else []
    answers = [_ask_grant(world, law, item, sought, amounts) for item in given]
    possible = [answer for answer in answers if answer.possible]
    if not possible:
        return NO
    return next((answer for answer in possible if answer.axis is None), possible[0])


_NOTHING_STANDS: Final[dict[str, Any]] = {"something_owed": False, "entitled": False, "owed": frozenset()}


def _ask_grant(world: World, law: Giving, given: Given, sought: Sought, amounts: bool) -> Answer:
    void = law.voids(given, world)
    if void is True:
        return NO
    try:
        if not sought.bears(given, world):
            return NO
        known = _known(given, world)
    except Undecided as undecided:
        return Answer(True, undecided.axis)
    policy = first_match(sought.rules, sought.index, world, known_judged(known))
    if not policy.possible:
        return NO
    axis = policy.axis or (void if isinstance(void, str) else None) or (_amount_axis(world) if amounts else None)
    return Answer(True, axis) if axis else YES


def _known(given: Given, world: World) -> dict[str, Any]:
    """What a grant tells of the judged facts."""
    asked = is_asked(given, world)
    if given.standing:
        known: dict[str, Any] = {"something_owed": True, "owed": AtLeast(given.grant.remedies)}
        return {**known, "entitled": True, "in_doubt": False} if asked else known
    found = {**_NOTHING_STANDS, "in_doubt": True} if _is_about_asked(given, world) else dict(_NOTHING_STANDS)
    return {**found, "facts_missing": True} if given.has_missing else found


def _is_about_asked(given: Given, world: World) -> bool:
    kind = world.get("kind")
    return {"cancel": "refund_only"}.get(kind, kind) in given.grant.remedies


def _amount_axis(world: World) -> str | None:
    """The axes of the amount, where the policy looks at what would be refunded."""
    try:
        currency = world.get("currency")
        world.get(f"paid:{currency}")
    except Undecided as undecided:
        return undecided.axis
    return None
