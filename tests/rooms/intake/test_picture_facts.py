"""What a file says of itself is read, no place is kept, and nothing that is spoilt breaks anything."""

from __future__ import annotations

import io
import json
import struct
import zlib
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from amends.facts.pictures import Credentials, PictureFacts
from amends.intake.cbor import UnableToReadCbor, read_cbor
from amends.intake.credentials import credentials_in
from amends.intake.picture_facts import facts_of
from tests.pictures_house import as_file, scene, tagged

SMALL = scene(1, (80, 60))


def told(content: bytes) -> PictureFacts:
    found = facts_of(io.BytesIO(content))
    assert found is not None
    return found


def test_time_camera_and_software_are_read_and_of_the_place_only_that_there_is_one() -> None:
    tags = tagged("2026:11:20 08:30:00", "+08:00", "Adobe Photoshop 27.0", "P60", place=True)
    facts = told(as_file(SMALL, exif=tags))
    assert facts.taken_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert (facts.zoned, facts.camera, facts.place, facts.editor) == (True, True, True, "Adobe Photoshop 27.0")
    assert not [
        one for one in fields(facts) if "52" in str(getattr(facts, one.name)) or "13.0" in str(getattr(facts, one.name))
    ]


def test_what_a_file_leaves_out_is_nothing() -> None:
    assert told(as_file(SMALL)) == PictureFacts(width=80, height=60)


def test_a_time_without_its_zone_says_so() -> None:
    facts = told(as_file(SMALL, exif=tagged("2026:11:20 08:30:00")))
    assert (facts.taken_at, facts.zoned) == (datetime(2026, 11, 20, 8, 30, tzinfo=UTC), False)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "2026:13:01 00:00:00", "1970:01:01 00:00:00"])
def test_a_time_that_is_none_is_left_out(taken: str) -> None:
    assert told(as_file(SMALL, exif=tagged(taken))).taken_at is None


def test_marks_of_programs_that_make_pictures() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "a torn dress, photo, steps 30")
    assert told(as_file(SMALL, "PNG", pnginfo=info)).generator == "PNG: parameters"
    assert told(as_file(SMALL, exif=tagged(software="Midjourney v7"))).generator == "Midjourney v7"
    label = PngImagePlugin.PngInfo()
    label.add_text("AIGC", json.dumps({"Label": "1"}))
    assert told(as_file(SMALL, "PNG", pnginfo=label)).generator == "PNG: AIGC"
    assert told(as_file(SMALL) + b"... trainedAlgorithmicMedia ...").generator == "IPTC trainedAlgorithmicMedia"


def test_screenshots_by_size_and_by_what_the_phone_says() -> None:
    phone = Image.new("RGB", (1170, 2532), "white")
    assert told(as_file(phone, "PNG")).screen == "PNG 1170×2532"
    assert told(as_file(phone, "JPEG")).screen == ""
    assert told(as_file(phone, "PNG", exif=tagged(model="P60"))).screen == ""
    assert (
        told(as_file(SMALL, "PNG", exif=tagged(software="OS 26", comment=b"ASCII\0\0\0Screenshot"))).screen
        == "EXIF: Screenshot"
    )


def cbor(value: Any) -> bytes:
    """A small writer, for the tests alone."""

    def head(kind: int, size: int) -> bytes:
        return bytes([kind << 5 | size]) if size < 24 else bytes([kind << 5 | 26]) + struct.pack(">I", size)

    if isinstance(value, bool) or value is None:
        return bytes([0xF6 if value is None else 0xF5 if value else 0xF4])
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join([cbor(one) for one in value])
    return head(5, len(value)) + b"".join([cbor(key) + cbor(one) for key, one in value.items()])


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def labelled(label: str, *inside: bytes) -> bytes:
    return box(b"jumb", box(b"jumd", bytes(16) + b"\x03" + label.encode() + b"\0") + b"".join(inside))


def manifest(action: dict[str, Any], claim: dict[str, Any]) -> bytes:
    actions = labelled("c2pa.actions.v2", box(b"cbor", cbor({"actions": [action]})))
    store = labelled("c2pa.assertions", actions)
    return labelled("c2pa", labelled("urn:c2pa:1", store, labelled("c2pa.claim.v2", box(b"cbor", cbor(claim)))))


MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
MADE = manifest(
    {"action": "c2pa.created", "digitalSourceType": MODEL}, {"claim_generator_info": {"name": "Maker", "version": "2"}}
)
TAKEN = manifest({"action": "c2pa.opened"}, {"claim_generator": "Camera/1"})


def in_jpeg(raw: bytes, part: int = 200) -> bytes:
    """In as many APP11 segments as it takes; each repeats the head of the box."""
    picture, segments = as_file(SMALL), b""
    for at, start in enumerate(range(8, len(raw), part)):
        content = b"JP" + struct.pack(">HI", 1, at + 1) + raw[:8] + raw[start : start + part]
        segments += b"\xff\xeb" + struct.pack(">H", len(content) + 2) + content
    return picture[:2] + segments + picture[2:]


def in_png(raw: bytes) -> bytes:
    picture = as_file(SMALL, "PNG")
    chunk = struct.pack(">I", len(raw)) + b"caBX" + raw + struct.pack(">I", zlib.crc32(b"caBX" + raw))
    return picture[:33] + chunk + picture[33:]


@pytest.mark.parametrize("put", [in_jpeg, in_png])
def test_content_credentials_are_read_not_validated(put: Any) -> None:
    assert told(put(MADE)).credentials == Credentials("Maker 2", ("c2pa.created",), True)
    assert told(put(TAKEN)).credentials == Credentials("Camera/1", ("c2pa.opened",), False)


def test_credentials_that_cannot_be_read_are_there_all_the_same() -> None:
    assert told(in_jpeg(box(b"jumb", b"\xff" * 60))).credentials == Credentials()


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_spoilt_credentials_break_nothing(more: bytes, at: int, byte: int) -> None:
    spoilt = bytearray(in_jpeg(MADE))
    spoilt[20 + at] = byte
    for content in (
        bytes(spoilt),
        bytes(spoilt[: 30 + at]) + more,
        b"\xff\xd8\xff\xeb" + more,
        b"RIFF\0\0\0\0WEBP" + more,
    ):
        credentials_in(io.BytesIO(content))
        facts_of(io.BytesIO(content))


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(max_size=40) | st.binary(max_size=40),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)))  # fmt: skip
def test_what_was_written_is_read(value: Any) -> None:
    assert read_cbor(cbor(value)) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_cbor(raw)
    except UnableToReadCbor:
        return


def test_endless_depth_is_refused() -> None:
    with pytest.raises(UnableToReadCbor):
        read_cbor(b"\x81" * 5_000)
