"""Every code that a case file or a decision may carry (contract, sections 2 to 4), and the fault a reason alleges."""

from __future__ import annotations

from typing import Final

CHANNELS: Final = frozenset(
    "direct shopify woocommerce medusa douyin taobao tmall jd wechat pinduoduo kuaishou xiaohongshu amazon ebay".split()
)
KINDS: Final = frozenset(
    "cancel refund_only return_refund exchange repair resend compensation price_adjustment".split()
)
REMEDIES: Final = (KINDS - {"cancel"}) | {"none"}
CATEGORIES: Final = frozenset(
    "apparel shoes bags jewellery electronics appliance furniture home_textile toys food fresh health_food cosmetics "
    "medical_device intimate books periodical media digital gold second_hand service other".split()
)
TRAITS: Final = frozenset(
    "custom_made perishable sealed_hygiene sealed_media digital_started unsealing_sensitive activation_sensitive "
    "near_expiry_disclosed flaw_disclosed blind_box gift second_hand luxury".split()
)
METHODS: Final = frozenset("card alipay wechat_pay paypal balance gift_card points coupon cod bank platform".split())
"""`platform`: paid through the platform, which does not tell how; it goes back by the original route."""
TRACES: Final = frozenset(
    "none picked_up in_transit out_for_delivery delivered lost returned_to_sender refused".split()
)
UNDELIVERED_TRACES: Final = frozenset({"none", "picked_up", "in_transit", "out_for_delivery", "lost"})
EVIDENCE_KINDS: Final = frozenset("photo video document chat waybill weight report".split())
PARTIES: Final = frozenset("buyer merchant carrier platform".split())
GRADES: Final = frozenset("ABCD")
DISPUTE_STAGES: Final = frozenset("alert open chargeback evidence_due won lost accepted".split())
OPEN_DISPUTE_STAGES: Final = frozenset("alert open chargeback evidence_due".split())
DISCOUNT_KINDS: Final = frozenset({"threshold", "order"})
SIGNED_BY: Final = frozenset("buyer family neighbour guard locker station other".split())
GOODS_STATES: Final = (
    "opened",
    "tags_removed",
    "seal_broken",
    "activated",
    "used",
    "washed",
    "damaged",
    "incomplete",
    "swapped",
)

REASON_FAULTS: Final[dict[str, str]] = {
    "changed_mind": "buyer",
    "ordered_by_mistake": "buyer",
    "wrong_size": "buyer",
    "wrong_address": "buyer",
    "better_price": "none",
    "not_as_described": "seller",
    "quality": "seller",
    "damaged": "seller",
    "wrong_item": "seller",
    "missing_item": "seller",
    "empty_parcel": "seller",
    "counterfeit": "seller",
    "expired": "seller",
    "allergy": "none",
    "late_shipment": "seller",
    "out_of_stock": "seller",
    "not_received": "carrier",
    "delivery_delayed": "carrier",
    "false_delivery": "carrier",
    "refused_delivery": "buyer",
    "duplicate_charge": "seller",
    "unrecognised_charge": "none",
    "invoice": "seller",
    "service": "seller",
    "other": "none",
}
REASONS: Final = frozenset(REASON_FAULTS)
NO_REASON: Final = frozenset(
    {"changed_mind", "ordered_by_mistake", "wrong_size", "wrong_address", "refused_delivery", "better_price", "other"}
)
"""Reasons that allege no defect and no failure to deliver: the buyer simply does not want to keep it."""
DEFECT: Final = frozenset(
    {"quality", "damaged", "not_as_described", "wrong_item", "missing_item", "empty_parcel", "counterfeit", "expired"}
)
"""Reasons that say that what came is not what was bought."""
NON_DELIVERY: Final = frozenset({"not_received", "delivery_delayed", "false_delivery", "late_shipment", "out_of_stock"})
"""Reasons that say that nothing came, or not in time."""

LAYERS: Final = ("law", "platform", "policy", "risk")
ROLES: Final = ("agent", "lead", "finance", "manager")
"""From the lowest to the highest."""
