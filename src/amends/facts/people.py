"""Who acts: a person with a role, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass

from amends.facts.codes import ROLES


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts at the desk. `role` is one of the roles, from agent up to manager."""

    name: str
    role: str

    def may_act_as(self, role: str) -> bool:
        """Whether this person's role is `role` or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


SYSTEM = Person("system", "manager")
"""The house acting by itself, where a policy says `auto`."""
