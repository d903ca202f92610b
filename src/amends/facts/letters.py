"""Messages to buyers: which there are, what may stand in them, and filling one in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, Protocol

from amends.facts.letter_texts_en import EN
from amends.facts.letter_texts_zh import ZH
from amends.facts.letter_texts_zh_hant import ZH_HANT
from amends.facts.rulebook import Says

Tongue = Literal["zh", "zh_hant", "en"]
TONGUES: Final[tuple[Tongue, ...]] = ("zh", "zh_hant", "en")

EVENTS: Final = (
    "request_received",
    "evidence_asked",
    "offer_made",
    "approved",
    "refused",
    "label_ready",
    "pickup_ready",
    "pickup_off",
    "parcel_received",
    "inspected",
    "second_look",
    "check_kept",
    "check_lifted",
    "refund_sent",
    "withdrawn",
    "closed",
    "survey",
    "gift_given",
    "win_back",
    "review_thanks",
    "review_sorry",
    "message",
)
"""What a message may be about. `message`: something a person writes; its template gives the subject and a frame. `review_…`: what is
answered to a review in public, where only `shop`, `product`, `stars` and `contact` have values."""

PLACES: Final[dict[str, Says]] = {
    "buyer": Says("the buyer's name", "买家姓名或昵称"),
    "order": Says("the order's number", "订单号"),
    "case": Says("the case's number", "售后单号"),
    "shop": Says("the shop's title", "店铺名称"),
    "amount": Says("the amount with its currency", "金额（含币种）"),
    "deadline": Says("until when the buyer should act", "买家需处理的截止时间"),
    "days": Says("how many days the buyer has", "买家可用的天数"),
    "reason": Says("the reason given for the answer", "答复的理由"),
    "findings": Says("what the inspection found", "验货结果"),
    "remedy": Says("what is done: refund, exchange, repair ...", "处理方式：退款、换货、维修等"),
    "return_address": Says("where to send the goods", "退货地址"),
    "waybill": Says("the tracking number of the way back", "退货快递单号"),
    "pickup": Says("when the parcel is collected", "上门取件时间"),
    "link": Says("the address of the case's page for the buyer", "买家查看售后进度的链接"),
    "contact": Says("the shop's mail address", "店铺联系邮箱"),
    "gift": Says(
        "what is given on top: a coupon with its code, points, a gift, membership",
        "额外赠送的内容：优惠券及券码、积分、礼品、会员权益",
    ),
    "product": Says("what was bought, where a review is answered", "商品名称（用于评价回复）"),
    "stars": Says("the stars of the review that is answered", "评价的星级（用于评价回复）"),
}
"""The places that a template may name, each with what stands there."""

LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 4000
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_MARKETS: Final[dict[str, Tongue]] = {"CN": "zh", "TW": "zh_hant", "HK": "zh_hant"}
_BUILT_IN: Final[dict[Tongue, Mapping[tuple[str, str], tuple[str, str]]]] = {"zh": ZH, "zh_hant": ZH_HANT, "en": EN}


@dataclass(frozen=True, slots=True)
class Template:
    """A message before it is filled in. A line that names a place for which there is no value is left out."""

    subject: str
    text: str


class TemplateReader(Protocol):
    """Gives a merchant's own texts."""

    def template(self, merchant: str, event: str, reason: str, language: Tongue) -> Template | None:
        """The merchant's own text for exactly this event, reason ("": any) and language; None where it has none."""
        ...


class UnableToReadTemplate(ValueError):
    """A template cannot be used. `field` is subject or text; `says` tells what would be right, in both languages."""

    def __init__(self, field: str, en: str, zh: str) -> None:
        super().__init__(f"{field}: {en}")
        self.field = field
        self.says = Says(en, zh)


def check_template(template: Template) -> None:
    """Raise `UnableToReadTemplate` for a place that is not published, a brace that stands alone, or too long a text."""
    for field, text, longest in (
        ("subject", template.subject, LONGEST_SUBJECT),
        ("text", template.text, LONGEST_TEXT),
    ):
        if not text.strip() or len(text) > longest:
            raise UnableToReadTemplate(field, f"write 1 to {longest} characters", f"请填写 1 到 {longest} 个字")
        for number, line in enumerate(text.splitlines(), 1):
            _check_line(field, number, line)
    if len(template.subject.splitlines()) > 1:
        raise UnableToReadTemplate("subject", "one line only", "只能有一行")


