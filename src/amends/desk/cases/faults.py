"""Why a verb on a case was not done, in words for people and in a code for machines."""

from __future__ import annotations

from collections.abc import Sequence

from amends.facts.rulebook import Says


class UnableToWork(ValueError):
    """A verb was not done, and nothing of it was. `code`: what kind of reason; `field`: the input at fault, where it is one.

    Codes: not_found, not_allowed, stale (the case changed since it was looked at), not_possible (not in this state), entitled (a rule
    of law or platform forbids it; `rules` names them), bad_value, money (a cap, a dispute or an earlier plan stands against it).
    """

    def __init__(self, code: str, en: str, zh: str, field: str = "", rules: Sequence[str] = ()) -> None:
        super().__init__(f"{field}: {en}" if field else en)
        self.code, self.field, self.rules = code, field, tuple(rules)
        self.says = Says(en, zh)


def not_found(number: object) -> UnableToWork:
    """There is no such case, or it is another merchant's, which is the same to whoever asks."""
    return UnableToWork("not_found", f"there is no case {number}", f"没有售后单 {number}")


def not_allowed(role: str, duty: str) -> UnableToWork:
    """The person's role does not do this."""
    return UnableToWork("not_allowed", f"the role {role} may not do this ({duty})", f"当前角色（{role}）无权进行此操作")


def bad_value(field: str, en: str, zh: str) -> UnableToWork:
    """An input that is missing or wrong; the words say what would be right."""
    return UnableToWork("bad_value", en, zh, field)
