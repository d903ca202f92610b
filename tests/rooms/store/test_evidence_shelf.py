"""The evidence shelf against files that mean harm: told by content, kept whole or not at all, shown only as new pictures."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from amends.facts.evidence import BIGGEST, MEGABYTE, UnableToKeep, Upload, file_kind, shown_name
from amends.intake.pictures import preview_of
from tests.django_house import NOW
from tests.portal_house import picture, upload

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(400)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)
WEBM = b"\x1a\x45\xdf\xa3" + bytes(400)
MOV = b"\x00\x00\x00\x14ftypqt  " + bytes(400)
PDF = b"%PDF-1.7\n" + bytes(400)


@pytest.fixture
def shelf(tmp_path: Path) -> Any:
    from amends.store.evidence_shelf import DatabaseEvidence

    return DatabaseEvidence(tmp_path / "evidence", preview_of)


def case() -> int:
    from tests.money_house import case_of, order_of

    return case_of(order_of(order="E-1"))


def kept(shelf: Any, *uploads: Upload) -> list[Any]:
    number = case()
    with shelf.receiving(uploads) as received:
        received.keep(number, "buyer", "Anna", NOW)
    return shelf.of_case(number)


def files(shelf_folder: Path) -> list[str]:
    return sorted(one.name for one in shelf_folder.rglob("*") if one.is_file())


@pytest.mark.parametrize(("content", "kind", "mime"), [
    (picture(), "photo", "image/jpeg"),
    (picture("PNG"), "photo", "image/png"),
    (picture("WEBP"), "photo", "image/webp"),
    (HEIC, "photo", "image/heic"),
    (MP4, "video", "video/mp4"),
    (MOV, "video", "video/quicktime"),
    (WEBM, "video", "video/webm"),
    (PDF, "document", "application/pdf"),
])  # fmt: skip
def test_a_file_is_what_its_content_says_and_is_kept_as_it_came(
    shelf: Any, tmp_path: Path, content: bytes, kind: str, mime: str
) -> None:
    (piece,) = kept(shelf, upload(content, "whatever.exe", step=3))
    digest = hashlib.sha256(content).hexdigest()
    assert (piece.kind, piece.mime, piece.sha256, piece.size) == (kind, mime, digest, len(content))
    place = tmp_path / "evidence" / digest[:2] / digest[2:4] / digest
    assert place.read_bytes() == content
    with shelf.original(digest) as file:
        assert file.read() == content


@pytest.mark.parametrize("content", [
    b"<html><script>alert(1)</script>" + bytes(100),
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' + bytes(100),
    b"GIF89a" + bytes(100),
    b"MZ" + bytes(100),
    b"PK\x03\x04" + bytes(100),
    b"\xff\xd8",
    b"x",
    b"\xff\xd8\xff" + b"not a picture at all" * 20,
    b"\x89PNG\r\n\x1a\n" + bytes(100),
    picture()[:200],
])  # fmt: skip
def test_what_is_no_proof_is_turned_away_and_nothing_stays(shelf: Any, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnableToKeep) as told, shelf.receiving([upload(picture()), upload(content, "photo.jpg")]):
        pytest.fail("it was taken in")
    assert "photo" in told.value.says.en
    assert told.value.says.zh
    assert files(tmp_path / "evidence") == []


def test_a_file_that_grows_too_big_is_cut_off_while_it_comes(shelf: Any, tmp_path: Path) -> None:
    came = 0

    def endless() -> Any:
        nonlocal came
        yield MP4
        while True:
            came += 1
            yield bytes(MEGABYTE)

    with pytest.raises(UnableToKeep, match="50 MB"), shelf.receiving([Upload("film.mp4", endless)]):
        pytest.fail("it was taken in")
    assert came <= BIGGEST["video"] // MEGABYTE + 1
    assert files(tmp_path / "evidence") == []


def test_a_bomb_is_not_unpacked(shelf: Any, tmp_path: Path) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    with pytest.raises(UnableToKeep, match="pixels"), shelf.receiving([upload(bomb, "big.png")]):
        pytest.fail("it was taken in")
    assert files(tmp_path / "evidence") == []


def test_a_preview_is_a_new_picture_without_what_else_was_in_the_file(shelf: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-SERIAL-123"
    exif.get_ifd(0x8825)[1] = "N"
    polyglot = picture("JPEG", (3000, 2000), exif=exif) + b"<html><script>alert(1)</script>"
    (piece,) = kept(shelf, upload(polyglot, "me.html"))
    made = shelf.preview(piece.sha256)
    assert made is not None
    assert b"script" not in made
    assert b"CAMERA" not in made
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.format == "JPEG"
        assert max(seen.size) == 1280
        assert not seen.getexif()
    assert shelf.preview(piece.sha256) == made


def test_a_picture_that_was_turned_is_shown_upright(shelf: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (piece,) = kept(shelf, upload(picture("JPEG", (40, 20), exif=exif)))
    made = shelf.preview(piece.sha256)
    assert made is not None
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.size == (20, 40)


@pytest.mark.parametrize(("told", "shown"), [
    ("../../etc/passwd", "passwd.jpg"),
    ("C:\\Users\\anna\\IMG_1.HEIC", "IMG_1.jpg"),
    ("a\r\nSet-Cookie: x=1.jpg", "a__Set-Cookie_ x_1.jpg"),
    ('"><script>.png', "script.jpg"),
    ("照片 1.jpeg", "照片 1.jpg"),
    ("", "file.jpg"),
    ("x" * 500, "x" * 60 + ".jpg"),
])  # fmt: skip
def test_names_are_made_fit_to_be_shown(told: str, shown: str) -> None:
    assert shown_name(told, "jpg") == shown


def test_the_name_is_no_path(shelf: Any, tmp_path: Path) -> None:
    (piece,) = kept(shelf, upload(picture(), "../../../outside.jpg"))
    assert piece.name == "outside.jpg"
    assert files(tmp_path / "evidence") == [piece.sha256]
    for wrong in ("../" * 20 + "x", "0" * 63, "Z" * 64, ""):
        with pytest.raises(ValueError, match="SHA-256"):
            shelf.place(wrong)


def test_the_same_content_twice_is_one_file_and_one_row(shelf: Any, tmp_path: Path) -> None:
    assert len(kept(shelf, upload(picture()), upload(picture(), "again.jpg"))) == 1
    assert len(files(tmp_path / "evidence")) == 1


def test_a_case_holds_no_more_than_it_may(shelf: Any, tmp_path: Path) -> None:
    number = case()
    for turn in range(4):
        with shelf.receiving([upload(picture("PNG", (10 + turn, 10 + at))) for at in range(10)]) as received:
            received.keep(number, "buyer", "Anna", NOW)
    with (
        pytest.raises(UnableToKeep, match="40 files"),
        shelf.receiving([upload(picture("PNG", (90, 90)))]) as received,
    ):
        received.keep(number, "buyer", "Anna", NOW)
    assert len(files(tmp_path / "evidence")) == 40


def test_a_file_is_seen_only_by_its_merchants(shelf: Any) -> None:
    from amends.store.models import CaseRow

    (piece,) = kept(shelf, upload(picture()))
    merchant = CaseRow.objects.get(pk=piece.case).shop.merchant
    assert shelf.piece(piece.sha256, None) == piece
    assert shelf.piece(piece.sha256, frozenset({merchant})) == piece
    assert shelf.piece(piece.sha256, frozenset({"another"})) is None


def test_only_the_head_decides() -> None:
    assert file_kind(b"x" * 64) is None
    assert file_kind(b"\x00\x00\x00\x18ftypavif" + bytes(50)) is None
    assert file_kind(b"RIFF\x00\x00\x00\x00WAVE" + bytes(50)) is None
