"""The desk of disputes over the database that Django was made ready for, with `disputes.yaml` of the data folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import yaml

from amends.carry_out.talk import talk
from amends.carry_out.wire import Wire
from amends.desk.cases.desk import CaseDesk
from amends.desk.disputes.alerts import AlertDesk
from amends.desk.disputes.desk import DisputeDesk
from amends.desk.disputes.hear import DisputeRounds
from amends.desk.evidence import EvidenceDesk
from amends.facts.dispute_settings import DisputeSettings, UnableToReadDisputeSettings, read_dispute_settings
from amends.facts.wire import WireAnswer, WireRequest
from amends.gateways.alerts import AlertTeller, read_alert
from amends.wiring.ways import Ways

T = TypeVar("T")


class TalkingWire:
    """The wire as the desk of disputes sees it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __call__(self, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The result of a talk."""
        return talk(self._wire, told)


def settings_of(data: Path) -> DisputeSettings:
    """What `disputes.yaml` of the data folder says; the house's own numbers where there is none. Raises `UnableToReadDisputeSettings`."""
    file = data / "disputes.yaml"
    if not file.is_file():
        return DisputeSettings()
    try:
        return read_dispute_settings(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except (UnableToReadDisputeSettings, yaml.YAMLError) as fault:
        raise UnableToReadDisputeSettings(f"{file}: {fault}") from fault


def dispute_desk(cases: CaseDesk, evidence: EvidenceDesk, ways: Ways, settings: DisputeSettings) -> DisputeDesk:
    """The verbs on disputes."""
    from amends.store.dispute_book import DatabaseDisputes
    from amends.store.dispute_fights import DatabaseFights
    from amends.store.payment_signs import DatabaseSigns
    from amends.store.ruling_book import DatabaseRulingMoney

    tells = {name: AlertTeller(source) for name, source in settings.alerts.items()}
    hosts = ways.hosts | {one.host for one in tells.values() if one.host}
    return DisputeDesk(
        DatabaseDisputes(),
        DatabaseFights(),
        DatabaseSigns(),
        DatabaseRulingMoney(),
        cases,
        evidence,
        settings,
        ways.disputing,
        tells,
        TalkingWire(Wire(hosts)),
        lambda: secrets.token_hex(16),
        f"{os.uname().nodename}:{os.getpid()}",
    )


def alert_desk(disputes: DisputeDesk) -> AlertDesk:
    """The verbs on alerts."""
    return AlertDesk(disputes, read_alert)


def dispute_rounds(disputes: DisputeDesk) -> DisputeRounds:
    """What the runner does about disputes."""
    from amends.store.platform_disputes import told_by_cases

    return DisputeRounds(disputes, told_by_cases)
