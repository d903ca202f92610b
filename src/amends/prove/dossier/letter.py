"""The letter of a dossier as the house would write it, in the forum's language; a person reads it over and changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from amends.basics.zones import local as in_market
from amends.facts.dossier import Checked, Checklist
from amends.facts.dossier_story import Happening, Story
from amends.facts.rulebook import Says

Lang = Literal["zh", "en"]
MOST: Final = {"en": 3600, "zh": 1700}
"""Characters that still fit on one page."""
TOLD: Final = 12
"""So many things that happened stand in the letter; all of them in the time line."""
_POLICE: Final = (
    "依据《消费者权益保护法实施条例》（国务院令第 778 号）第四十九条，以夹带、掉包、造假、篡改商品生产日期、捏造事实等方式"
    "骗取经营者赔偿的，不适用惩罚性赔偿，并依法追究治安管理处罚或刑事责任。恳请贵机关依法立案调查。"
)


def letter_of(story: Story, checklist: Checklist, checked: Sequence[Checked], numbers: Mapping[str, int]) -> str:
    """Will write the letter. `numbers`: under which number each file is shown."""
    lang: Lang = checklist.language
    parts = [_opening(story, checklist, lang), _sums(story, lang), _course(story, numbers, lang)]
    parts += [_proofs(checked, numbers, lang), _grounds(story, lang), _closing(checklist, lang, shown=bool(numbers))]
    return "\n\n".join(one for one in parts if one)


def exhibits_named(numbers: Sequence[int], lang: Lang) -> str:
    """Will name exhibits as a text refers to them: Exhibit 3, Exhibits 3–5 and 8; 证据三、证据四."""
    if not numbers:
        return ""
    if lang == "zh":
        return "、".join(f"证据{han(one)}" for one in _few(numbers)) + (
            "等" if len(numbers) > len(_few(numbers)) else ""
        )
    told = ", ".join(str(one) for one in _few(numbers))
    more = " and others" if len(numbers) > len(_few(numbers)) else ""
    return f"Exhibit\u00a0{told}" if len(numbers) == 1 else f"Exhibits\u00a0{told}{more}"


def _few(numbers: Sequence[int]) -> Sequence[int]:
    return numbers[:6]


_DIGITS: Final = "零一二三四五六七八九"


def han(number: int) -> str:
    """Will write a number below 1000 in Chinese characters."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        middle = f"{_DIGITS[tens]}十" if tens else "零" if ones else ""
        return f"{_DIGITS[hundreds]}百{middle}{_DIGITS[ones] if ones else ''}"
    if tens:
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    return _DIGITS[ones]


def one_of(says: Says, lang: Lang) -> str:
    """Will choose the text of a language."""
    return says.zh if lang == "zh" else says.en


def day(at: datetime, market: str) -> str:
    """Will write a day and a minute on the market's wall clock, with its offset."""
    wall = in_market(at, market)
    minutes = int((wall.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"{wall:%Y-%m-%d %H:%M} (UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''})"


def _opening(story: Story, checklist: Checklist, lang: Lang) -> str:
    disputed = story.sum("in_dispute")
    named = f"（{checklist.reason}）" if checklist.reason else ""
    if lang == "zh":
        return (
            f"{checklist.forum_says.zh}：\n"
            f"我方为店铺“{story.shop}”，就订单 {story.order or story.key}（售后单 {story.key}）的"
            f"{checklist.reason_says.zh if checklist.known else '争议'}{named}说明如下，争议金额 {disputed}。"
        )
    about = f"reason {checklist.reason}: {checklist.reason_says.en}" if checklist.known else checklist.reason
    return (
        f"To: {checklist.forum_says.en}\n"
        f"We are the shop {story.shop}. This is our answer about order {story.order or story.key} (case {story.key})"
        f"{', ' + about if about else ''}. The amount in dispute is {disputed}."
    )


def _sums(story: Story, lang: Lang) -> str:
    told = [one for one in story.sums if one.code in ("paid", "refunded", "goodwill", "on_the_way")]
    if not told:
        return ""
    join, end = ("；", "。") if lang == "zh" else ("; ", ".")
    return join.join(f"{one_of(one.says, lang)} {one.amount}" for one in told) + end


def _course(story: Story, numbers: Mapping[str, int], lang: Lang) -> str:
    head = "事情经过：" if lang == "zh" else "What happened:"
    return "\n".join([head, *[_happened(one, story.market, numbers, lang) for one in _weighty(story.happenings)]])


def _weighty(happenings: Sequence[Happening]) -> Sequence[Happening]:
    """The first things and the last where there are too many for a page."""
    half = TOLD // 2
    return happenings if len(happenings) <= TOLD else [*happenings[:half], *happenings[-half:]]


def _happened(one: Happening, market: str, numbers: Mapping[str, int], lang: Lang) -> str:
    shown = exhibits_named(sorted({numbers[sha] for sha in one.files if sha in numbers}), lang)
    at, text = f"{in_market(one.at, market):%Y-%m-%d %H:%M}", one_of(one.says, lang)
    colon = "：" if lang == "zh" else ": "
    marks = ("（", "）") if lang == "zh" else (" (", ")")
    tail = f"{marks[0]}{shown}{marks[1]}" if shown else ""
    return f"– {at} {one_of(one.who, lang)}{colon}{text}{tail}"


def _proofs(checked: Sequence[Checked], numbers: Mapping[str, int], lang: Lang) -> str:
    lines = []
    for one in checked:
        shown = exhibits_named(sorted({numbers[sha] for sha in one.exhibits if sha in numbers}), lang)
        told = one_of(one.told, lang) if one.told else ""
        if shown or told:
            join = "；" if lang == "zh" else "; "
            colon = "：" if lang == "zh" else ": "
            lines.append(f"– {one_of(one.item.says, lang)}{colon}{join.join(part for part in (told, shown) if part)}")
    head = "我方依据：" if lang == "zh" else "What proves it:"
    return "\n".join([head, *lines]) if lines else ""


def _grounds(story: Story, lang: Lang) -> str:
    told = [f"{one_of(one.says, lang)}（{one.source}）" if lang == "zh" else f"{one_of(one.says, lang)} ({one.source})"
            for one in story.grounds[:3]]  # fmt: skip
    if not told or not story.refused:
        return ""
    head = "处理依据：" if lang == "zh" else "Why we decided so:"
    return "\n".join([head, *[f"– {one}" for one in told]])


def _closing(checklist: Checklist, lang: Lang, *, shown: bool) -> str:
    """What is asked for; exhibits are spoken of only where there are some."""
    if checklist.forum == "police":
        return _POLICE
    if lang == "zh":
        proof = "以上事实有所附证据及其哈希值为证，请依据证据" if shown else "以上事实均有系统记录，请据此"
        return f"{proof}支持我方主张。"
    attached = "Every exhibit is attached with its SHA-256. " if shown else ""
    return f"{attached}We ask you to decide in the merchant's favour on this evidence."
