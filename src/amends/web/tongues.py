"""The languages that pages speak: which one now, its name in HTML and in Babel, and a text that has only two of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from django.utils.translation import get_language

from amends.facts.words import Language, say
from amends.web.hant import to_hant

Tongue: TypeAlias = Literal["zh", "zh_hant", "en"]

TONGUES: Final[tuple[Tongue, ...]] = ("zh", "zh_hant", "en")
LOCALES: Final[dict[Tongue, str]] = {"zh": "zh_Hans_CN", "zh_hant": "zh_Hant_TW", "en": "en"}
NAMES: Final[dict[Tongue, tuple[str, str]]] = {
    "zh": ("zh-Hans", "简体中文"),
    "zh_hant": ("zh-Hant", "繁體中文"),
    "en": ("en", "English"),
}
"""What a language is called in HTML, and what it calls itself."""


def tongue() -> Tongue:
    """Will give the language that the present page speaks."""
    asked = get_language() or ""
    if asked.startswith("en"):
        return "en"
    return "zh_hant" if asked == "zh-hant" else "zh"


def html_lang(language: Tongue) -> str:
    """Will name a language as the `lang` attribute wants it."""
    return NAMES[language][0]


def known_in(language: Tongue) -> Language:
    """Will give the language that the pure rooms have for it: they know Simplified Chinese and English."""
    return "en" if language == "en" else "zh"


def from_known(text: str, language: Tongue) -> str:
    """Will turn a text of the pure rooms, asked for in `known_in(language)`, into the language itself."""
    return to_hant(text) if language == "zh_hant" else text


def name_of(group: str, code: str, language: Tongue) -> str:
    """Will name a code in the language of a page; an unnamed code comes back as it is."""
    return from_known(say(group, code, known_in(language)), language)


def one_of(texts: Mapping[str, Any], language: Tongue) -> str:
    """Will choose from {zh, en} (and zh_hant, where it is there) the text for a language, or the nearest that is not empty."""
    if own := texts.get(language):
        return str(own)
    for other in ("zh", "en") if language != "en" else ("en", "zh"):
        if text := texts.get(other):
            return from_known(str(text), language) if other == "zh" else str(text)
    return ""
