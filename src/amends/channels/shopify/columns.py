"""The columns of Shopify's orders CSV (79 columns), its payment methods, and where an order's law is."""

from __future__ import annotations

from typing import Final

from amends.channels.cells import Columns

COLUMNS: Final = Columns(
    {
        "order": ("Name",),
        "email": ("Email",),
        "financial": ("Financial Status",),
        "paid_at": ("Paid at",),
        "fulfilment": ("Fulfillment Status",),
        "fulfilled_at": ("Fulfilled at",),
        "currency": ("Currency",),
        "subtotal": ("Subtotal",),
        "shipping": ("Shipping",),
        "taxes": ("Taxes",),
        "total": ("Total",),
        "discount_code": ("Discount Code",),
        "discount": ("Discount Amount",),
        "created_at": ("Created at",),
        "quantity": ("Lineitem quantity",),
        "title": ("Lineitem name",),
        "price": ("Lineitem price",),
        "sku": ("Lineitem sku",),
        "line_discount": ("Lineitem discount",),
        "billing_company": ("Billing Company",),
        "buyer": ("Billing Name", "Shipping Name"),
        "province": ("Shipping Province", "Billing Province"),
        "country": ("Shipping Country", "Billing Country"),
        "notes": ("Notes",),
        "attributes": ("Note Attributes",),
        "cancelled_at": ("Cancelled at",),
        "method": ("Payment Method",),
        "payment": ("Payment ID", "Payment Reference"),
        "refunded": ("Refunded Amount",),
        "id": ("Id",),
        "tags": ("Tags",),
    }
)
WANTED: Final = COLUMNS.wanted(
    "order",
    "financial",
    "currency",
    "total",
    "quantity",
    "title",
    "price",
    also=[
        "Accepts Marketing",
        "Shipping Method",
        "Lineitem compare at price",
        "Lineitem requires shipping",
        "Lineitem taxable",
        "Lineitem fulfillment status",
        "Vendor",
        "Outstanding Balance",
        "Location",
        "Risk Level",
        "Source",
        "Phone",
        "Duties",
    ],
)

METHODS: Final = (
    ("gift_card", "gift_card"),
    ("gift card", "gift_card"),
    ("paypal", "paypal"),
    ("shopify payments", "card"),
    ("shopify_payments", "card"),
    ("shop pay", "card"),
    ("stripe", "card"),
    ("credit card", "card"),
    ("cash on delivery", "cod"),
    ("(cod)", "cod"),
    ("bank", "bank"),
    ("alipay", "alipay"),
    ("wechat", "wechat_pay"),
    ("store credit", "balance"),
)
"""Words of `Payment Method` to our methods."""

KINDS: Final = (
    ("exchange", "exchange"),
    ("repair", "repair"),
    ("resend", "resend"),
    ("replacement", "resend"),
    ("price match", "price_adjustment"),
    ("price adjustment", "price_adjustment"),
    ("return", "return_refund"),
    ("refund", "refund_only"),
)
"""Words of tags and notes that tell that the buyer asks for something, narrower ones first."""

STATES_WITH_RULES: Final = frozenset({"CA", "NY"})
"""States of the US whose own law the case file's `market` names."""
