"""PRC law on how much comes back, and how: gifts, free shipping, threshold discounts, the way it was paid."""

from __future__ import annotations

from datetime import datetime

from amends.basics.money import Minor, share, write_minor
from amends.facts.case import Case, Discount
from amends.facts.rulebook import Deduct, Finding, OwnForm, Params, Rule
from amends.facts.stage import is_unshipped, paid_for_request, whole_order
from amends.rules.cn.pack import CN
from amends.rules.cn.rules import is_no_reason


def _kept(case: Case) -> dict[str, int]:
    """Pieces of each line (gifts left out) that stay with the buyer."""
    asked = {item.line.id: item.quantity for item in case.request.lines}
    return {line.id: line.quantity - asked.get(line.id, 0) for line in case.order.lines if "gift" not in line.traits}


def _kept_paid(case: Case) -> Minor:
    kept = _kept(case)
    return sum(share(line.paid, kept[line.id], line.quantity) for line in case.order.lines if line.id in kept)


@CN.rule(
    "cn.no_reason_return.gift",
    "limits",
    "QRT art 12",
    holds=(
        "The gift is not among what comes back: its stated price, {amount}, may be asked for.",
        "赠品未一并退回，可要求按事先标明的价格 {amount} 支付。",
    ),
    fails=("The gifts come back with the goods.", "赠品一并退回。"),
)
def gift(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    gifts = [line for line in case.order.lines if "gift" in line.traits]
    if not gifts or not is_no_reason(case) or is_unshipped(case) or not whole_order(case):
        return None
    asked = {item.line.id: item.quantity for item in case.request.lines}
    total = 0
    for line in gifts:
        value = line.gift_value if line.gift_value is not None else line.list_price or 0
        total += value * (line.quantity - asked.get(line.id, 0))
    digits = case.order.digits
    if not total:
        return rule.fails({"gifts": [line.id for line in gifts]})
    return rule.holds(
        {"gifts": [line.id for line in gifts], "amount": write_minor(total, digits)}, Deduct("gift", total)
    )


@CN.rule(
    "cn.no_reason_return.free_shipping_lost",
    "limits",
    "QRT art 18",
    holds=(
        "What stays ({kept}) no longer reaches the free-shipping mark ({over}): freight of {freight} may be deducted.",
        "退货后剩余商品金额 {kept} 不再满足 {over} 免运费条件，可在退款中扣除运费 {freight}。",
    ),
    fails=(
        "What stays ({kept}) still reaches the free-shipping mark ({over}).",
        "剩余商品金额 {kept} 仍满足 {over} 免运费条件。",
    ),
)
def free_shipping_lost(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    order = case.order
    if order.free_shipping_over is None or not order.free_shipping_value or not is_no_reason(case):
        return None
    if is_unshipped(case) or whole_order(case):
        return None
    kept = _kept_paid(case)
    facts = {
        "kept": write_minor(kept, order.digits),
        "over": write_minor(order.free_shipping_over, order.digits),
        "freight": write_minor(order.free_shipping_value, order.digits),
    }
    if kept >= order.free_shipping_over:
        return rule.fails(facts)
    return rule.holds(facts, Deduct("free_shipping_lost", order.free_shipping_value))


def _off(discount: Discount, listed: Minor, before: Minor) -> Minor:
    """What the discount takes off goods of `listed` price; one without threshold keeps its proportion of `before`."""
    best = 0
    for over, off in discount.tiers:
        if over is None:
            best = max(best, share(off, listed, before) if before else 0)
        elif listed >= over:
            best = max(best, off)
    return best


@CN.rule(
    "cn.refund.partial_resettlement",
    "limits",
    "QRT art 17",
    holds=(
        "The threshold discount is lost by the return: what stays is settled at its price at purchase ({kept_due}); "
        "{paid} paid less that leaves {refund}, so {amount} is taken off.",
        "退货后不再满足满减条件：保留商品按购买时价格 {kept_due} 结算，实付 {paid} 扣除后应退 {refund}，须扣回优惠 {amount}。",
    ),
    fails=(
        "What stays ({kept_listed}) still meets the discount's threshold.",
        "剩余商品（{kept_listed}）仍满足满减条件。",
    ),
    unknown=(
        "A threshold discount may be lost, but the price at purchase of a line is not given.",
        "可能不再满足满减条件，但缺少商品购买时的单价，无法重新结算。",
    ),
)
def partial_resettlement(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    order = case.order
    tiered = [item for item in order.discounts if any(over is not None for over, _ in item.tiers)]
    if not tiered or not is_no_reason(case) or whole_order(case):
        return None
    lines = [line for line in order.lines if "gift" not in line.traits]
    if any(line.list_price is None for line in lines):
        return rule.unknown({"discounts": [item.id for item in tiered]}, "order.lines[].list_price")
    kept = _kept(case)
    listed = sum((line.list_price or 0) * line.quantity for line in lines)
    kept_listed = sum((line.list_price or 0) * kept[line.id] for line in lines)
    digits = order.digits
    if all(_off(item, kept_listed, listed) == _off(item, listed, listed) for item in tiered):
        return rule.fails({"kept_listed": write_minor(kept_listed, digits)})
    kept_due = kept_listed - sum(_off(item, kept_listed, listed) for item in order.discounts)
    paid = sum(line.paid for line in lines)
    amount = paid_for_request(case) - (paid - kept_due)
    facts = {"kept_listed": write_minor(kept_listed, digits), "kept_due": write_minor(kept_due, digits)}
    facts |= {"paid": write_minor(paid, digits), "refund": write_minor(max(0, paid - kept_due), digits)}
    facts["amount"] = write_minor(amount, digits)
    return rule.holds(facts, Deduct("discount_lost", amount)) if amount > 0 else rule.fails(facts)


@CN.rule(
    "cn.refund.same_method",
    "requires",
    "QRT arts 14, 15",
    holds=(
        "Each part goes back by the way it was paid ({methods}); points and coupons in their own form.",
        "按原支付方式分别退回（{methods}）；积分、优惠券按原形式返还。",
    ),
)
def same_method(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind in ("exchange", "repair", "resend") or not case.order.payments:
        return None
    methods = list(dict.fromkeys(payment.method for payment in case.order.payments))
    return rule.holds({"methods": methods}, OwnForm(frozenset({"points", "coupon"})))
