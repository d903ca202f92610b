"""The page about carriers names every network with its settings and statuses, every scan and every alarm."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from amends.carriers.aftership import states as aftership
from amends.carriers.easypost import states as easypost
from amends.carriers.kuaidi100 import states as kuaidi100
from amends.carriers.shippo import states as shippo
from amends.facts.traces import SCAN_KINDS, ParcelAlarm
from amends.facts.words_parcels import PARCEL_WORDS
from amends.wiring.networks import NETWORKS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "carriers.md").read_text(encoding="utf-8")
STATUSES = {
    "kuaidi100": set(kuaidi100.STATES),
    "aftership": {*aftership.TAGS, *aftership.SUBTAGS},
    "easypost": {*easypost.STATUSES, *easypost.DETAILS},
    "shippo": {*shippo.STATUSES, *shippo.SUBSTATUSES},
}


@pytest.mark.parametrize("network", NETWORKS, ids=lambda one: one.name)
def test_each_network_has_a_section_with_its_settings_and_statuses(network: object) -> None:
    title, name = network.title.zh, network.name  # type: ignore[attr-defined]
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    found = next(part for part in section if part.startswith(f"{title}\n"))
    words = set(re.findall(r"\w+", found))
    assert [one.name for one in network.settings if one.name not in words] == []  # type: ignore[attr-defined]
    assert sorted(STATUSES[name] - words) == []


def test_scans_and_alarms_are_explained_and_named() -> None:
    alarms = {*get_args(ParcelAlarm), "strange"}
    assert [kind for kind in SCAN_KINDS if f"| `{kind}` |" not in PAGE] == []
    assert [alarm for alarm in sorted(alarms) if f"| `{alarm}` |" not in PAGE] == []
    assert set(PARCEL_WORDS["scan"]) == set(SCAN_KINDS)
    assert set(PARCEL_WORDS["parcel_alarm"]) == alarms
