"""What commands of the command line read through, each on a database made ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from amends.wiring.clock import now
from amends.wiring.start import build_house

if TYPE_CHECKING:
    from amends.desk.api.tokens import TokenDesk
    from amends.desk.dossiers.desk import DossierDesk
    from amends.desk.forecast import ForecastDesk
    from amends.desk.metrics import MetricDesk
    from amends.desk.prevention.desk import PreventionDesk
    from amends.desk.reconcile import ReconcileDesk
    from amends.desk.rehearsal.ports import PastCases
    from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest
    from amends.facts.truths import Checked
    from amends.learn.case_table import CaseSource
    from amends.learn.metrics.sync import MetricSync


def doctor(data: Path, url: str | None) -> tuple[Checked, ...]:
    """Every truth about the money in this database, looked at now."""
    from amends.prove.truths import check_truths

    build_house(data, url)
    from amends.store.truth_reader import DatabaseLedger

    return check_truths(DatabaseLedger(), now())


def cases(data: Path, url: str | None) -> CaseSource:
    """The cases of this database, to be written out."""
    build_house(data, url)
    from amends.store.case_export import DatabaseCaseSource

    return DatabaseCaseSource(now)


def past_cases(data: Path, url: str | None) -> PastCases:
    """Every case of this database, for the history."""
    build_house(data, url)
    from amends.store.past_cases import DatabasePastCases

    return DatabasePastCases()


def reconcile(data: Path, url: str | None) -> ReconcileDesk:
    """The verbs of reconciling on this database."""
    from amends.wiring.statements import reconcile_desk

    build_house(data, url)
    return reconcile_desk()


def tokens(data: Path, url: str | None) -> TokenDesk:
    """The verbs on tokens of the API on this database."""
    from amends.wiring.api import api_desk

    build_house(data, url)
    return api_desk().tokens


def audit(data: Path, url: str | None, expected: frozenset[str]) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is sealed on this database and in this folder, looked through."""
    from amends.wiring.vault import verifier

    build_house(data, url)
    yield from verifier(data, expected).look()


def last_digest(data: Path, url: str | None) -> KeptDigest | None:
    """The newest digest over all logs."""
    build_house(data, url)
    from amends.store.digest_book import DatabaseDigests

    return DatabaseDigests().last()


def metrics(data: Path, url: str | None) -> tuple[MetricSync, MetricDesk]:
    """What brings the facts for metrics in step on this database, and what answers from them."""
    from amends.wiring.metrics import metric_desk, metric_sync

    build_house(data, url)
    return metric_sync(data), metric_desk(data)


def dossiers(data: Path, url: str | None) -> DossierDesk:
    """The verbs of dossiers on this database, with no way to move money."""
    from amends.wiring.cases import case_desk
    from amends.wiring.disputes import dispute_desk
    from amends.wiring.disputes import settings_of as dispute_settings
    from amends.wiring.dossiers import dossier_desk
    from amends.wiring.house import live_house, money_desk
    from amends.wiring.portal import evidence_desk
    from amends.wiring.tracking import networks_of, tracking_desk
    from amends.wiring.vault import vault_desk
    from amends.wiring.ways import read_ways

    build_house(data, url)
    house, ways = live_house(), read_ways("")
    case_verbs = case_desk(house, money_desk(house, ways))
    evidence = evidence_desk(case_verbs, data)
    disputes = dispute_desk(case_verbs, evidence, ways, dispute_settings(data))
    parcels = tracking_desk(case_verbs, networks_of(data))
    return dossier_desk(vault_desk(evidence, data), parcels, data, disputes)


def prevention(data: Path, url: str | None) -> PreventionDesk:
    """The verbs of prevention on this database."""
    from amends.wiring.prevention import prevention_desk

    build_house(data, url)
    return prevention_desk(data)


def forecast(data: Path, url: str | None) -> ForecastDesk:
    """What foresees returns on this database."""
    from amends.wiring.forecast import forecast_desk

    build_house(data, url)
    return forecast_desk(data)
