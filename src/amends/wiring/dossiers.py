"""Dossiers over the database that Django was made ready for, drawn with the machine's fonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from amends.desk.disputes.desk import DisputeDesk
from amends.desk.disputes.weigh import evidence_of
from amends.desk.dossiers.build import DossierRounds
from amends.desk.dossiers.desk import DossierDesk
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.vault.desk import VaultDesk
from amends.facts.compelling import Finding
from amends.facts.dossier import Limits
from amends.facts.log import Entry
from amends.facts.rulebook import Says
from amends.prove.dossier.checklists import checklist_of, forums
from amends.prove.dossier.draw import Drawing
from amends.wiring.beside import Beside

FILE: Final = "dossier-limits.yaml"
_NUMBERS: Final = {"files": "files", "file_kb": "file_bytes", "total_kb": "total_bytes", "text": "text"}


class UnableToReadLimits(ValueError):
    """`dossier-limits.yaml` cannot be used; the message names the field and says what would be right."""


def limits_of(data: Path) -> Mapping[str, Limits]:
    """The limits of forums that `dossier-limits.yaml` of the data folder tells instead of the usual ones. Raises `UnableToReadLimits`."""
    file = data / FILE
    if not file.is_file():
        return {}
    found: Any = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    known = {code for code, _ in forums()}
    if not isinstance(found, dict) or not set(found) <= known:
        raise UnableToReadLimits(f"{file}: forums and their limits are wanted; known are {', '.join(sorted(known))}")
    return {forum: _limits(f"{file}: {forum}", checklist_of(forum, "").limits, told) for forum, told in found.items()}


def _limits(where: str, usual: Limits, told: Any) -> Limits:
    if not isinstance(told, dict) or not set(told) <= {*_NUMBERS, "formats"}:
        raise UnableToReadLimits(f"{where}: wanted are {', '.join([*_NUMBERS, 'formats'])}")
    given: dict[str, Any] = {}
    for name, value in told.items():
        if name == "formats":
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise UnableToReadLimits(f"{where}: formats: a list of endings is wanted, for example [jpg, png]")
            given[name] = tuple(value)
            continue
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise UnableToReadLimits(f"{where}: {name}: a whole number above 0, or nothing for no limit, is wanted")
        given[_NUMBERS[name]] = value * 1000 if value and name.endswith("_kb") else value
    return replace(usual, **given, confidence="H")


def tell(entry: Entry, currency: str, market: str) -> Says:
    """An entry of a log in one sentence of each language."""
    from django.utils.translation import override

    from amends.web.case_log import sentence

    with override("en"):
        en = sentence(entry, currency, market)
    with override("zh-hans"):
        return Says(en, sentence(entry, currency, market))


def dossier_desk(vault: VaultDesk, tracking: TrackingDesk, data: Path, disputes: DisputeDesk) -> DossierDesk:
    """The verbs of dossiers; fonts may lie in `fonts` of the data folder."""
    from amends.store.dossier_book import DatabaseDossiers

    return DossierDesk(
        vault,
        tracking,
        DatabaseDossiers(),
        Drawing(data / "fonts"),
        tell,
        lambda forum: limits_of(data).get(forum),
        lambda case: past_of(disputes, case),
    )


def past_of(disputes: DisputeDesk, case: int) -> Finding | None:
    """The earlier payments that a case's card dispute can be answered with; None where there are none that show it."""
    found = [evidence_of(disputes, one) for one in disputes.book.of_case(case)]
    return next((one for one in found if one is not None and one.qualifies), None)


def dossier_rounds(desk: DossierDesk) -> Callable[[], object]:
    """What the runner does for dossiers: builds them beside its rounds."""
    return Beside(DossierRounds(desk).look, "the dossiers").look
