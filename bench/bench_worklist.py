"""The work list with 300 and with 100,000 cases: the server's answer, the browser's first paint, and the raw query beside them.

python -m bench.bench_worklist [CASES]
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from amends.store.database import FILE

ROUNDS = 15
PAGES = {
    "list": "/",
    "running out": "/?view=running_out",
    "one shop": "/?shop=Nordhus",
    "search SKU": "/?q=NY-SH-6120",
    "search 2 characters": "/?q=退货",
    "page 40": "/?page=40",
    "case": "/cases/3",
}
RAW = "SELECT * FROM store_caserow WHERE state = 'open' ORDER BY due_order, value_points DESC, id LIMIT 50"


def multiply(file: Path, wanted: int) -> int:
    """Copy the sample cases until there are `wanted`, each copy with a number of its own; returns how many there are."""
    base = sqlite3.connect(file)
    count, most = base.execute("SELECT count(*), max(id) FROM store_caserow").fetchone()
    for turn in range(1, -(-wanted // count)):
        shift = turn * (most + 1)
        copy_rows(base, "store_caserow", {"id": f"id + {shift}", "key": f"key || '-{turn}'"})
        for table in ("store_casefile", "store_casetext"):
            copy_rows(base, table, {"case_id": f"case_id + {shift}"})
    base.execute("ANALYZE")
    base.commit()
    found: int = base.execute("SELECT count(*) FROM store_caserow").fetchone()[0]
    base.close()
    return found


def copy_rows(base: sqlite3.Connection, table: str, changed: dict[str, str]) -> None:
    """Copy the first rows of a table (those of the samples), some columns changed."""
    columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
    key = "id" if table == "store_caserow" else "case_id"
    values = ", ".join([changed.get(name, f'"{name}"') for name in columns])
    names = ", ".join([f'"{name}"' for name in columns])
    base.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} <= 301")


@contextmanager
def served(data: Path, port: int) -> Iterator[str]:
    """The real system on the data folder; gives the sign-in word."""
    environment = {**os.environ, "AMENDS_DATA": str(data), "AMENDS_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "amends", "up"], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield (data / "demo-password.txt").read_text(encoding="ascii").strip()
    finally:
        process.terminate()
        process.wait(30)


def signed_in(address: str, word: str) -> urllib.request.OpenerDirector:
    """A plain HTTP client with a session."""
    jar = CookieJar()
    client = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    client.open(f"{address}/sign-in").close()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = urlencode({"name": "demo", "password": word, "csrfmiddlewaretoken": token}).encode()
    client.open(urllib.request.Request(f"{address}/sign-in", form, {"Referer": address})).close()
    return client


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest of some rounds, after one to warm up."""
    work()
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took)


def first_paint(address: str, word: str) -> float | None:
    """The browser's own first contentful paint of the list, median of some loads; None without a browser."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=address)
        page.goto("/sign-in")
        page.fill("[name=name]", "demo")
        page.fill("[name=password]", word)
        page.click(".main-button")
        page.wait_for_selector(".listing")
        paints = []
        for _ in range(7):
            page.goto("/")
            page.wait_for_selector(".listing")
            paints.append(painted_at(page))
        browser.close()
    return statistics.median(paints)


def painted_at(page: Any) -> float:
    """When the page first painted, in milliseconds after it was asked for; the browser tells a moment later."""
    for _ in range(100):
        if paint := page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime"):
            return float(paint)
        time.sleep(0.02)
    raise SystemExit("the browser tells of no first paint")


def raw_query(file: Path) -> float:
    """The bare query of the list through the driver, milliseconds."""
    base = sqlite3.connect(file)
    took, _ = milliseconds(lambda: base.execute(RAW).fetchall())
    base.close()
    return took


def measure(console: Console, data: Path, port: int) -> None:
    """One table for the data folder as it is."""
    base = sqlite3.connect(data / FILE)
    count = base.execute("SELECT count(*) FROM store_caserow").fetchone()[0]
    base.close()
    with served(data, port) as word:
        address = f"http://127.0.0.1:{port}"
        client = signed_in(address, word)
        paint = first_paint(address, word)
        painted = "no browser" if paint is None else f"{paint:.0f} ms"
        table = Table(title=f"{count:,} cases; first contentful paint of the list {painted}")
        for head in ("page", "median ms", "slowest ms", "raw query ms"):
            table.add_column(head, justify="left" if head == "page" else "right")
        raw = raw_query(data / FILE)
        for name, path in PAGES.items():
            quoted = path if path.isascii() else "/?" + urlencode({"q": path.split("=")[1]})
            median, slowest = milliseconds(lambda url=f"{address}{quoted}": client.open(url).read())  # type: ignore[misc]
            table.add_row(name, f"{median:.1f}", f"{slowest:.1f}", f"{raw:.2f}" if name == "list" else "")
    console.print(table)


def main(wanted: int) -> None:
    """Print a table for the sample shops, and one for `wanted` cases."""
    console = Console(width=130)
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        console.print(f"measured at {datetime.now(UTC):%Y-%m-%d}, {ROUNDS} rounds each, client on the same machine")
        with served(data, 8196):
            pass
        measure(console, data, 8197)
        multiply(data / FILE, wanted)
        measure(console, data, 8198)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
