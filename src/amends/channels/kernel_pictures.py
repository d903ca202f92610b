"""Pictures on their way to a platform: how large one is, and the body of a form that carries it."""

from __future__ import annotations

from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that begin a frame, where width and height stand."""
_BARE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
"""Markers without a length."""


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None of anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return _jpeg_size(content) if content.startswith(_JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        length = 0 if marker in _BARE else int.from_bytes(content[at + 2 : at + 4])
        at += 1 if marker == 0xFF else 2 + length  # 0xFF may be repeated before a marker
    return None


def form_with_file(boundary: str, field: str, name: str, kind: str, content: bytes) -> tuple[str, bytes]:
    """Content type and body of a form with one file. `boundary` must not stand in the file: a nonce will do."""
    safe = "".join([letter if letter.isalnum() or letter in "._-" else "_" for letter in name]) or "file"
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="{field}"; filename="{safe}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    return f"multipart/form-data; boundary={boundary}", head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
