"""The station over the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Final

import yaml

from amends.desk.evidence import EvidenceDesk
from amends.desk.station.desk import StationDesk
from amends.facts.rubrics import Rubrics, UnableToReadRubrics, read_rubrics
from amends.wiring.clock import now

FILE: Final = "station.yaml"


def rubrics_of(data: Path | None) -> Rubrics:
    """The house's rubrics, or those of `station.yaml` in the data folder. Raises `UnableToReadRubrics`, naming the file."""
    own = data / FILE if data else None
    built_in = resources.files("amends.wiring").joinpath(FILE)
    text = own.read_text(encoding="utf-8") if own and own.is_file() else built_in.read_text(encoding="utf-8")
    try:
        return read_rubrics(yaml.load(text, yaml.CSafeLoader) or {})
    except UnableToReadRubrics as fault:
        raise UnableToReadRubrics(f"{own}: {fault}") from fault


def station_desk(evidence: EvidenceDesk, data: Path | None, clock: Callable[[], datetime] = now) -> StationDesk:
    """The verbs of the station."""
    from amends.store.goods_proofs import DatabaseGoodsProofs
    from amends.store.station_book import DatabaseStation

    return StationDesk(evidence.cases, evidence, DatabaseGoodsProofs(), DatabaseStation(), rubrics_of(data), clock)
