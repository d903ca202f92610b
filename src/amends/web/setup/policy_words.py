"""What the editor of policies completes: keys, facts, and the values that each may have."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from amends.basics.zones import MARKETS
from amends.decide.policy import read_policy, read_then
from amends.decide.policy.model import OPERATORS
from amends.facts.codes import CHANNELS, REMEDIES, ROLES
from amends.facts.vocabulary import VOCABULARY
from amends.facts.vocabulary_fact import NUMERIC, Fact
from amends.web.tongues import Tongue, from_known, known_in, name_of
from amends.web.words import page_words

_THEN_VALUES: Final = {
    "outcome": ("outcome", read_then.OUTCOMES),
    "remedy": ("kind", tuple(sorted(REMEDIES - {"none"}))),
    "handling": ("handling", read_then.HANDLINGS),
    "approver": ("role", tuple(ROLES)),
    "shipping_paid_by": ("who", read_then.PAYERS),
    "waive": ("deduction", read_then.WAIVABLE),
    "kind": ("deduction", read_then.DEDUCTIONS),
}
Word = dict[str, str]


@cache
def policy_words(language: Tongue) -> dict[str, Any]:
    """Will give the words by the place where they stand, each with what it means.

    `keys`: by what the mapping is; `facts`: the keys of a condition; `values`: by key; `operators` and `numeric`: what may follow a fact.
    """
    facts = list(VOCABULARY.values())
    return {
        "keys": {
            "top": _plain(read_policy.KEYS),
            "applies": _plain(("shops", "markets", "channels")),
            "approvals": _plain(("up_to", "role")),
            "rules": _plain(read_policy.RULE_KEYS),
            "then": _plain(read_then.KEYS),
            "refund": _plain(("percent", "amount")),
            "deduct": _plain(("kind", "percent", "amount")),
            "compensation": _plain(("amount",)),
            "say": _plain(("zh", "en")),
        },
        "joins": [
            _word("all", page_words("policy.join_all", language)),
            _word("any", page_words("policy.join_any", language)),
            _word("none", page_words("policy.join_none", language)),
        ],
        "facts": [_word(fact.name, _means(fact, language)) for fact in facts],
        "operators": _plain(OPERATORS),
        "numeric": [fact.name for fact in facts if fact.kind in NUMERIC],
        "values": {
            **{
                key: [_word(code, name_of(group, code, language)) for code in codes]
                for key, (group, codes) in _THEN_VALUES.items()
            },
            "role": [_word(role, name_of("role", role, language)) for role in ROLES],
            "markets": [_word(market, name_of("market", market, language)) for market in sorted(MARKETS)],
            "channels": [_word(channel, name_of("channel", channel, language)) for channel in sorted(CHANNELS)],
            "schema": _plain(("amends.policy/1",)),
            "known": _plain(("true", "false")),
        },
        "fact_values": {fact.name: _values(fact, language) for fact in facts},
    }


def _plain(codes: tuple[str, ...]) -> list[Word]:
    return [_word(code) for code in codes]


def _word(word: str, means: str = "") -> Word:
    return {"w": word, "d": "" if means == word else means}


def _means(fact: Fact, language: Tongue) -> str:
    means = from_known(fact.means.en if known_in(language) == "en" else fact.means.zh, language)
    return f"{means} ({fact.unit})" if fact.unit else means


def _values(fact: Fact, language: Tongue) -> list[Word]:
    if fact.kind == "bool":
        return _plain(("true", "false"))
    if fact.kind == "money":
        return [_word(f'"{text}"') for text in ("30 CNY", "10 EUR", "10 GBP", "10 USD")]
    group = fact.group or fact.name
    return [_word(code, name_of(group, code, language)) for code in sorted(fact.codes)]
