"""Content credentials (C2PA) in a picture's file: the claim's generator and its actions, read without validating anything.

They lie in a JUMBF box: in JPEG in APP11 segments, in PNG in a `caBX` chunk, in WebP in a `C2PA` chunk. A box holds boxes; the claim and
its assertions are CBOR. Whatever is cut, too deep or too big is left unread: the file holds credentials then of which nothing is known.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from amends.facts.pictures import Credentials
from amends.intake.cbor import UnableToReadCbor, read_cbor

MOST: Final = 8 * 1024 * 1024
"""So much of a file's credentials is read."""
_DEEPEST: Final = 8
_MOST_BOXES: Final = 500
_BY_MODEL: Final = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia")
_SHOWN: Final = 80


def credentials_in(file: BinaryIO) -> Credentials | None:
    """Will read the credentials of a JPEG, PNG or WebP file from its beginning; None where there are none."""
    file.seek(0)
    head = file.read(12)
    if head.startswith(b"\xff\xd8"):
        raw = _of_jpeg(file)
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        raw = _of_chunks(file, 8, big=True)
    elif head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raw = _of_chunks(file, 12, big=False)
    else:
        return None
    return _told(raw) if raw else None


def _of_jpeg(file: BinaryIO) -> bytes:
    """The parts of the first box in APP11 segments, put together; every part repeats the box's head."""
    file.seek(2)
    found, number = bytearray(), b""
    while len(found) < MOST:
        mark = file.read(4)
        if len(mark) < 4 or mark[0] != 0xFF or mark[1] in (0xDA, 0xD9):
            break
        size = struct.unpack(">H", mark[2:])[0] - 2
        if size < 0:
            break
        if mark[1] != 0xEB:
            file.seek(size, 1)
            continue
        part = file.read(size)
        if not part.startswith(b"JP") or len(part) < 16 or part[12:16] != b"jumb":
            continue
        number = number or part[2:4]
        if part[2:4] == number:
            found += part[8 if not found else 16 :]
    return bytes(found)


def _of_chunks(file: BinaryIO, start: int, *, big: bool) -> bytes:
    """The chunk of PNG (length first, sum behind) or WebP (name first, filled up to an even length)."""
    file.seek(start)
    for _ in range(10_000):
        head = file.read(8)
        if len(head) < 8:
            break
        name, size = (
            (head[4:], struct.unpack(">I", head[:4])[0]) if big else (head[:4], struct.unpack("<I", head[4:])[0])
        )
        if name in (b"caBX", b"C2PA"):
            return file.read(min(size, MOST))
        file.seek(size + 4 if big else size + size % 2, 1)
    return b""


def _told(raw: bytes) -> Credentials:
    by, actions, model = "", dict[str, None](), False
    for label, value in _contents(raw):
        if label.startswith("c2pa.claim") and isinstance(value, Mapping):
            by = _generator(value) or by
        if label.startswith("c2pa.actions") and isinstance(value, Mapping):
            for one in _list(value.get("actions")):
                if isinstance(one, Mapping):
                    actions.setdefault(str(one.get("action") or "")[:_SHOWN])
                    model = model or str(one.get("digitalSourceType") or "").endswith(_BY_MODEL)
    return Credentials(by[:_SHOWN], tuple([one for one in actions if one][:12]), model)


def _generator(claim: Mapping[Any, Any]) -> str:
    info = claim.get("claim_generator_info")
    first = _list(info)[0] if _list(info) else info
    if isinstance(first, Mapping) and first.get("name"):
        return f"{first['name']} {first.get('version') or ''}".strip()
    return str(claim.get("claim_generator") or "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _contents(raw: bytes) -> Iterator[tuple[str, Any]]:
    """What lies in the boxes, with the label of the box around it. Reads boxes within boxes without calling itself."""
    open_boxes, read = [(raw, "", 0)], 0
    while open_boxes:
        inside, label, depth = open_boxes.pop()
        for name, content in _boxes(inside):
            read += 1
            if read > _MOST_BOXES:
                return
            if name == b"jumd":
                label = _label(content) or label
            elif name == b"jumb" and depth < _DEEPEST:
                open_boxes.append((content, "", depth + 1))
            elif name == b"cbor":
                try:
                    yield label, read_cbor(content)
                except UnableToReadCbor:
                    continue


def _boxes(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(raw):
        size, name = struct.unpack(">I", raw[at : at + 4])[0], raw[at + 4 : at + 8]
        start = at + 8
        if size == 1 and at + 16 <= len(raw):
            size, start = struct.unpack(">Q", raw[at + 8 : at + 16])[0], at + 16
        end = len(raw) if size == 0 else at + size
        if end < start:
            return
        yield name, raw[start:end]
        at = end


def _label(content: bytes) -> str:
    """A description box: 16 bytes of type, one of switches, then the label, ended by a zero."""
    if len(content) < 18 or not content[16] & 2:
        return ""
    return content[17:].split(b"\0", 1)[0][:100].decode("utf-8", "replace")
