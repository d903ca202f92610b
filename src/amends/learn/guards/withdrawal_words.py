"""What the law of the EU and of the UK wants on a page about returns, word for word where it gives the words."""

from __future__ import annotations

from amends.facts.guard_shop import GuardShop
from amends.facts.promises import EU, Promises
from amends.facts.rulebook import Says
from amends.learn.guards.page_parts import Section, days


def law_reminder(market: str) -> Section:
    term = (
        Says(", for two years from delivery and longer in some countries", "（自交付起两年，部分国家更长）")
        if market in EU
        else Says("", "")
    )
    return Section(
        Says("Your legal guarantee", "法定保证"),
        (
            Says(
                f"Whatever stands here, the law gives you a guarantee that goods are as agreed{term.en}; "
                "nothing on this page takes from it.",
                f"无论本页如何约定，法律都保证商品符合约定{term.zh}；本页不减损该权利。",
            ),
        ),
        code="guarantee",
    )


def instructions(told: GuardShop, shop: str, found: Promises, link: str) -> Section:
    named = ", ".join(one for one in (told.trader or told.name or shop, told.address, told.email) if one)
    many = days(found.right.days or 14)
    online = Says(f" You can also withdraw online: {link}", f"也可在线撤回：{link} 。") if link else Says("", "")
    return Section(
        Says("Instructions on withdrawal", "撤回权告知"),
        (
            Says(
                f"You have the right to withdraw from this contract within {many.en} without giving any "
                f"reason. The period ends {many.en} after the day on which you, or someone you named other "
                "than the carrier, received the last of the goods.",
                f"您有权在 {many.zh}内撤回合同，无需说明理由。期限自您或您指定的（承运人以外的）"
                f"第三人收到最后一件商品之日起 {many.zh}届满。",
            ),
            Says(
                f"To withdraw, tell us ({named}) so by a clear statement, for example a letter or an e-mail. "
                f"You may use the form below; you need not.{online.en} It is in time if you send it before "
                "the period ends.",
                f"撤回时，请以明确的声明（如信函或电子邮件）通知我们（{named}）。可使用下方表格，但不强制。"
                f"{online.zh}在期限届满前发出即为有效。",
            ),
            Says(
                "If you withdraw, we pay back everything you paid, with delivery (except what a dearer kind "
                "of delivery than our cheapest standard one cost more), without delay and at the latest 14 "
                "days after we hear of it, the way you paid. We may wait until the goods, or proof that you "
                "sent them, have reached us. Send them back without delay and at the latest within 14 days.",
                "撤回后，我们将退还您支付的全部款项（含标准配送费；因选择更贵的配送方式而多付的部分除外），"
                "不迟延且最迟于收到通知后 14 日内，按原支付方式退还。在收到商品或寄出凭证前，我们可暂不退款。"
                "请不迟延且最迟于 14 日内寄回商品。",
            ),
        ),
        code="instructions",
    )


def model_form(told: GuardShop, shop: str) -> Section:
    """The form of Directive 2011/83/EU, Annex I(B), and of the UK regulations, Schedule 3(B)."""
    to = ", ".join(one for one in (told.trader or told.name or shop, told.address, told.email) if one)
    return Section(
        Says("Model withdrawal form", "撤回表格范本"),
        (
            Says(
                "(Fill in and return this form only if you wish to withdraw from the contract.)",
                "（仅在您希望撤回合同时填写并寄回。）",
            ),
            Says(f"To: {to}", f"致：{to}"),
            Says(
                "I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale of the "
                "following goods (*):",
                "我/我们(*)特此通知，撤回我/我们(*)关于以下商品的买卖合同(*)：",
            ),
            Says("Ordered on (*)/received on (*):", "订购日期(*)/收货日期(*)："),
            Says("Name of consumer(s):", "消费者姓名："),
            Says("Address of consumer(s):", "消费者地址："),
            Says("Signature of consumer(s) (only if this form is notified on paper):", "消费者签名（仅纸质通知时）："),
            Says("Date:", "日期："),
            Says("(*) Delete as appropriate.", "(*) 请删去不适用者。"),
        ),
        listed=True,
        code="model_form",
    )
