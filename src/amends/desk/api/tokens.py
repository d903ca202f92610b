"""Tokens of the API: made by a person for a shop's own system, shown once, revoked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.api.ports import TokenShelf
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.facts.api import SCOPES, ApiToken
from amends.facts.people import DUTIES, STANDINGS, Person

PREFIX: Final = "amends_"
MOST_PER_MINUTE: Final = 1_000_000
ROLES_FOR_TOKENS: Final = tuple([role for role in STANDINGS if role != "admin"])


@dataclass(frozen=True, slots=True)
class TokenDesk:
    """The verbs on tokens. `draw` gives a new secret, `digest` its hash."""

    shelf: TokenShelf
    draw: Callable[[], str]
    digest: Callable[[str], str]
    now: Callable[[], datetime]

    def make(
        self, person: Person, name: str, merchant: str, role: str, scopes: Sequence[str], per_minute: int = 6000
    ) -> tuple[ApiToken, str]:
        """Make a token and give its secret, which is never shown again. Nobody gives a token more than they have."""
        self._may(person, merchant)
        named = name.strip()
        if not 1 <= len(named) <= 80:
            raise bad_value("name", "1 to 80 characters that say what uses it", "请填写名称（1–80 字），说明用途")
        if role not in ROLES_FOR_TOKENS or not DUTIES_OF[role] <= DUTIES_OF[person.role]:
            allowed = ", ".join([one for one in ROLES_FOR_TOKENS if DUTIES_OF[one] <= DUTIES_OF[person.role]])
            raise bad_value("role", f"one of {allowed}", "请选择不高于自己的角色")
        if unknown := sorted(set(scopes) - SCOPES.keys()):
            raise bad_value("scopes", f"{unknown[0]} is none of {', '.join(SCOPES)}", f"未知权限 {unknown[0]}")
        if not scopes:
            raise bad_value("scopes", "choose at least one", "请至少选择一项权限")
        if not 0 <= per_minute <= MOST_PER_MINUTE:
            raise bad_value(
                "per_minute", f"0 (no limit) to {MOST_PER_MINUTE}", f"须在 0（不限）到 {MOST_PER_MINUTE} 之间"
            )
        secret = PREFIX + self.draw()
        wanted = ApiToken(0, named, merchant, role, frozenset(scopes), per_minute, secret[-4:], person.name, self.now())
        try:
            return self.shelf.put(wanted, self.digest(secret)), secret
        except KeyError as fault:
            raise bad_value("name", "another token has this name", "已有同名令牌") from fault

    def tokens(self, person: Person) -> Sequence[ApiToken]:
        """Every token that the person may see, newest first."""
        return self.shelf.all(person.merchants)

    def revoke(self, person: Person, number: int) -> None:
        """Have a token work no more, from now on."""
        found = next((one for one in self.shelf.all(person.merchants) if one.number == number), None)
        if found is None:
            raise UnableToWork("not_found", "there is no such token", "没有该令牌")
        self._may(person, found.merchant)
        self.shelf.revoke(number, self.now())

    def of(self, secret: str) -> ApiToken | None:
        """The token of a secret; None for one that nobody gave out or that was revoked. That it was used is noted once a minute."""
        if not secret.startswith(PREFIX):
            return None
        found = self.shelf.by_hash(self.digest(secret))
        now = self.now()
        if found is not None and (found.used_at is None or (now - found.used_at).total_seconds() > 60):
            self.shelf.used(found.number, now)
        return found

    def _may(self, person: Person, merchant: str) -> None:
        if not person.may("settings"):
            raise not_allowed(person.role, "settings")
        if not (person.may_see(merchant) if merchant else person.merchants is None):
            raise bad_value("merchant", "one of your own merchants", "请选择自己的商家")


DUTIES_OF: Final = {role: frozenset([duty for duty, roles in DUTIES.items() if role in roles]) for role in STANDINGS}
"""What each role may do, to compare them."""
