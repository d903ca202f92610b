"""The log of every case: each seal, each place, where it leads, and that the files it names are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amends.basics.moves import UnableToMove
from amends.facts.audit import HOUSE_LOG
from amends.facts.audit_trail import AuditFinding, AuditProgress, LoggedCase, Trail
from amends.facts.log import fold
from amends.facts.vault import chain_faults
from amends.prove.audit.said import chain_found, found

EVERY: Final = 200
HOUSE: Final = ("the house's log", "系统操作日志")
LOG: Final = ("the case log", "售后单日志")


def look_at_logs(trail: Trail, total: int) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is wrong with the logs of cases."""
    named: dict[str, LoggedCase] = {}
    count = 0
    for count, case in enumerate(trail.cases(), 1):
        yield from _faults(case)
        for sha in files_of(case):
            named[sha] = case
        if len(named) >= EVERY:
            yield from _unknown(trail, named)
        if count % EVERY == 0:
            yield AuditProgress("logs", count, 0, total)
    yield from _unknown(trail, named)
    yield from _house(trail)
    for what, owner, seq in trail.orphans():
        yield found("orphan", f"{what} #{owner}", seq=seq)
    yield AuditProgress("logs", count, 0, total)


def _house(trail: Trail) -> Iterator[AuditFinding]:
    """What people did in the house: every place of its chain, and rows that were put beside it."""
    log = trail.house()
    for fault in chain_faults(HOUSE_LOG, log.entries, log.head, log.count):
        yield chain_found(fault, "the house's log", "", HOUSE)
    for number, what in log.loose:
        yield found("unsealed", f"the house's log, row {number}", what=what)


def _faults(case: LoggedCase) -> Iterator[AuditFinding]:
    faults = list(chain_faults(str(case.number), case.entries, case.head, case.version))
    for fault in faults:
        yield chain_found(fault, case.named, case.merchant, LOG)
    if faults:
        return
    try:
        leads = fold([one.entry for one in case.entries])
    except (UnableToMove, ValueError):
        yield found("impossible", case.named, case.merchant)
        return
    if leads != case.tracks:
        yield found("leads_elsewhere", case.named, case.merchant)


def files_of(case: LoggedCase) -> Iterator[str]:
    """The contents that a log names."""
    for one in case.entries:
        items = one.entry.data.get("items")
        for item in items if isinstance(items, list) else ():
            sha = item.get("file") if isinstance(item, dict) else None
            if isinstance(sha, str) and len(sha) == 64:
                yield sha


def _unknown(trail: Trail, named: dict[str, LoggedCase]) -> Iterator[AuditFinding]:
    for sha in sorted(trail.unknown(named)):
        yield found("log_names", named[sha].named, named[sha].merchant, sha=sha)
    named.clear()
