"""A real Medusa server for one run: its packages from npm in a cache folder, a database of its own, stopped by its process id."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.databases import cluster, empty

VERSION = "2.21.2"
PACKAGES = ("@medusajs/medusa", "@medusajs/cli", "@medusajs/framework")
START_SECONDS = 120
_CONFIG = """
const { defineConfig } = require("@medusajs/framework/utils");
module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: "http://127.0.0.1", adminCors: "http://127.0.0.1", authCors: "http://127.0.0.1",
      jwtSecret: process.env.JWT_SECRET, cookieSecret: process.env.COOKIE_SECRET,
    },
  },
});
"""


class UnableToStart(RuntimeError):
    """Something that the run needs is missing or did not come up; the message says what."""


@dataclass(frozen=True, slots=True)
class Medusa:
    """The running server: its address, and the person who may sign in."""

    url: str
    email: str
    password: str
    log: Path


def folder() -> Path:
    """Where the packages lie: `AMENDS_MEDUSA`, else below the user's cache folder."""
    told = os.environ.get("AMENDS_MEDUSA")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(told) if told else cache / "amends" / f"medusa-{VERSION}"


def install(place: Path) -> None:
    """Fetch the packages with the ordinary npm client, once; about 680 MB."""
    if (place / "node_modules" / "@medusajs" / "medusa" / "package.json").is_file():
        return
    if shutil.which("npm") is None:
        raise UnableToStart("npm is missing. On Debian: apt-get install npm")
    place.mkdir(parents=True, exist_ok=True)
    wanted = dict.fromkeys(PACKAGES, VERSION)
    content = {"name": "amends-e2e-medusa", "version": "1.0.0", "private": True, "dependencies": wanted}
    (place / "package.json").write_text(json.dumps(content), encoding="utf-8")
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=place, check=True)


@contextmanager
def running() -> Iterator[Medusa]:
    """Start it on a free port with an empty database; stop it, and only it, at the end."""
    place = folder()
    install(place)
    if cluster() is None:
        raise UnableToStart("PostgreSQL is missing. On Debian: apt-get install postgresql")
    (place / "medusa-config.js").write_text(_CONFIG, encoding="utf-8")
    port = _free_port()
    env = {
        **os.environ,
        "DATABASE_URL": empty(),
        "JWT_SECRET": secrets.token_hex(16),
        "COOKIE_SECRET": secrets.token_hex(16),
        "NODE_ENV": "production",
        "MEDUSA_DISABLE_TELEMETRY": "true",
        "NODE_OPTIONS": "--max-old-space-size=700",
    }
    log = place / "run.log"
    email, password = "desk@example.com", secrets.token_hex(12)
    with log.open("wb") as out:
        command = [str(place / "node_modules" / ".bin" / "medusa")]
        _must([*command, "db:migrate"], place, env, out, log)
        _must([*command, "user", "-e", email, "-p", password], place, env, out, log)
        server = subprocess.Popen(
            [*command, "start", "-p", str(port)], cwd=place, env=env, stdout=out, stderr=out, start_new_session=True
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, server, log)
            yield Medusa(url, email, password, log)
        finally:
            _stop(server)


def _must(command: list[str], place: Path, env: dict[str, str], out: object, log: Path) -> None:
    done = subprocess.run(command, cwd=place, env=env, stdout=out, stderr=out, check=False)  # type: ignore[call-overload]
    if done.returncode:
        raise UnableToStart(f"`medusa {command[1]}` ended with {done.returncode}; see {log}")


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise UnableToStart(f"the server ended with {server.returncode}; see {log}")
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.25)
    raise UnableToStart(f"the server was not up after {START_SECONDS} s; see {log}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server's own process group, nothing else."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=15)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
