"""The verbs of the knowledge base: every page is made when it is read, from the rules and policies that decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from amends.decide.policy.model import PolicyText
from amends.decide.policy.plain import tell_policy
from amends.decide.policy.read_policy import read_policy
from amends.decide.policy.spots import UnableToReadPolicy
from amends.desk.settings.ports import PolicyBook
from amends.facts.knowledge import Learnt, PolicyPage, PolicyWhole
from amends.facts.people import Person
from amends.facts.rulebook import Pack

_KEPT_TEXTS = 64


@dataclass(frozen=True, slots=True)
class KnowledgeDesk:
    """`packs`: every pack, the house's own rules last. `learnt`: what each rule was seen to do, by id. `standard`: the built-in policy."""

    packs: Callable[[], Sequence[Pack]]
    learnt: Callable[[], Mapping[str, Learnt]]
    book: PolicyBook
    standard: Callable[[], PolicyText]

    def policies(self, person: Person) -> Sequence[PolicyWhole]:
        """Every live policy of the person's merchants in plain words, and the built-in one last."""
        kept = [one for one in self.book.policies(person.merchants) if one.live is not None]
        told = [(one.merchant, _read(one.live.text)) for one in kept if one.live is not None]
        own = [tell_policy(text, merchant) for merchant, text in told if text is not None]
        return [*own, tell_policy(self.standard(), "")]

    def policy_rule(self, person: Person, rule: str) -> Sequence[tuple[PolicyWhole, PolicyPage]]:
        """Every rule of that id in the policies of the person's merchants; two merchants may have one each."""
        return [(whole, one) for whole in self.policies(person) for one in whole.rules if one.id == rule]


@lru_cache(maxsize=_KEPT_TEXTS)
def _read(text: str) -> PolicyText | None:
    """A text that cannot be read any more decides nothing, so there is nothing to tell."""
    try:
        return read_policy(text)
    except UnableToReadPolicy:
        return None
