"""The page that tells buyers a shop's policy, written from what the desk would decide. So it says neither more nor less than is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from amends.facts.codes import TRAITS
from amends.facts.guard_shop import GuardShop
from amends.facts.promises import EU, Promises, Reach
from amends.facts.rulebook import Says
from amends.facts.words import Language, say
from amends.learn.guards.page_parts import Section, days
from amends.learn.guards.withdrawal_words import instructions, law_reminder, model_form

FORM_MARKETS: Final = EU | {"GB"}
"""Markets whose law wants the instructions on withdrawal and the model form."""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page for one shop in one market."""

    title: Says
    sections: tuple[Section, ...]

    def text(self, language: str) -> str:
        """The page as plain text in "en" or "zh": what is told is this, word for word."""
        lines = [_in(self.title, language), ""]
        for one in self.sections:
            lines += [_in(one.title, language), "", *(_in(words, language) for words in one.paragraphs), ""]
        return "\n".join(lines).strip() + "\n"


def _in(words: Says, language: str) -> str:
    return words.zh if language == "zh" else words.en


def page(shop: str, told: GuardShop, found: Promises, link: str, on: date) -> Page:
    """The page of a shop for a market, as of a day.

    `link`: the shop's page for buyers; "" where it has no address that buyers can reach.
    """
    market = Says(say("market", found.market, "en"), say("market", found.market, "zh"))
    sections = [
        _no_reason(found),
        _faulty(found),
        _other(found),
        _money(found),
        _how(told, link),
        _trader(shop, told),
    ]
    if found.market in FORM_MARKETS:
        sections += [law_reminder(found.market), instructions(told, shop, found, link), model_form(told, shop)]
    name = told.name or shop
    title = Says(
        f"Returns and refunds at {name} – {market.en} – as of {on.isoformat()}",
        f"{shop} 退换货与退款说明 · {market.zh} · {on.isoformat()}",
    )
    return Page(title, tuple(one for one in sections if one.paragraphs))


def _no_reason(found: Promises) -> Section:
    title = Says("You changed your mind", "不想要了（无理由退货）")
    right, granted = found.right, found.no_reason
    if not granted.days:
        return Section(
            title,
            (
                Says(
                    "We take back goods only where something is wrong with them, or where the law of your "
                    "country gives you more.",
                    "商品本身没有问题时，本店不支持无理由退货；法律另有规定的，从其规定。",
                ),
            ),
        )
    parts: list[Says] = []
    if right.days:
        many = days(right.days)
        parts.append(
            Says(
                f"You may send goods back within {many.en} of receiving them, without telling us why. This is "
                "your right by law or by the rules of the marketplace.",
                f"签收之日起 {many.zh}内可无理由退货，这是法律或平台规则赋予您的权利。",
            )
        )
        parts += _costs(right)
    if granted.days > right.days:
        many = days(granted.days)
        also = Says("Beyond that, we", "此外，本店") if right.days else Says("We", "本店")
        parts.append(
            Says(
                f"{also.en} take goods back up to {many.en} after you received them, of our own accord.",
                f"{also.zh}自愿将期限延长至签收后 {many.zh}。"
                if right.days
                else f"{also.zh}自愿支持签收后 {many.zh}内退货。",
            )
        )
        parts += _costs(granted)
    return Section(title, (*parts, *_condition(found)))


def _costs(reach: Reach) -> list[Says]:
    payer = {
        "buyer": Says("You pay for sending them back.", "退回运费由您承担。"),
        "merchant": Says("We pay for sending them back.", "退回运费由本店承担。"),
    }.get(reach.payer or "")
    money = (
        Says(
            "When the whole order goes back, the cost of standard delivery is paid back, too.",
            "整单退货时，标准配送费一并退还。",
        )
        if reach.shipping
        else Says("What you paid for delivery is not paid back then.", "此时原运费不退。")
    )
    return [payer, money] if payer else [money]


def _condition(found: Promises) -> list[Says]:
    used = {
        "full": [],
        "deducted": [
            Says(
                "You may try the goods as you would in a shop. If they were used more than that, we may take "
                "the loss of value off your refund.",
                "您可以像在实体店那样查看和试用；超出必要限度的使用造成的价值减损，本店可从退款中相应扣减。",
            )
        ],
        "refused": [
            Says(
                "The goods must be complete and not used beyond trying them.",
                "商品应当完好：配件齐全，未超出查验所需使用。",
            )
        ],
    }[found.used]
    if not found.excluded:
        return used
    listed = Says(
        ", ".join(_named(code, "en") for code in found.excluded),
        "、".join(_named(code, "zh") for code in found.excluded),
    )
    return [
        *used,
        Says(
            f"These do not go back without a reason once they are unsealed or begun: {listed.en}.",
            f"以下商品拆封或开始使用后不支持无理由退货：{listed.zh}。",
        ),
    ]


