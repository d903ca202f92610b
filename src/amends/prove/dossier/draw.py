"""The drawing of dossiers and reports by Typst: plain values and pictures in, a PDF out; the same in gives the same out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst

from amends.facts.dossier import UnableToMakeDossier

FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""Fonts with both scripts, the best first."""


DOSSIER: Final = "dossier/dossier.typ"
REPORT: Final = "report/report.typ"


def family_among(there: Sequence[str]) -> str:
    """Will choose the font to draw with. Raises `UnableToMakeDossier`, saying what to install, where none has Chinese characters."""
    for one in FAMILIES:
        if one in there:
            return one
    raise UnableToMakeDossier(
        "no font with Chinese characters is on this machine; install one (on Debian: apt-get install fonts-noto-cjk), "
        "or put a font file into the folder `fonts` of the data folder",
        "本机没有中文字体，无法生成 PDF；请安装（Debian：apt-get install fonts-noto-cjk），或将字体文件放入数据目录的 fonts 文件夹",
    )


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    return typst.Fonts(font_paths=[folder] if folder is not None else [])


class Drawing:
    """Draws with the machine's fonts, and those of `fonts`, a folder that need not be there."""

    def __init__(self, fonts: Path | None = None) -> None:
        self._folder = fonts if fonts is not None and fonts.is_dir() else None

    def family(self) -> str:
        """Will name the font. Raises `UnableToMakeDossier` where there is none."""
        return family_among(_fonts(self._folder).families())

    def draw(self, content: Mapping[str, Any], pictures: Mapping[str, bytes], page: str = DOSSIER) -> bytes:
        """Will draw a dossier, or what another page of this room says; `pictures`: by the names that stand in `content`.

        Raises `UnableToMakeDossier`.
        """
        told = {**content, "fonts": [self.family()]}
        with tempfile.TemporaryDirectory(prefix="amends-dossier-") as name:
            place = Path(name)
            for file, picture in pictures.items():
                (place / file).write_bytes(picture)
            (place / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            main = place / "main.typ"
            main.write_text(resources.files("amends.prove").joinpath(page).read_text(encoding="utf-8"), "utf-8")
            try:
                compiler = typst.Compiler(main, root=place, font_paths=_fonts(self._folder))
                drawn = compiler.compile(format="pdf", timestamp=0)
            except typst.TypstError as fault:
                raise UnableToMakeDossier(f"the PDF could not be drawn: {fault}", f"PDF 生成失败：{fault}") from fault
        if not isinstance(drawn, bytes):
            raise UnableToMakeDossier("the PDF could not be drawn", "PDF 生成失败")
        return drawn
