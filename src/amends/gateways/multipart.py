"""Forms with files, as bytes: pure, the boundary is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def multipart(fields: Mapping[str, str], files: Iterable[tuple[str, str, str, bytes]], nonce: str) -> tuple[bytes, str]:
    """Body and content type of a form. `files`: (field, file name, type, content). The nonce must not occur in a content."""
    boundary = f"amends-{nonce}"
    found = []
    for name, value in fields.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        found.append(head.encode() + value.encode() + b"\r\n")
    for name, file, mime, content in files:
        plain = "".join([sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in file])
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{plain}"\r\n'
            f"Content-Type: {mime}\r\n\r\n"
        )
        found.append(head.encode() + content + b"\r\n")
    found.append(f"--{boundary}--\r\n".encode())
    return b"".join(found), f"multipart/form-data; boundary={boundary}"
