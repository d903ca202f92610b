"""Pictures go to 微信小店 before what they prove, each for an id: by its address where it has one, else its very bytes."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

from amends.channels.kernel_deeds import Refused
from amends.channels.kernel_json import text
from amends.channels.kernel_pictures import form_with_file, size_of
from amends.channels.wechat.calls import address, ask, read
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import DeedFile
from amends.facts.wire import WireAnswer, WireRequest

_PATH: Final = "/shop/ec/basics/img/upload"
_MOST_BYTES: Final = 2 * 1024 * 1024


def upload(access: Access, file: DeedFile, boundary: str) -> Generator[WireRequest, WireAnswer, str]:
    """The id of a picture over there. Raises `Refused` for what it does not take, `UnableToTalk`."""
    if not file.kind.startswith("image/"):
        raise Refused("person", "file_is_no_picture", f"{file.name}: only pictures are taken; add it on the console")
    if file.url:
        body = yield from ask(access, _PATH, {"img_url": file.url}, upload_type="1", resp_type="0")
    else:
        size = size_of(file.content)
        if size is None or len(file.content) > _MOST_BYTES:
            message = f"{file.name}: a JPEG or PNG of at most 2 MB is taken; add it on the console"
            raise Refused("person", "file_not_taken", message)
        kind, form = form_with_file(boundary, "media", file.name, file.kind, file.content)
        url = address(access, _PATH, upload_type="0", resp_type="0", width=str(size[0]), height=str(size[1]))
        body = read((yield WireRequest("POST", url, {"Content-Type": kind}, form)))
    found = text(body, "pic_file", "media_id")
    if not found:
        raise UnableToTalk("strange", f"{file.name}: the answer names no picture")
    return found