def _check_line(field: str, number: int, line: str) -> None:
    for name in _PLACE.findall(line):
        if name not in PLACES:
            near = get_close_matches(name, PLACES, n=1)
            en = f"did you mean {{{near[0]}}}?" if near else f"known are {', '.join(f'{{{one}}}' for one in PLACES)}"
            zh = f"是否指 {{{near[0]}}}？" if near else f"可用的有 {'、'.join(f'{{{one}}}' for one in PLACES)}"
            shown = name[:40]
            raise UnableToReadTemplate(
                field,
                f"line {number}: there is no place {{{shown}}}; {en}",
                f"第 {number} 行：没有占位符 {{{shown}}}；{zh}",
            )
    left = _PLACE.sub("", line)
    if "{" in left or "}" in left:
        raise UnableToReadTemplate(
            field,
            f"line {number}: a brace stands alone; write places as {{order}}",
            f"第 {number} 行：花括号不成对；占位符写成 {{order}}",
        )


def built_in(event: str, reason: str, language: Tongue) -> Template:
    """The text that the house brings along: for the reason where there is one of its own, else for any."""
    texts = _BUILT_IN[language]
    return Template(*texts.get((event, reason), texts[event, ""]))


def has_own_text(event: str, reason: str, language: Tongue) -> bool:
    """Whether the house brings a text for exactly this reason along."""
    return (event, reason) in _BUILT_IN[language]


def chosen(reader: TemplateReader, merchant: str, event: str, reason: str, language: Tongue) -> Template:
    """The merchant's own text for the reason, else its text for any reason, else the built-in one."""
    own = reader.template(merchant, event, reason, language) if reason else None
    return own or reader.template(merchant, event, "", language) or built_in(event, reason, language)


def render(
    event: str, reason: str, language: Tongue, values: Mapping[str, str], own: Template | None = None
) -> tuple[str, str]:
    """Subject and text of a message with its places filled; `own` stands for the built-in text.

    A line with a place that has no value is left out, so one text serves with a deadline and without. Values are put in as they are.
    """
    template = own or built_in(event, reason, language)
    subject = _PLACE.sub(lambda found: values.get(found[1], ""), template.subject)
    lines = [
        _PLACE.sub(lambda found: values.get(found[1], ""), line)
        for line in template.text.splitlines()
        if all(values.get(name) for name in _PLACE.findall(line))
    ]
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def tongue_of(market: str) -> Tongue:
    """The language in which buyers of a market are written to."""
    return _MARKETS.get(market, "en")


SAMPLE: Final[dict[Tongue, dict[str, str]]] = {
    "zh": {
        "buyer": "小雨",
        "order": "6921447305812",
        "case": "70200000012",
        "shop": "暖屿服饰",
        "amount": "¥59.00",
        "deadline": "2026-12-02 24:00",
        "days": "7",
        "reason": "商品已使用，影响二次销售",
        "findings": "商品有穿着痕迹，吊牌已摘",
        "remedy": "退货退款",
        "return_address": "浙江省杭州市余杭区仓前街道 8 号仓 售后组 0571-5555 0100",
        "waybill": "YT9693083639795",
        "pickup": "12月2日 09:00–11:00",
        "link": "https://shop.example/returns/70200000012",
        "contact": "service@shop.example",
        "gift": "满 100 减 20 优惠券（券码 SORRY20，2026-12-31 前有效）",
        "product": "羊毛针织开衫",
        "stars": "2",
    },
    "zh_hant": {
        "buyer": "小雨",
        "order": "6921447305812",
        "case": "70200000012",
        "shop": "暖嶼服飾",
        "amount": "NT$590",
        "deadline": "2026-12-02 24:00",
        "days": "7",
        "reason": "商品已使用，影響二次銷售",
        "findings": "商品有穿著痕跡，吊牌已摘",
        "remedy": "退貨退款",
        "return_address": "台北市信義區市府路 1 號 客服組",
        "waybill": "YT9693083639795",
        "pickup": "12月2日 09:00–11:00",
        "link": "https://shop.example/returns/70200000012",
        "contact": "service@shop.example",
        "gift": "滿 100 折 20 優惠券（券碼 SORRY20，2026-12-31 前有效）",
        "product": "羊毛針織開衫",
        "stars": "2",
    },
    "en": {
        "buyer": "Anna",
        "order": "NH-20418",
        "case": "HP-3012",
        "shop": "Nordhus",
        "amount": "€59.00",
        "deadline": "2 December 2026, 24:00",
        "days": "7",
        "reason": "the goods were used beyond trying them out",
        "findings": "worn, the tag is off",
        "remedy": "Return and refund",
        "return_address": "Nordhus Returns, Speicherstr. 4, 20457 Hamburg, Germany",
        "waybill": "1Z999AA10123456784",
        "pickup": "2 December, 09:00 to 11:00",
        "link": "https://shop.example/returns/HP-3012",
        "contact": "service@shop.example",
        "gift": "a coupon of €20.00 on orders from €100.00 (code SORRY20, until 31 December 2026)",
        "product": "Wool cardigan",
        "stars": "2",
    },
}
"""Values of a made-up case, for previews."""
