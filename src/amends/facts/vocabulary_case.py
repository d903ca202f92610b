"""Facts about who asks, what for, where it was sold, and what was paid."""

from __future__ import annotations

from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.zones import EU_MARKETS, MARKETS
from amends.facts.codes import CATEGORIES, CHANNELS, KINDS, OPEN_DISPUTE_STAGES, REASON_FAULTS, REASONS, TRAITS
from amends.facts.rulebook import Says
from amends.facts.situation import Situation
from amends.facts.stage import paid_for_request, whole_order
from amends.facts.vocabulary_fact import Fact, amount, count, yes_no

REGIONS: Final = (MARKETS - EU_MARKETS - {"US-CA", "US-NY"}) | {"EU"}
FAULTS: Final = frozenset(REASON_FAULTS.values())
LABELS: Final = frozenset({"fast_refund", "freight_insurance", "seven_day", "price_protection"})


def region(market: str) -> str:
    """The law's home: EU for every member state, US for every state of it."""
    if market in EU_MARKETS:
        return "EU"
    return "US" if market.startswith("US") else market


def _one_category(situation: Situation) -> str | None:
    found = {item.line.category for item in situation.case.request.lines}
    return found.pop() if len(found) == 1 else None


def _traits(situation: Situation) -> frozenset[str]:
    return frozenset().union(*[item.line.traits for item in situation.case.request.lines])


def _dispute_open(situation: Situation) -> bool:
    dispute = situation.case.dispute
    return dispute is not None and dispute.stage in OPEN_DISPUTE_STAGES


def _steps_in(situation: Situation) -> bool:
    return situation.case.platform.dispute_opened_at is not None


CASE_FACTS: Final = (
    Fact("kind", "code", Says("What the buyer asks for.", "买家申请的售后类型。"), lambda s: s.case.request.kind, None, KINDS, "kind"),
    Fact("reason", "code", Says("The reason that the buyer gives.", "买家选择的申请原因。"), lambda s: s.case.request.reason, None, REASONS, "reason"),
    Fact("fault", "code", Says("Whose fault the reason alleges.", "申请原因所指的责任方。"), lambda s: REASON_FAULTS[s.case.request.reason], None, FAULTS, "fault"),
    Fact("channel", "code", Says("Where it was sold.", "成交平台。"), lambda s: s.case.shop.channel, None, CHANNELS, "channel"),
    Fact("market", "code", Says("Whose law protects the buyer (US-CA, US-NY: those states).", "买家所在市场（适用其法律；US-CA、US-NY 为州）。"), lambda s: s.case.market, None, MARKETS, "market"),
    Fact("region", "code", Says("The market, with EU for every member state and US for every state.", "市场所属法域：欧盟各国记为 EU，美国各州记为 US。"), lambda s: region(s.case.market), None, REGIONS, "market"),
    Fact("currency", "code", Says("The order's currency.", "订单币种。"), lambda s: s.case.order.currency, None, frozenset(EXPONENTS)),
    Fact("labels", "codes", Says("Service marks that shop or item carries on its platform.", "店铺或商品在平台上的服务标识。"), lambda s: s.case.shop.labels, None, frozenset(), "label"),
    Fact("category", "code", Says("The category of the goods asked about; unknown where they differ.", "申请商品的类目；多件类目不同则为未知。"), _one_category, None, CATEGORIES, "category"),
    Fact("categories", "codes", Says("All categories among the goods asked about.", "申请商品涉及的全部类目。"), lambda s: frozenset([item.line.category for item in s.case.request.lines]), None, CATEGORIES, "category"),
    Fact("traits", "codes", Says("All traits among the goods asked about.", "申请商品的全部属性。"), _traits, None, TRAITS, "trait"),
    yes_no("consumer", "The buyer is a consumer, not a business.", "买家是消费者而非企业。", lambda s: s.case.consumer),
    yes_no("member", "The buyer is a member of the shop.", "买家是店铺会员。", lambda s: s.case.buyer.member),
    yes_no("first_order", "This is the buyer's first order.", "是否买家首单。", lambda s: s.case.buyer.first_order),
    count("buyer_orders", "orders in 12 months", "Orders of this buyer.", "该买家近 12 个月订单数。", lambda s: s.case.buyer.orders_12m),
    count("buyer_cases", "cases in 12 months", "After-sales cases of this buyer.", "该买家近 12 个月售后数。", lambda s: s.case.buyer.cases_12m),
    count("buyer_refund_only", "cases in 12 months", "Refunds without return to this buyer.", "该买家近 12 个月仅退款数。", lambda s: s.case.buyer.refund_only_12m),
    count("buyer_refused", "cases in 12 months", "Requests of this buyer that were refused.", "该买家近 12 个月被拒绝数。", lambda s: s.case.buyer.refused_12m),
    count("buyer_disputes", "disputes in 12 months", "Card disputes by this buyer.", "该买家近 12 个月拒付争议数。", lambda s: s.case.buyer.disputes_12m),
    amount("order_total", "What was paid for all goods of the order, without shipping.", "订单全部商品实付金额（不含运费）。", lambda s: sum([line.paid for line in s.case.order.lines])),
    amount("paid_for_request", "What was paid for the pieces asked about.", "申请商品的实付金额。", lambda s: paid_for_request(s.case)),
    amount("amount_asked", "The amount that the buyer asks for; unknown where none is named.", "买家申请的金额；未填写则未知。", lambda s: s.case.request.amount),
    amount("shipping_paid", "Outbound shipping that the buyer paid.", "买家支付的发货运费。", lambda s: s.case.order.shipping_paid),
    count("quantity", "pieces", "Pieces asked about.", "申请的件数。", lambda s: sum([item.quantity for item in s.case.request.lines])),
    yes_no("whole_order", "Every piece of the order is asked about, gifts left out.", "是否申请整单（赠品除外）。", lambda s: whole_order(s.case)),
    yes_no("dispute_open", "A card dispute on the same payment is open.", "同一笔支付存在未结拒付争议。", _dispute_open),
    yes_no("platform_steps_in", "The platform has opened a dispute of its own on the case.", "平台已介入纠纷。", _steps_in),
)  # fmt: skip
