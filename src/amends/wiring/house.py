"""The rulebooks, the forms of files, and the house with its money: built once, joined here."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from amends.channels.cases.case_rows import CaseFiles
from amends.channels.douyin.after_sales import DouyinAfterSales
from amends.channels.shopify.orders import ShopifyOrders
from amends.channels.table.after_sales import CaseTable
from amends.channels.taobao.refunds import TaobaoRefunds
from amends.decide.judge import Rulebooks
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.desk.platform_amount import FixedAmounts
from amends.facts.imported import ExportFormat
from amends.facts.rulebook import Pack
from amends.rules import (
    au,
    cn,
    douyin,
    eu,
    jd,
    jp,
    kr,
    platform,
    risk,
    sg,
    taobao,
    tmall,
    tw,
    uk,
    us,
    us_ca,
    us_ny,
    wechat,
)
from amends.rules.kernel import build_pack
from amends.wiring.channels import BY_NAME
from amends.wiring.clock import now
from amends.wiring.platform_ways import routes_of
from amends.wiring.policies import live_shelf
from amends.wiring.ways import Ways

LAW: Final = (cn, eu, uk, us, us_ca, us_ny, tw, jp, kr, au, sg)
PLATFORMS: Final = (platform, taobao, tmall, douyin, jd, wechat)
RISK: Final = (risk,)
FORMS: Final[tuple[ExportFormat, ...]] = (
    DouyinAfterSales(),
    TaobaoRefunds(),
    ShopifyOrders(),
    CaseTable(),
    CaseFiles(),
)


def _pack(module: Any) -> Pack:
    text = resources.files(module.__name__).joinpath("parameters.yaml").read_text(encoding="utf-8")
    return build_pack(module.DECLARED, yaml.load(text, yaml.CSafeLoader))


@cache
def load_rulebooks() -> Rulebooks:
    """Every rule pack with its dated numbers, in the order in which they speak."""
    return Rulebooks(
        law=tuple([_pack(module) for module in LAW]),
        platform=tuple([_pack(module) for module in PLATFORMS]),
        risk=tuple([_pack(module) for module in RISK]),
    )


def live_house() -> House:
    """The house on the database that Django was made ready for."""
    from amends.store.case_book import DatabaseCaseBook
    from amends.store.decision_book import DatabaseDecisionBook

    return House(DatabaseCaseBook(now), DatabaseDecisionBook(), load_rulebooks(), live_shelf(), FORMS, now)


def money_desk(house: House, ways: Ways) -> MoneyDesk:
    """The verbs of money on the database of `house`, by these ways."""
    from amends.store.deed_rows import side_of_case
    from amends.store.goodwill_budget import DatabaseGoodwill
    from amends.store.money_till import DatabaseTill

    against = FixedAmounts(side_of_case, BY_NAME)
    given = DatabaseGoodwill()
    return MoneyDesk(house, DatabaseTill(), routes_of(ways), ways.can, against, given, ways.collector)
