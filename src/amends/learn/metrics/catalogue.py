"""Every metric that there is, and everything by which it can be taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.metric_columns import SALES
from amends.facts.rulebook import Says
from amends.learn.metrics.followed import FOLLOWED
from amends.learn.metrics.metric import Metric, both
from amends.learn.metrics.rates import RATES
from amends.learn.metrics.work import WORK
from amends.learn.metrics.worth import WORTH

METRICS: Final[tuple[Metric, ...]] = (*RATES, *WORK, *WORTH, *FOLLOWED)
BY_CODE: Final = {one.code: one for one in METRICS}


@dataclass(frozen=True, slots=True)
class Dimension:
    """What metrics are taken apart by. `fills`: where its facts come from, in words, for pages on which it is empty."""

    code: str
    name: Says
    fills: Says

    @property
    def of_sales(self) -> bool:
        """Whether orders tell it too, so that rates over orders can be taken apart by it."""
        return any(one.name == self.code for one in SALES)


_ORDER_TELLS: Final = "订单文件中的 {} 字段", "the field {} of orders as the shop tells them"


def _told(code: str, zh: str, en: str, field: str) -> Dimension:
    return Dimension(code, both(zh, en), both(_ORDER_TELLS[0].format(field), _ORDER_TELLS[1].format(field)))


DIMENSIONS: Final = (
    Dimension("shop", both("店铺", "Shop"), both("售后单", "every case")),
    Dimension("platform", both("平台", "Platform"), both("售后单", "every case")),
    Dimension("market", both("市场", "Market"), both("售后单", "every case")),
    Dimension("kind", both("售后类型", "Asked for"), both("售后单", "every case")),
    Dimension("reason", both("原因", "Reason"), both("售后单", "every case")),
    _told("sku", "SKU", "SKU", "order.lines[].sku"),
    _told("batch", "批次", "Batch", "order.lines[].batch"),
    _told("supplier", "供应商", "Supplier", "order.lines[].supplier"),
    Dimension("carrier", both("承运商", "Carrier"), both("物流跟踪", "parcels that are followed")),
    _told("station", "派送网点", "Carrier's station", "shipments[].station"),
    _told("creator", "达人", "Creator", "order.creator"),
    _told("campaign", "营销活动", "Campaign", "order.campaign"),
)
BY_DIMENSION: Final = {one.code: one for one in DIMENSIONS}
