"""Why a case can be neither split nor merged now: goods, money or a dispute of it are under way, and would belong to the wrong case."""

from __future__ import annotations

from typing import Final

from amends.desk.cases.desk import CaseDesk
from amends.facts.charges import IN_HAND, OPEN
from amends.facts.payout import MoneyBox
from amends.facts.plan import RESERVING
from amends.facts.rulebook import Says
from amends.facts.work import CaseState

_GOODS: Final = {
    "awaited": Says("the goods are awaited; call that off first", "等待买家寄回商品，请先取消寄回"),
    "on_the_way": Says("the goods are on their way back", "买家寄回的商品在途"),
    "arrived": Says("the goods are here and not inspected yet", "商品已到仓，尚未质检"),
    "inspected": Says("the goods are here and were inspected", "商品已到仓并质检"),
    "lost": Says("the goods were lost on their way back", "商品在寄回途中丢失"),
    "sent_back": Says("the goods were sent back to the buyer", "商品已退还买家"),
}
_REPLACEMENT: Final = Says("a replacement is held or on its way", "换货/补发商品已锁定或已发出")
_REPAIR: Final = Says("a repair was quoted or begun", "维修已报价或已开始")
_STOCK: Final = Says("stock is held for it; release the stock first", "已锁定库存，请先释放库存")
_CHARGE: Final = Says(
    "the buyer was asked for money; drop it, let go of it or give it back first",
    "有待买家支付或已收的款项，请先取消、解冻或退回",
)
_MONEY: Final = Says("money was promised or went back", "已有退款或正在退款")
_DISPUTE: Final = Says("it is before the platform or the buyer's bank", "平台介入或拒付处理中或已有结果")


def under_way(desk: CaseDesk, state: CaseState) -> tuple[str, Says] | None:
    """What stands against taking a case apart or putting it into another: a fault's code and why; None where nothing does."""
    tracks, number = state.tracks, state.number
    if tracks.goods in _GOODS:
        return "not_possible", _GOODS[tracks.goods]
    if tracks.replacement != "none":
        return "not_possible", _REPLACEMENT
    if tracks.repair != "none":
        return "not_possible", _REPAIR
    if any(one.state in OPEN | IN_HAND for one in desk.casework.charges(number)):
        return "money", _CHARGE
    if any(one.state == "held" for one in desk.casework.holds(number)):
        return "not_possible", _STOCK
    if desk.money.till.current(number) is not None or _moves(desk.money.till.box(number)):
        return "money", _MONEY
    if (tracks.platform, tracks.card) != ("none", "none"):
        return "not_possible", _DISPUTE
    return None


def _moves(box: MoneyBox | None) -> bool:
    """Whether any plan, also one beside the decision, waits for a yes, reserves money or has paid."""
    plans = box.plans if box else ()
    return any(
        plan.state == "proposed" or (plan.state != "refused" and any(one.state in RESERVING for one in plan.steps))
        for plan in plans
    )
