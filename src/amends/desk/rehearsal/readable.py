"""A version of a policy that can be asked, or why it cannot."""

from __future__ import annotations

from amends.decide.policy.compiled import CompiledPolicy
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.policies import PolicyDesk, read
from amends.facts.kept_policies import KeptPolicy


class UnableToRehearse(UnableToSet):
    """A version, a shop or days cannot be used so; `field` names which."""


def readable(desk: PolicyDesk, policy: KeptPolicy, version: int) -> CompiledPolicy:
    """A version of a policy, ready to be asked. Raises `UnableToRehearse`."""
    kept = next((one for one in desk.versions(policy) if one.number == version), None)
    if kept is None:
        raise UnableToRehearse(f"There is no version {version}.", f"没有第 {version} 版。", "version")
    made, faults = read(kept.text, policy.name)
    if made is None:
        line = faults[0].line
        raise UnableToRehearse(
            f"Version {version} cannot be read (line {line}); mend it first.",
            f"第 {version} 版无法读取（第 {line} 行），请先修改。",
            "version",
        )
    return made
