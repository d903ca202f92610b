"""What a market's law wants a page about returns to say, and where: each duty met, to be done by the shop, or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from amends.facts.guard_shop import GuardShop
from amends.facts.promises import EU, Promises
from amends.facts.rulebook import Says
from amends.learn.guards.policy_page import Page

Kept = Literal["met", "yours", "missing"]
BUTTON_FROM: Final = date(2026, 6, 19)
"""Since when the EU wants a withdrawal function on the page of the shop (Directive (EU) 2023/2673)."""
POSTING_DAYS: Final = 7
"""California wants no posting where at least this long everything is taken back for the full price."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `met`: the page or the desk keeps it; `yours`: only the shop can; `missing`: something is to be filled in first."""

    code: str
    state: Kept
    says: Says
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a page stands for buyers to read. `same`: word for word what would be written today."""

    url: str
    on: date
    by: str
    same: bool


def duties(
    found: Promises, written: Page, told: GuardShop, link: str, posted: Posted | None, on: date
) -> tuple[Duty, ...]:
    """Every duty of a market as of a day, read off the page that was written.

    `link`: where buyers reach the shop's page; "" where they cannot.
    """
    market = found.market
    listed = [_posted(found, posted), _named(told)]
    if market in EU or market == "GB":
        listed += _withdrawal(found, written, link, on)
    if market == "CN":
        listed += _china(found)
    if market == "JP":
        listed.append(
            Duty(
                "jp_return_term",
                _state(posted),
                Says(
                    "The term on returns stands where the goods are offered; without it, eight days hold.",
                    "退货特约须在商品页面标示；未标示则适用八日。",
                ),
                "ASCT art 15-3",
                "H",
            )
        )
    return tuple(listed)


def _state(posted: Posted | None) -> Kept:
    return "met" if posted is not None and posted.same else "yours"


def _posted(found: Promises, posted: Posted | None) -> Duty:
    market = found.market
    if market == "US-CA":
        if found.no_reason.days >= POSTING_DAYS and found.no_reason.shipping:
            return Duty(
                "posted",
                "met",
                Says(
                    "Everything is taken back for the full price for seven days or more: no posting is owed.",
                    "七天以上全额退货，无公示义务。",
                ),
                "Cal. Civ. Code 1723",
                "H",
            )
        return Duty(
            "posted",
            _state(posted),
            Says(
                "The policy stands where buyers see it before they buy; else they may send back for 30 days.",
                "政策须在购买前显著公示，否则买家 30 日内可退。",
            ),
            "Cal. Civ. Code 1723",
            "H",
        )
    if market == "US-NY":
        return Duty(
            "posted",
            _state(posted),
            Says(
                "The policy, or a link to it, stands near the goods or before billing; else a refund is owed "
                "for 30 days.",
                "政策或其链接须在商品附近或付款前公示，否则 30 日内可要求退款。",
            ),
            "NY GBL 218-a",
            "M",
        )
    return Duty(
        "posted",
        _state(posted),
        Says(
            "The page stands where buyers can read it, word for word as here.", "本页已对买家公布，且与此处文字一致。"
        ),
        "—",
        "H",
    )


def _named(told: GuardShop) -> Duty:
    there = bool(told.trader and told.address and told.email)
    return Duty(
        "trader",
        "met" if there else "missing",
        Says("The trader's name, address and e-mail are on the page.", "页面载明经营者名称、地址与电子邮箱。"),
        "CRD art 6(1)(b)-(c)",
        "H",
    )


def _there(written: Page, code: str) -> Kept:
    return "met" if any(one.code == code and one.paragraphs for one in written.sections) else "missing"


def _withdrawal(found: Promises, written: Page, link: str, on: date) -> list[Duty]:
    market = found.market
    law = "CCR sch 2-3" if market == "GB" else "CRD art 6(1)(h), Annex I"
    listed = [
        Duty(
            "instructions",
            _there(written, "instructions"),
            Says("The conditions, time and procedure of withdrawal are told.", "已告知撤回权的条件、期限与程序。"),
            law,
            "H",
        ),
        Duty(
            "model_form",
            _there(written, "model_form"),
            Says("The model withdrawal form is there.", "已附撤回表格范本。"),
            law,
            "H",
        ),
        Duty(
            "return_cost",
            "met" if found.right.payer else "missing",
            Says(
                "Who pays for the way back is told; what is not told, the trader pays.",
                "已告知退回运费由谁承担；未告知的由经营者承担。",
            ),
            "CRD art 6(1)(i), 6(6)" if market != "GB" else "CCR reg 13, 35",
            "H",
        ),
        Duty(
            "guarantee",
            _there(written, "guarantee"),
            Says("The legal guarantee is called to mind.", "已提示法定保证。"),
            "CRD art 6(1)(l)" if market != "GB" else "CCR sch 2",
            "H",
        ),
    ]
    if market in EU and on >= BUTTON_FROM:
        listed.append(
            Duty(
                "button",
                "met" if link else "missing",
                Says(
                    "A withdrawal function is on the shop's pages: the buyer's page has one; link to it.",
                    "店铺页面须提供在线撤回功能：买家页面已内置，请在店铺放置链接。",
                ),
                "Directive (EU) 2023/2673",
                "H",
            )
        )
    return listed


def _china(found: Promises) -> list[Duty]:
    told = [
        Duty(
            "seven_days",
            "met" if found.right.days >= 7 else "missing",
            Says(
                "Seven days without a reason are promised, counted from the day after sign-off.",
                "承诺签收次日起七日无理由退货。",
            ),
            "XFF art 25",
            "H",
        )
    ]
    if found.excluded:
        told.append(
            Duty(
                "confirmation",
                "yours",
                Says(
                    "Goods that are left out beyond the law's own list need a prominent step of confirmation at "
                    "each purchase; without it, nothing may be refused.",
                    "法定清单以外的不适用商品，须在每次购买流程中设置显著的确认步骤；未确认的不得拒绝退货。",
                ),
                "QRT art 20",
                "H",
            )
        )
    return told
