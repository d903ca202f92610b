"""Freight over the database that Django was made ready for: its desk, and what carriers' terms it goes by."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import yaml

from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.freight.desk import FreightDesk
from amends.desk.tracking.desk import TrackingDesk
from amends.facts.freight_terms import FreightTerms, UnableToReadFreight, read_freight


def terms_of(data: Path) -> FreightTerms:
    """The house's terms, with those of `freight.yaml` in the data folder over them. Raises `UnableToReadFreight`, naming the file."""
    own = data / "freight.yaml"
    built_in = resources.files("amends.wiring").joinpath("freight.yaml").read_text(encoding="utf-8")
    try:
        over = yaml.load(own.read_text(encoding="utf-8"), yaml.CSafeLoader) if own.is_file() else None
        return read_freight(yaml.load(built_in, yaml.CSafeLoader), over)
    except (UnableToReadFreight, yaml.YAMLError) as fault:
        raise UnableToReadFreight(f"{own}: {fault}") from fault


def freight_desk(cases: CaseDesk, tracking: TrackingDesk, evidence: EvidenceDesk, terms: FreightTerms) -> FreightDesk:
    """The verbs of freight."""
    from amends.store.freight_book import DatabaseFreight
    from amends.store.freight_money import DatabaseFreightMoney

    def shelf(case: int) -> Sequence[str]:
        return [one.sha256 for one in evidence.shelf.of_case(case)]

    return FreightDesk(DatabaseFreight(), cases, tracking, DatabaseFreightMoney(), shelf, terms)
