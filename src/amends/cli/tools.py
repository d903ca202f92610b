"""What the command line is handed by `wiring`: the ways to rulebooks, policies, the house and the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amends.decide.judge import Rulebooks
    from amends.decide.policy.compiled import CompiledPolicy
    from amends.desk.api.tokens import TokenDesk
    from amends.desk.dossiers.desk import DossierDesk
    from amends.desk.forecast import ForecastDesk
    from amends.desk.house import House
    from amends.desk.metrics import MetricDesk
    from amends.desk.prevention.desk import PreventionDesk
    from amends.desk.reconcile import ReconcileDesk
    from amends.desk.rehearsal.ports import PastCases
    from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest
    from amends.facts.backups import BackupMade
    from amends.facts.month import MonthTold
    from amends.facts.statements import StatementForm
    from amends.facts.truths import Checked
    from amends.learn.case_table import CaseSource
    from amends.learn.metrics.sync import MetricSync


class UnableToStart(RuntimeError):
    """The server cannot be started; the message says why and what to do."""


class UnableToBackUp(RuntimeError):
    """A backup cannot be made, proven or put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Started:
    """What `prepare` found or made: how many cases and shops there are, and how to sign in.

    `buyer`: the page of a sample shop's buyers, with the number and the contact of an order to try it with. `held`: of when the backup is
    that was put back and is not let work yet.
    """

    cases: int
    shops: int
    data: Path
    user: str
    password: str | None
    buyer: tuple[str, str, str] | None = None
    held: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunningFake:
    """A stand-in for a payment provider or a platform: its name, its address, and what one must be told to use it."""

    name: str
    url: str
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tools:
    """Functions that build what a command needs, when it needs it. All are picklable, so that worker processes can call them.

    `house` and the three below it take the data folder and the database's address (None: SQLite in the folder).
    """

    rulebooks: Callable[[], Rulebooks]
    policy: Callable[[Path | None], CompiledPolicy]
    house: Callable[[Path, str | None], House]
    prepare: Callable[[Path, str | None, bool, Callable[[str], None]], Started]
    serve: Callable[[Path, str | None, int, bool, int], None]
    new_password: Callable[[Path, str | None, str], str]
    add_person: Callable[[Path, str | None, str, str, str], str | None]
    fakes: Callable[[Path | None], AbstractContextManager[list[RunningFake]]]
    platforms: Callable[
        [Path | None, Sequence[str], int, int, Mapping[str, str]], AbstractContextManager[list[RunningFake]]
    ]
    wait: Callable[[], None]
    doctor: Callable[[Path, str | None], tuple[Checked, ...]]
    work: Callable[[Path, str | None, str | None, int, int], None]
    cases: Callable[[Path, str | None], CaseSource]
    past_cases: Callable[[Path, str | None], PastCases]
    reconcile: Callable[[Path, str | None], ReconcileDesk]
    tokens: Callable[[Path, str | None], TokenDesk]
    audit: Callable[[Path, str | None, frozenset[str]], Iterator[AuditFinding | AuditProgress]]
    last_digest: Callable[[Path, str | None], KeptDigest | None]
    month: Callable[[Path, int, int, Callable[[str], None]], MonthTold]
    metrics: Callable[[Path, str | None], tuple[MetricSync, MetricDesk]]
    dossiers: Callable[[Path, str | None], DossierDesk]
    prevention: Callable[[Path, str | None], PreventionDesk]
    forecast: Callable[[Path, str | None], ForecastDesk]
    statement_forms: Callable[[], tuple[StatementForm, ...]]
    back_up: Callable[..., BackupMade]
    prove_backup: Callable[[Path, Callable[[int], None]], BackupMade]
    restore: Callable[[Path, Path, str | None, Path | None, Callable[[int], None]], BackupMade]
    release: Callable[[Path, str | None], bool]
