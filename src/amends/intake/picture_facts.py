"""What a picture's file says of itself: when it was taken, by what it was written, whether it is a screenshot. No place is kept."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO, Final

from PIL import Image

from amends.facts.pictures import PictureFacts
from amends.intake.credentials import credentials_in
from amends.intake.pictures import FORMATS

_MAKE, _MODEL, _SOFTWARE, _CHANGED = 0x010F, 0x0110, 0x0131, 0x0132
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET, _COMMENT = 0x9003, 0x9011, 0x9286
_HEAD: Final = 256 * 1024
"""Marks that are no tags are looked for in so much of a file's beginning."""
_SHOWN: Final = 80

EDITORS: Final = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|pixelmator|affinity|facetune|remini|canva|paint\.net|krita|photopea|"
    r"meitu|美图|醒图|xingtu|facetune|beautycam|b612|faceapp|airbrush|polarr|photodirector|acorn|luminar|capture one",
    re.IGNORECASE,
)
GENERATORS: Final = re.compile(
    r"midjourney|dall[\-·. ]?e|stable ?diffusion|firefly|comfyui|automatic1111|invokeai|novelai|ideogram|"
    r"flux\.1|imagen|leonardo\.ai|即梦|豆包|文心一格|通义万相|可灵",
    re.IGNORECASE,
)
_MODEL_MARKS: Final = (
    (b"trainedAlgorithmicMedia", "IPTC trainedAlgorithmicMedia"),
    (b'"AIGC"', "AIGC"),
    (b"TC260:AIGC", "AIGC"),
)
_PROMPTS: Final = ("parameters", "prompt", "workflow", "sd-metadata", "invokeai_metadata", "AIGC")
"""Texts that programs which make pictures leave in PNG files."""
_SCREENS: Final = frozenset(
    {
        (640, 1136), (750, 1334), (828, 1792), (1080, 1920), (1080, 2160), (1080, 2220), (1080, 2280), (1080, 2310),
        (1080, 2316), (1080, 2340), (1080, 2376), (1080, 2400), (1080, 2408), (1080, 2412), (1080, 2460), (1125, 2436),
        (1170, 2532), (1179, 2556), (1206, 2622), (1220, 2656), (1220, 2712), (1240, 2772), (1242, 2208), (1242, 2688),
        (1256, 2760), (1260, 2720), (1260, 2800), (1284, 2778), (1290, 2796), (1320, 2868), (1344, 2992), (1440, 2560),
        (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3200),
    }
)  # fmt: skip
"""Points across and down of telephones' screens, held upright."""


def facts_of(file: BinaryIO) -> PictureFacts | None:
    """Will read what a JPEG, PNG or WebP file says of itself; None where it does not open. What cannot be read is left out."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=FORMATS) as found:
            size, form, texts = found.size, str(found.format), {**found.info}
            tags, taken, place = _tags(found)
        file.seek(0)
        head = file.read(_HEAD)
        credentials = credentials_in(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    when, zoned = _moment(taken.get(_TAKEN), taken.get(_OFFSET))
    software = _text(tags.get(_SOFTWARE)) or _text(texts.get("Software"))
    camera = bool(_text(tags.get(_MAKE)) or _text(tags.get(_MODEL)))
    return PictureFacts(
        width=size[0],
        height=size[1],
        taken_at=when,
        zoned=zoned,
        software=software,
        editor=software if EDITORS.search(software) else "",
        generator=_generator(software, texts, b"" if credentials else head),
        camera=camera,
        place=place,
        screen=_screen(size, form, camera=camera, comment=_text(taken.get(_COMMENT))),
        credentials=credentials,
    )


def _tags(found: Image.Image) -> tuple[Mapping[int, Any], Mapping[int, Any], bool]:
    """The tags of the file, those of the shot, and whether there is a place; nothing where they cannot be read."""
    try:
        tags = found.getexif()
        return dict(tags), dict(tags.get_ifd(_EXIF)), bool(tags.get_ifd(_GPS))
    except Exception:  # noqa: BLE001 - whatever a spoilt block of tags brings about: the picture is a picture all the same
        return {}, {}, False


def _moment(told: Any, offset: Any) -> tuple[datetime | None, bool]:
    try:
        found = datetime.strptime(_text(told)[:19] + "+0000", "%Y:%m:%d %H:%M:%S%z")
    except ValueError:
        return None, False
    if not 1990 < found.year < 2200:
        return None, False
    try:
        zone = datetime.strptime(_text(offset), "%z").tzinfo
    except ValueError:
        return found, False
    return found.replace(tzinfo=zone), True


def _generator(software: str, texts: Mapping[Any, Any], head: bytes) -> str:
    if GENERATORS.search(software):
        return software
    for name in _PROMPTS:
        if isinstance(texts.get(name), str) and len(texts[name]) > 2:
            return f"PNG: {name}"
    return next((shown for mark, shown in _MODEL_MARKS if mark in head), "")


def _screen(size: tuple[int, int], form: str, *, camera: bool, comment: str) -> str:
    if "screenshot" in comment.lower():
        return "EXIF: Screenshot"
    if camera or form != "PNG":
        return ""
    return f"PNG {size[0]}×{size[1]}" if size in _SCREENS or size[::-1] in _SCREENS else ""


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.removeprefix(b"ASCII\0\0\0").decode("utf-8", "replace")
    return "".join([one for one in str(value or "") if one.isprintable()]).strip()[:_SHOWN]
