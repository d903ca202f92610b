"""A policy file's text in, a checked `PolicyText` out; or every fault in it at once (`amends.policy/1`)."""

from __future__ import annotations

from typing import Any, Final

from amends.basics.zones import MARKETS
from amends.decide.policy.model import Approval, PolicyRule, PolicyText, tests
from amends.decide.policy.parts import LONGEST_NAME, items_of, part_of, read_money, read_name, words
from amends.decide.policy.read_conditions import read_when
from amends.decide.policy.read_then import read_then
from amends.decide.policy.spots import Faults, Spot, UnableToReadPolicy, hint, read_spots, shown
from amends.facts.codes import CHANNELS, ROLES
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.rulebook import Says

KEYS: Final = (
    "policy",
    "version",
    "applies",
    "approvals",
    "rules",
    "otherwise",
    "answer_before_hours",
    "price_protection_days",
    "stock_hold_days",
    "advance_after_orders",
    "title",
    "schema",
)
MOST_HOURS: Final = 72
"""The house answers at most so long before an answer is due."""
TERMS: Final = {"price_protection_days": 365, "stock_hold_days": 90, "advance_after_orders": 1000}
"""Numbers about remedies, and how large each may be."""
RULE_KEYS: Final = ("id", "when", "then", "say")


def read_policy(text: str) -> PolicyText:
    """The policy that a YAML text states. `UnableToReadPolicy` lists every fault with its line and path."""
    faults = Faults()
    root = read_spots(text, faults)
    found = _policy(root, faults) if root is not None else None
    if faults.found or found is None:
        raise UnableToReadPolicy(sorted(faults.found, key=lambda fault: fault.line))
    return found


def _policy(root: Spot, faults: Faults) -> PolicyText | None:
    parts = part_of(root, KEYS, faults, ("policy", "rules"))
    if parts is None:
        return None
    name = read_name(parts.get("policy"), faults) or "?"
    if "schema" in parts and parts["schema"].value != "amends.policy/1":
        faults.add(parts["schema"], f"amends.policy/1 is read here, not {shown(parts['schema'].value)}")
    applies = part_of(parts["applies"], ("shops", "markets", "channels"), faults) if "applies" in parts else None
    applies = applies or {}
    rules = _rules(parts.get("rules"), faults)
    if "otherwise" in parts:
        then = read_then(parts["otherwise"], faults)
        if then:
            rules.append(PolicyRule("otherwise", (), then, None, then.currencies, parts["otherwise"].key_line))
    return PolicyText(
        id=name,
        version=_version(parts.get("version"), faults),
        shops=words(applies.get("shops"), None, faults),
        markets=words(applies.get("markets"), MARKETS, faults),
        channels=words(applies.get("channels"), CHANNELS, faults),
        approvals=_approvals(parts.get("approvals"), faults),
        rules=tuple(rules),
        has_otherwise="otherwise" in parts,
        answer_before_hours=_hours(parts.get("answer_before_hours"), faults),
        remedy_terms=_remedy_terms(parts, faults),
    )


def _hours(spot: Spot | None, faults: Faults) -> int | None:
    if spot is None:
        return None
    if isinstance(spot.value, bool) or not isinstance(spot.value, int) or not 1 <= spot.value <= MOST_HOURS:
        faults.add(spot, f"whole hours between 1 and {MOST_HOURS} are wanted, not {shown(spot.value)}")
        return None
    return spot.value


def _remedy_terms(parts: dict[str, Spot], faults: Faults) -> RemedyTerms:
    """What is promised and allowed about remedies; the house's own numbers where nothing is said."""
    given: dict[str, int] = {}
    for name, most in TERMS.items():
        spot = parts.get(name)
        if spot is None:
            continue
        value = spot.value
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            faults.add(spot, f"a whole number from 1 to {most} is wanted, not {shown(value)}")
        else:
            given[name] = value
    return RemedyTerms(**given)


def _version(spot: Spot | None, faults: Faults) -> str:
    if spot is None:
        return "1"
    if isinstance(spot.value, bool) or not isinstance(spot.value, str | int) or len(str(spot.value)) > LONGEST_NAME:
        faults.add(spot, f"a number or a short text is wanted, not {shown(spot.value)}")
    return str(spot.value)


def _rules(spot: Spot | None, faults: Faults) -> list[PolicyRule]:
    found: list[PolicyRule] = []
    lines: dict[str, int] = {"otherwise": 0, "gap": 0}
    for item in items_of(spot, faults):
        parts = part_of(item, RULE_KEYS, faults, ("id", "then"))
        if parts is None:
            continue
        name = read_name(parts.get("id"), faults)
        if name in lines:
            where = f"in line {lines[name]}" if lines[name] else "by the language itself"
            faults.add(parts["id"], f"the id {name} is used {where} already; give this rule its own")
        when = read_when(parts["when"], faults) if "when" in parts else ()
        then = read_then(parts["then"], faults) if "then" in parts else None
        say = read_say(parts.get("say"), faults)
        if name and then:
            lines[name] = item.line
            named = {test.currency for test in tests(when) if test.currency}
            found.append(PolicyRule(name, when, then, say, then.currencies | named, item.line))
    return found


def read_say(spot: Spot | None, faults: Faults) -> Says | None:
    """The merchant's own sentence: one text, or {zh, en}."""
    if spot is None:
        return None
    if isinstance(spot.value, str):
        return Says(spot.value, spot.value)
    parts: dict[str, Any] | None = part_of(spot, ("zh", "en"), faults)
    texts = {key: item.value for key, item in (parts or {}).items()}
    for key, item in (parts or {}).items():
        if not isinstance(item.value, str):
            faults.add(item, f"a sentence in {key} is wanted, not {shown(item.value)}")
    if not texts and parts is not None:
        faults.add(spot, "say what people should read: {zh: ..., en: ...}")
    either = next(iter(texts.values()), "")
    return Says(str(texts.get("en", either)), str(texts.get("zh", either)))


def _approvals(spot: Spot | None, faults: Faults) -> tuple[Approval, ...]:
    found = []
    for item in items_of(spot, faults):
        parts = part_of(item, ("up_to", "role"), faults, ("role",))
        if parts is None or "role" not in parts:
            continue
        role = parts["role"]
        if role.value not in ROLES:
            faults.add(
                role, f"one of {', '.join(ROLES)} is wanted, not {shown(role.value)}{hint(str(role.value), ROLES)}"
            )
            continue
        limit = read_money(parts["up_to"], faults) if "up_to" in parts else None
        if limit or "up_to" not in parts:
            found.append(
                Approval(role.value, limit.minor if limit else None, limit.currency if limit else None, item.line)
            )
    return tuple(found)
