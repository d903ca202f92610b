"""Pictures that are handed in."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from amends.intake.pictures import logo_of


def picture(form: str, size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    memory = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(memory, form, **more)
    return memory.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_written_anew_as_png(form: str) -> None:
    logo = logo_of(picture(form))
    assert logo is not None
    with Image.open(io.BytesIO(logo)) as found:
        assert (found.format, found.size) == ("PNG", (40, 20))


def test_what_else_was_in_the_file_is_gone() -> None:
    told = PngInfo()
    told.add_text("Comment", "taken at home")
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    for upload in (picture("PNG", pnginfo=told), picture("JPEG", exif=exif), picture("PNG") + b"<script>"):
        logo = logo_of(upload)
        assert logo is not None
        assert not any(word in logo for word in (b"taken at home", b"a secret", b"<script>"))


def test_a_large_picture_is_made_smaller() -> None:
    logo = logo_of(picture("PNG", (2000, 1000)))
    assert logo is not None
    with Image.open(io.BytesIO(logo)) as found:
        assert found.size == (512, 256)


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        picture("GIF"),
        picture("PNG")[:60],
        picture("PNG", (5000, 4000)),
    ],
    ids=["empty", "not a picture", "svg", "gif", "cut off", "too many points"],
)
def test_what_is_no_such_picture_is_none(upload: bytes) -> None:
    assert logo_of(upload) is None
