"""The deadlines that bind: the earliest for each duty, and the platform's own word before any computed one."""

from __future__ import annotations

from collections.abc import Iterable

from amends.facts.decision import Deadline
from amends.facts.rulebook import Finding


def binding(findings: Iterable[Finding], agreed: bool) -> tuple[Deadline, ...]:
    """One deadline for each (who, action), soonest first. Those that run from a yes count only where there is one (`agreed`)."""
    found: dict[tuple[str, str], Deadline] = {}
    for finding in findings:
        for due in finding.dues:
            if due.on_accept and not agreed:
                continue
            key = (due.who, due.action)
            known = found.get(key)
            if known is None or (due.live, -due.due.timestamp()) > (known.due.live, -known.due.due.timestamp()):
                found[key] = Deadline(due, finding.rule.id)
    if len(found) < 2:
        return tuple(found.values())
    return tuple(sorted(found.values(), key=lambda item: (item.due.due, item.due.who, item.due.action)))
