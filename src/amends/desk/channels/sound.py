"""What a platform told, looked at before it is taken in: what cannot be read is refused with the reason and keeps nothing else waiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from amends.desk.cases.faults import UnableToWork
from amends.desk.import_cases import checked
from amends.desk.orders import complete, see_that_it_reads
from amends.facts.channel_intake import Brought
from amends.facts.imported import CaseMade, Remark, ShopSetting
from amends.facts.platforms import ToldCase, ToldOrder


def brought(
    shop: ShopSetting,
    cases: Iterable[ToldCase],
    orders: Iterable[ToldOrder],
    asked_at: datetime,
    left: int | None = None,
) -> Brought:
    """What was told, each case sound or refused, each order complete or named among the spoilt."""
    good: list[ToldOrder] = []
    spoilt: list[tuple[ToldOrder, Remark]] = []
    known = (shop.merchant, shop.channel, shop.market, shop.currency)
    for one in orders:
        try:
            file = complete(one.file, known, shop.name, one.number)
            see_that_it_reads(file, one.number, asked_at)
            good.append(replace(one, file=file))
        except UnableToWork as fault:
            zh, en = f"订单 {one.number}：{fault.says.zh}", f"order {one.number}: {fault}"
            spoilt.append((one, Remark("order_refused", zh, en, fault.field or None)))
    sound = tuple([replace(one, made=checked(one.made)) if isinstance(one.made, CaseMade) else one for one in cases])
    return Brought(asked_at, sound, tuple(good), tuple(spoilt), left)
