"""What every test may rely on: where the checkout is, the optional shared folder, and how hard hypothesis tries."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parents[1]

# A run makes thousands of databases and throws them away: where there is room, they lie in memory and not on a disk.
MEMORY, ROOM = Path("/dev/shm"), 6 * 1024**3
if (
    "TMPDIR" not in os.environ
    and MEMORY.is_dir()
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free > ROOM
):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("quick"), max_examples=2_000)
settings.load_profile(os.environ.get("AMENDS_HYPOTHESIS", "quick"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout under test."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """More golden cases and sample data: the folder in AMENDS_SHARED, else `../shared`; without it the test skips."""
    folder = Path(os.environ.get("AMENDS_SHARED", CHECKOUT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared folder, which is not at {folder} (AMENDS_SHARED names it)")
    return folder
