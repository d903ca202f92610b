"""The project speaks of itself alone: no registry's host name and no path of anyone's machine in what is tracked."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
# Spelt in pieces, so that this file passes its own test.
REGISTRIES = (
    "py" + "pi.org",
    "pythonhosted" + ".org",
    "registry.npm" + "js.org",
    "npm" + "mirror.com",
    "tuna.tsing" + "hua",
)
MACHINE = re.compile(r"(?<![\w.~-])/(?:wo" + r"rk|tm" + r"p|ro" + r"ot|home/\w+|opt/(?:wheels|py" + r"pi))/[\w.-]+")


def tracked() -> list[Path]:
    """Every file that git tracks; in an unpacked archive without git, the test skips."""
    if shutil.which("git") is None:
        pytest.skip("needs git to know which files are tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout to know which files are tracked")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := CHECKOUT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """The tracked files that are text, as (name, content)."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found.append((str(path.relative_to(CHECKOUT)), content.decode("utf-8", errors="replace")))
    return found


def test_no_registry_is_named() -> None:
    assert [(name, host) for name, text in texts() for host in REGISTRIES if host in text] == []


def test_no_machine_path_is_named() -> None:
    assert [(name, match) for name, text in texts() for match in MACHINE.findall(text)] == []


def test_the_lock_files_pin_every_package_with_its_hash() -> None:
    for name in ("build", "dev", "run", "uv"):
        lines = (CHECKOUT / "locks" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        pinned = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z0-9]", line)]
        assert pinned, name
        for number in pinned:
            assert "==" in lines[number], f"locks/{name}.txt:{number + 1}"
            assert lines[number + 1].lstrip().startswith("--hash=sha256:"), f"locks/{name}.txt:{number + 1}"


def test_whatever_runs_is_locked_alike_for_development() -> None:
    """`make run` in a development environment must run the same versions as `make run` alone."""

    def pins(name: str) -> set[str]:
        lines = (CHECKOUT / "locks" / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.startswith("#")}

    assert pins("run.txt") <= pins("dev.txt")
