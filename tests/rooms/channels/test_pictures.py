"""How large a picture is, by its first bytes; and a form that carries a file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from amends.channels.kernel_pictures import form_with_file, size_of


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_size_of_a_real_picture_is_read(form: str, mode: str) -> None:
    kept = io.BytesIO()
    Image.new(mode, (321, 123)).save(kept, form)
    assert size_of(kept.getvalue()) == (321, 123)


def test_a_progressive_picture_with_a_comment_is_read_too() -> None:
    kept = io.BytesIO()
    Image.new("RGB", (17, 99)).save(kept, "JPEG", progressive=True, comment=b"x" * 500)
    assert size_of(kept.getvalue()) == (17, 99)


@given(st.binary(max_size=60))
def test_anything_else_has_no_size_and_breaks_nothing(content: bytes) -> None:
    size_of(content)
    size_of(b"\xff\xd8" + content)
    assert size_of(b"GIF89a" + content) is None


def test_a_name_cannot_break_out_of_the_form() -> None:
    kind, body = form_with_file("b1", "media", 'a"\r\nX: y.png', "image/png", b"123")
    assert kind == "multipart/form-data; boundary=b1"
    assert body == (
        b'--b1\r\nContent-Disposition: form-data; name="media"; filename="a___X__y.png"\r\n'
        b"Content-Type: image/png\r\n\r\n123\r\n--b1--\r\n"
    )