def _named(code: str, language: Language) -> str:
    """What a trait or a category is called: each code is one of either."""
    named = say("trait" if code in TRAITS else "category", code, language)
    return named.lower() if language == "en" else named


def _faulty(found: Promises) -> Section:
    parts: list[Says] = []
    best = max(found.damaged.days, found.defect.days)
    if best:
        parts.append(_until(found.damaged if found.damaged.days == best else found.defect))
    if found.repair.days:
        parts.append(
            Says(
                f"A defect is repaired free of charge up to {_long(found.repair).en} after delivery; if that "
                "fails, you may ask for your money.",
                f"签收后 {_long(found.repair).zh}内出现质量问题，免费维修；修不好可以退款。",
            )
        )
    if found.missing.days:
        parts.append(Says("Pieces that are missing are sent after, free of charge.", "少件的，免费补发。"))
    if not parts:
        parts.append(
            Says(
                "Write to us with pictures: we look at it and answer each case by itself, and the law of "
                "your country stands.",
                "请附图片联系我们，逐单核实处理；法律赋予您的权利不受影响。",
            )
        )
    return Section(Says("Something is wrong with the goods", "商品有问题"), tuple(parts))


def _until(reach: Reach) -> Says:
    pays = " We pay for the way back." if reach.payer == "merchant" else ""
    zahlt = "退回运费由本店承担。" if reach.payer == "merchant" else ""
    return Says(
        f"Damaged, defective or wrong goods go back for your money up to {_long(reach).en} after "
        f"delivery; a picture helps.{pays}",
        f"签收后 {_long(reach).zh}内，破损、质量问题或发错货的，可退货退款，请附图片。{zahlt}",
    )


def _long(reach: Reach) -> Says:
    if reach.at_least:
        return Says(f"{reach.days // 365} years", f" {reach.days // 365} 年")
    if reach.days % 365 == 0:
        years = reach.days // 365
        return Says(f"{years} years" if years > 1 else "one year", f"{years} 年")
    return days(reach.days)


def _other(found: Promises) -> Section:
    parts = []
    if found.cancel:
        parts.append(
            Says(
                "Until we have sent your order, you can cancel it and get everything back.",
                "发货前可随时取消订单，全额退款。",
            )
        )
    if found.lost:
        parts.append(
            Says(
                "If the parcel is lost, you get your money back; finding it is our affair.",
                "包裹丢失的，为您退款，追查由本店负责。",
            )
        )
    return Section(Says("Before it arrives", "未发货与未收到"), tuple(parts))


def _money(found: Promises) -> Section:
    parts = [Says("Money goes back the way you paid, and it costs you nothing.", "退款原路退回，不收取任何费用。")]
    if found.refund_days is not None:
        many = days(found.refund_days)
        parts.insert(
            0,
            Says(
                f"We pay within {many.en} at the latest, counted from your notice or from when the goods are "
                "back, as the law says.",
                f"最迟在 {many.zh}内退款，自收到您的通知或退回商品之日起，依法律计算。",
            ),
        )
    return Section(Says("Your money", "退款"), tuple(parts))


def _how(told: GuardShop, link: str) -> Section:
    parts = []
    if link:
        parts.append(
            Says(
                "Tell us on this page, with the number of your order; you see there at any time how far we "
                f"are: {link}",
                f"请凭订单号在此页面申请，并可随时查看进度：{link}",
            )
        )
    if told.email or told.phone:
        reach = ", ".join(one for one in (told.email, told.phone) if one)
        parts.append(Says(f"Or write or call: {reach}", f"也可联系：{reach}"))
    if told.return_address:
        parts.append(Says(f"Send the goods to: {told.return_address}", f"退货地址：{told.return_address}"))
    return Section(Says("How to tell us", "如何申请"), tuple(parts))


def _trader(shop: str, told: GuardShop) -> Section:
    named = ", ".join(one for one in (told.trader, told.address) if one)
    return Section(Says("Who you bought from", "经营者信息"), (Says(named, named),) if named else ())
