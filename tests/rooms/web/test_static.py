"""The vendored files are the very ones that the lock file pins."""

import hashlib
import json
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
VENDORED = (CHECKOUT / "src/amends/web/static/vendor", CHECKOUT / "tests/browser/vendor")


@pytest.mark.parametrize("folder", VENDORED, ids=["pages", "tests"])
def test_each_vendored_file_is_listed_with_its_sum_and_version(folder: Path, checkout: Path) -> None:
    lock = json.loads((checkout / "package-lock.json").read_text())["packages"]
    table = (folder / "README.md").read_text()
    rows = re.findall(r"^\| (\S+) \| (\S+) (\S+) \| (\S+) \| (\w{64}) \|$", table, re.MULTILINE)
    assert {row[0] for row in rows} == {file.name for file in folder.iterdir() if file.suffix in (".css", ".js")}
    for name, package, version, licence, expected in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected, name
        pinned = lock[f"node_modules/{package}"]
        assert (pinned["version"], pinned["license"]) == (version, licence)


def test_no_registry_address_is_in_the_lock(checkout: Path) -> None:
    assert "resolved" not in (checkout / "package-lock.json").read_text()
