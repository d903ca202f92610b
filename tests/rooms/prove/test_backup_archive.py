"""An archive gives back every byte, or says which file is not as it was written; nothing half-written stands under its name."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amends.facts.backups import BackupMade
from amends.prove.backup.archive import MANIFEST, UnableToReadBackup, read_archive, write_archive

MADE = BackupMade(datetime(2026, 11, 27, 8, 0, tzinfo=UTC), "0.1.0", "sqlite", ("0001_first",), True, "ab" * 32, {}, 0)
NAMES = some.text("ab/凭证é", min_size=1, max_size=8).map(lambda text: f"x{text.replace('/', '-')}")


def _written(place: Path, contents: dict[str, bytes], name: str = "b.tar") -> Path:
    source, target = place / "data", place / name
    source.mkdir(exist_ok=True)
    for file, content in contents.items():
        (source / file).write_bytes(content)
    made = write_archive(target, MADE, [(f"in/{file}", source / file) for file in contents], lambda size: None)
    assert made.size == sum(len(content) for content in contents.values())
    return target


def _read(source: Path, into: Path) -> BackupMade:
    into.mkdir()
    return read_archive(source, into, lambda size: None)


@given(contents=some.dictionaries(NAMES, some.binary(max_size=300), max_size=5), packed=some.booleans())
def test_every_byte_comes_back(
    tmp_path_factory: pytest.TempPathFactory, contents: dict[str, bytes], packed: bool
) -> None:
    place = tmp_path_factory.mktemp("archive")
    target = _written(place, contents, "b.tar.gz" if packed else "b.tar")
    made = _read(target, place / "out")
    assert {name: (place / "out" / "in" / name).read_bytes() for name in contents} == contents
    assert set(made.files) == {f"in/{name}" for name in contents}
    assert (made.made_at, made.migrations, made.seal) == (MADE.made_at, MADE.migrations, MADE.seal)
    assert target.stat().st_mode & 0o077 == 0


def _again(
    source: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[str, bytes] | None], *, more: str = ""
) -> Path:
    """The archive written once more, each member as `change` wants it (None: left out), and one more of that name."""
    target = source.with_name("changed.tar")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        members = [(one, (old.extractfile(one) or io.BytesIO()).read()) for one in old]
        for told in [*(change(one, content) for one, content in members), (more, b"!") if more else None]:
            if told is not None:
                member = tarfile.TarInfo(told[0])
                member.size = len(told[1])
                new.addfile(member, io.BytesIO(told[1]))
    return target


@pytest.mark.parametrize(
    ("change", "more", "says"),
    [
        (lambda one, content: (one.name, content.replace(b"lamp", b"bulb")), "", "in/a is not as it was written"),
        (lambda one, content: None if one.name == "in/a" else (one.name, content), "", "in/a is missing"),
        (lambda one, content: (one.name, content), "in/b", "in/b is not in the manifest"),
        (lambda one, content: (one.name, content), "../b", "no file that a backup has"),
        (lambda one, content: (one.name, content), "/b", "no file that a backup has"),
        (lambda one, content: (one.name, content), "in/a", "no file that a backup has"),
        (lambda one, content: None if one.name == MANIFEST else (one.name, content), "", "has no manifest"),
    ],
    ids=["changed", "missing", "more", "outside", "absolute", "twice", "no manifest"],
)
def test_what_is_not_as_it_was_written_is_named(
    tmp_path: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[str, bytes] | None], more: str, says: str
) -> None:
    changed = _again(_written(tmp_path, {"a": b"a lamp"}), change, more=more)
    with pytest.raises(UnableToReadBackup, match=says):
        _read(changed, tmp_path / "out")
    assert not (tmp_path / "b").exists()


def test_one_that_was_cut_short_is_none(tmp_path: Path) -> None:
    target = _written(tmp_path, {"a": bytes(50_000)})
    target.write_bytes(target.read_bytes()[:30_000])
    with pytest.raises(UnableToReadBackup):
        _read(target, tmp_path / "out")


def test_a_packed_one_with_a_changed_byte_is_none(tmp_path: Path) -> None:
    target = _written(tmp_path, {"a": bytes(range(256)) * 200}, "b.tar.gz")
    whole = target.read_bytes()
    for place in range(40, len(whole) - 8, max(1, len(whole) // 25)):
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with pytest.raises(UnableToReadBackup):
            _read(target, tmp_path / f"out{place}")


def test_nothing_stands_under_its_name_unless_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a lamp")

    def breaks(size: int) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        write_archive(tmp_path / "b.tar", MADE, [("a", tmp_path / "a")], breaks)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_file_that_goes_meanwhile_is_left_out_and_one_that_grows_is_taken_as_it_was(tmp_path: Path) -> None:
    grows, after = tmp_path / "grows", tmp_path / "after"
    grows.write_bytes(b"one")
    after.write_bytes(b"two")
    made = write_archive(
        tmp_path / "b.tar", MADE, [("grows", grows), ("gone", tmp_path / "gone"), ("after", after)], lambda size: None
    )
    assert set(made.files) == {"grows", "after"}
    assert _read(tmp_path / "b.tar", tmp_path / "out").files == made.files
