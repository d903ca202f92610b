"""What commands of the command line read through, each on a database made ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from amends.desk.api.tokens import TokenDesk
from amends.desk.metrics import MetricDesk
from amends.desk.prevention.desk import PreventionDesk
from amends.desk.reconcile import ReconcileDesk
from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest
from amends.facts.truths import Checked
from amends.learn.case_table import CaseSource
from amends.learn.metrics.sync import MetricSync
from amends.prove.truths import check_truths
from amends.wiring.api import api_desk
from amends.wiring.clock import now
from amends.wiring.metrics import metric_desk, metric_sync
from amends.wiring.prevention import prevention_desk
from amends.wiring.start import build_house
from amends.wiring.statements import reconcile_desk
from amends.wiring.vault import verifier


def doctor(data: Path, url: str | None) -> tuple[Checked, ...]:
    """Every truth about the money in this database, looked at now."""
    build_house(data, url)
    from amends.store.truth_reader import DatabaseLedger

    return check_truths(DatabaseLedger(), now())


def cases(data: Path, url: str | None) -> CaseSource:
    """The cases of this database, to be written out."""
    build_house(data, url)
    from amends.store.case_export import DatabaseCaseSource

    return DatabaseCaseSource(now)


def reconcile(data: Path, url: str | None) -> ReconcileDesk:
    """The verbs of reconciling on this database."""
    build_house(data, url)
    return reconcile_desk()


def tokens(data: Path, url: str | None) -> TokenDesk:
    """The verbs on tokens of the API on this database."""
    build_house(data, url)
    return api_desk().tokens


def audit(data: Path, url: str | None, expected: frozenset[str]) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is sealed on this database and in this folder, looked through."""
    build_house(data, url)
    yield from verifier(data, expected).look()


def last_digest(data: Path, url: str | None) -> KeptDigest | None:
    """The newest digest over all logs."""
    build_house(data, url)
    from amends.store.digest_book import DatabaseDigests

    return DatabaseDigests().last()


def metrics(data: Path, url: str | None) -> tuple[MetricSync, MetricDesk]:
    """What brings the facts for metrics in step on this database, and what answers from them."""
    build_house(data, url)
    return metric_sync(data), metric_desk(data)


def prevention(data: Path, url: str | None) -> PreventionDesk:
    """The verbs of prevention on this database."""
    build_house(data, url)
    return prevention_desk(data)
