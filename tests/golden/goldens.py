"""Golden files: reading them, and deciding their cases with the standard policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from amends.cli.case_files import CaseLoader
from amends.desk.decide_case import decide_case
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.golden.part_of import differences


@dataclass(frozen=True)
class Golden:
    """One golden case: what goes in, as of when, and the part of the decision that must come out."""

    name: str
    at: datetime
    case: dict[str, Any]
    expect: dict[str, Any]

    def failures(self) -> list[str]:
        """Every difference between what is expected and what Amends decides."""
        decision = decide_case(self.case, self.at, load_rulebooks(), load_policy(None))
        return list(differences(self.expect, decision))


def read_goldens(file: Path) -> list[Golden]:
    """The golden cases of one file."""
    entries = yaml.load(file.read_text(encoding="utf-8"), CaseLoader)  # noqa: S506 - a safe loader
    found = []
    for entry in entries:
        expect = dict(entry["expect"])
        if "because_not" in entry:
            expect.setdefault("because_not", entry["because_not"])
        found.append(Golden(entry["name"], datetime.fromisoformat(entry["at"]), entry["case"], expect))
    return found
