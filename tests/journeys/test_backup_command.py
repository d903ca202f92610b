"""`amends backup` as an operator runs it: made beside a house at work, proven, put back elsewhere, held, and let go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.cases import CANCELLED
from tests.journeys.command import Ran, amends


def _taken_in(data: Path, name: str) -> None:
    file = data.parent / f"{name}.jsonl"
    file.write_text(json.dumps({**CANCELLED, "case": name, "order": {**CANCELLED["order"], "id": name}}) + "\n")
    ran = amends("import", str(file), "--as", "cases", "--shop", "acme", data=data)
    assert ran.code == 0, ran.err


def _cases(data: Path) -> list[str]:
    out = data.parent / f"{data.name}.jsonl"
    assert amends("export", str(out), data=data).code == 0
    return sorted(json.loads(line)["case"] for line in out.read_text().splitlines())


def _put_back(backup: Path, data: Path, *more: str) -> Ran:
    """`amends backup restore`, into a folder that nobody has made tables in."""
    env = {**os.environ, "AMENDS_DATA": str(data)}
    command = [sys.executable, "-m", "amends", "backup", "restore", str(backup), *more]
    done = subprocess.run(command, capture_output=True, env=env, check=False, timeout=120)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a case, its keys and a file of the merchant's."""
    data = tmp_path_factory.mktemp("first") / "house"
    data.mkdir()
    _taken_in(data, "C-1")
    (data / "policies").mkdir(exist_ok=True)
    (data / "policies" / "note.txt").write_text("ours")
    return data


@pytest.fixture
def house(first: Path, tmp_path: Path) -> Path:
    """Such a folder of the test's own, in which one folder lies on another disk and leads back into this one."""
    data = Path(shutil.copytree(first, tmp_path / "house"))
    other_disk = data.parent / "disk"
    other_disk.mkdir()
    (other_disk / "photo").write_bytes(b"a photo")
    (data / "packing").symlink_to(other_disk)
    (data / "packing" / "back").symlink_to(data)
    return data


def test_a_house_comes_back_as_it_was_and_is_held(house: Path, tmp_path: Path) -> None:
    backup, there = tmp_path / "b.tar.gz", tmp_path / "there"
    (made,) = amends("backup", "make", str(backup), data=house).decisions
    assert (made["backup"], made["keys"], made["database"]) == ("written", True, "sqlite")
    _taken_in(house, "C-2")
    assert amends("backup", "verify", str(backup)).decisions[0]["backup"] == "whole"
    assert (back := _put_back(backup, there)).code == 0, back.err
    assert _cases(there) == ["C-1"]
    assert (there / "policies" / "note.txt").read_text() == "ours"
    assert (there / "packing" / "photo").read_bytes() == b"a photo"
    assert amends("audit", "verify", data=there).code == 0
    assert amends("backup", "release", data=there).code == 0
    assert "nothing is held" in amends("backup", "release", data=there).err
    assert "is not empty" in _put_back(backup, there).err
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


def test_a_backup_without_keys_needs_them_to_come_back(house: Path, tmp_path: Path) -> None:
    backup, there, safe = tmp_path / "b.tar", tmp_path / "there", tmp_path / "safe"
    safe.mkdir()
    assert amends("backup", "make", str(backup), "--without-keys", data=house).code == 0
    for name in ("seal-keys", "secret-key"):
        assert name.encode() not in backup.read_bytes()
        shutil.copy(house / name, safe)
    refused = _put_back(backup, there)
    assert (refused.code, there.exists()) == (1, False)
    assert "name the folder with seal-keys and secret-key by --keys" in refused.err
    assert _put_back(backup, there, "--keys", str(safe)).code == 0
    assert (there / "seal-keys").read_bytes() == (house / "seal-keys").read_bytes()


@pytest.mark.parametrize(
    ("target", "code", "says"),
    [
        ("house/b.tar", 1, "in the data folder itself"),
        ("there.tar", 1, "is there already"),
        ("b.zip", 2, "end it in .tar"),
    ],
)
def test_what_names_no_place_for_a_backup_is_refused(
    house: Path, tmp_path: Path, target: str, code: int, says: str
) -> None:
    (tmp_path / "there.tar").write_bytes(b"")
    ran = amends("backup", "make", str(tmp_path / target), data=house)
    assert (ran.code, says in ran.err) == (code, True), ran.err
