"""What a signal on a picture says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.facts.rulebook import Says

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "same_file": (
        "The very same file was sent in case {case} before ({shop}).",
        "同一文件曾用于售后单 {case}（{shop}）。",
    ),
    "same_picture": (
        "The same picture was sent in case {case} before ({shop}), saved anew, resized or cropped: {agreeing} percent of its spots agree.",
        "同一图片曾用于售后单 {case}（{shop}）：经重新保存、缩放或裁剪，细节吻合度 {agreeing}%。",
    ),
    "catalogue": (
        "This is the shop's own product picture ({name}), not a photo of the goods received: {agreeing} percent of its spots agree.",
        "此图为店铺自己的商品图（{name}），并非收到货物的照片：细节吻合度 {agreeing}%。",
    ),
    "before_dispatch": (
        "The file says it was taken {taken}, before the goods were dispatched ({shipped}).",
        "文件记录的拍摄时间 {taken} 早于发货时间（{shipped}）。",
    ),
    "before_delivery": (
        "The file says it was taken {taken}, before the goods were delivered ({delivered}).",
        "文件记录的拍摄时间 {taken} 早于签收时间（{delivered}）。",
    ),
    "after_arrival": (
        "The file says it was taken {taken}, later than it came in here: the camera's clock is wrong, or the time was changed.",
        "文件记录的拍摄时间 {taken} 晚于上传时间：相机时钟有误，或时间被修改。",
    ),
    "editor": (
        "The file was written by {software}, a program that changes pictures; many phones and people use such for harmless things.",
        "文件由图片编辑软件 {software} 保存；很多人只是用来做无害的处理。",
    ),
    "generator": (
        "The file carries the mark of a program that makes pictures: {software}.",
        "文件带有图片生成软件的标记：{software}。",
    ),
    "screenshot": (
        "This looks like a screenshot, not like a photo taken by a camera ({why}).",
        "看起来是截屏，而非相机拍摄的照片（{why}）。",
    ),
    "credentials": (
        "Content credentials are present, not validated; they name {by}, actions: {actions}.",
        "文件含内容凭证（未校验）：来源 {by}，操作：{actions}。",
    ),
    "credentials_model": (
        "Content credentials are present, not validated; they say that a model made this picture or a part of it ({by}).",
        "文件含内容凭证（未校验），称图片全部或部分由模型生成（{by}）。",
    ),
}
SIGNALS: Final = tuple(_WORDS)


def says_of(code: str, detail: Mapping[str, Any]) -> Says:
    """A signal in both languages; a place without a value is a dash."""
    en, zh = _WORDS[code]
    values = _Dashed({name: _shown(value) for name, value in detail.items()})
    return Says(en.format_map(values), zh.format_map(values))


class _Dashed(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join([str(one) for one in value]) or "–"
    return str(value) if value not in (None, "") else "–"
