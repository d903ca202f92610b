"""The golden cases that come with the design hold, wherever their folder is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.golden.goldens import Golden, read_goldens

FOLDER = Path(os.environ.get("AMENDS_SHARED", CHECKOUT.parent / "shared")) / "golden"
CASES = [golden for file in sorted(FOLDER.glob("*.yaml")) for golden in read_goldens(file)] if FOLDER.is_dir() else []


@pytest.mark.skipif(
    not CASES, reason=f"needs the folder of golden cases, which is not at {FOLDER} (AMENDS_SHARED names it)"
)
@pytest.mark.parametrize("golden", CASES, ids=[golden.name for golden in CASES])
def test_shared_golden_case_holds(golden: Golden) -> None:
    assert golden.failures() == []
