"""A server of its own process, as `amends up` starts it, and a token made at the command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.django_house import empty_tables

_SHOP = """
from pathlib import Path; import os
from amends.wiring.start import build_house
build_house(Path(os.environ["AMENDS_DATA"]), None)
from amends.store.models import Shop
Shop.objects.create(name="acme", channel="direct", market="DE", currency="EUR", undo_seconds=0)
"""


@dataclass(frozen=True, slots=True)
class Live:
    """A running server: its address and the secret of a token with every scope."""

    url: str
    token: str


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Runs for the tests of one module."""
    data = tmp_path_factory.mktemp("live")
    empty_tables(data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    around |= {"AMENDS_DATA": str(data), "AMENDS_PORT": str(port)}
    subprocess.run([sys.executable, "-c", _SHOP], env=around, check=True)
    command = [sys.executable, "-m", "amends"]
    create = [*command, "token", "create", "shop-system", "--role", "manager", "--per-minute", "0"]
    token = subprocess.run(create, env=around, check=True, capture_output=True, text=True).stdout.strip()
    with Path(data / "log").open("wb") as log:
        server = subprocess.Popen([*command, "up", "--no-demo"], env=around, stdout=log, stderr=log)
    try:
        _wait(port)
        yield Live(f"http://127.0.0.1:{port}", token)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(480):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not answer within two minutes")
