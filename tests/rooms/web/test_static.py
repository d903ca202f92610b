"""The vendored files are the very ones that the lock file pins."""

import hashlib
import json
import re
from pathlib import Path

WEB = Path(__file__).parents[3] / "src/amends/web"
VENDOR = WEB / "static/vendor"


def test_each_vendored_file_is_listed_with_its_sum_and_version(checkout: Path) -> None:
    lock = json.loads((checkout / "package-lock.json").read_text())["packages"]
    table = (VENDOR / "README.md").read_text()
    rows = re.findall(r"^\| (\S+) \| (\S+) (\S+) \| (\S+) \| (\w{64}) \|$", table, re.MULTILINE)
    assert {row[0] for row in rows} == {file.name for file in VENDOR.iterdir() if file.suffix in (".css", ".js")}
    for name, package, version, licence, expected in rows:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected, name
        pinned = lock[f"node_modules/{package}"]
        assert (pinned["version"], pinned["license"]) == (version, licence)


def test_no_registry_address_is_in_the_lock(checkout: Path) -> None:
    assert "resolved" not in (checkout / "package-lock.json").read_text()
