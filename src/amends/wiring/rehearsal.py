"""Rehearsals joined to the database that Django was made ready for, and to a folder for histories that are asked once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from amends.desk.house import House
from amends.desk.rehearsal.desk import RehearsalDesk
from amends.desk.rehearsal.shadow import ShadowDesk
from amends.learn.rehearsal.folder import HistoryFolder
from amends.wiring.beside import Beside
from amends.wiring.clock import now
from amends.wiring.policies import live_of, standard
from amends.wiring.settings import settings_desk

FOLDER: Final = "rehearsals"
"""The folder in the data folder."""
_LEFT_AFTER: Final = 86_400
"""Seconds after which what is left there is nobody's: its runner died."""


def rehearsal_desk(house: House, data: Path, clock: Callable[[], datetime] = now) -> RehearsalDesk:
    """The verbs of rehearsals."""
    from amends.store.past_cases import DatabasePastCases
    from amends.store.rehearsal_book import DatabaseRehearsals
    from amends.store.shadow_book import DatabaseShadows
    from amends.store.shop_pages import DatabaseShops

    def shops(merchant: str) -> list[str]:
        return [shop.name for shop in DatabaseShops().shops(frozenset({merchant}))]

    policies = settings_desk(house).policies
    return RehearsalDesk(
        policies,
        ShadowDesk(policies, DatabaseShadows(), live_of, standard(), clock),
        DatabaseRehearsals(),
        DatabasePastCases(),
        shops,
        live_of,
        standard(),
        lambda: scratch(data / FOLDER),
        clock,
    )


def rehearsal_rounds(house: House, data: Path) -> Mapping[str, Callable[[], object]]:
    """What the runner does for rehearsals: the reading goes on beside, and so do shadows."""
    desk = rehearsal_desk(house, data)
    return {
        "the rehearsals": Beside(desk.look, "the rehearsals").look,
        "the shadows": Beside(desk.shadows.look, "the shadows").look,
    }


@contextmanager
def scratch(folder: Path) -> Iterator[HistoryFolder]:
    """A history in a folder that is gone afterwards; what a runner that died left there is swept away."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        if now().timestamp() - left.stat().st_mtime > _LEFT_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        yield HistoryFolder(Path(place) / "history")
