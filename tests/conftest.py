"""What every test may rely on: where the checkout is, the optional shared folder, and how hard hypothesis tries."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parents[1]

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
