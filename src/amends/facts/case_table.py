"""A table of cases for shops that no channel connects: its columns, out and in, by the same names.

One row is one line of a case; the cells of the case itself stand on its first row, and may be left empty on the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

CellKind = Literal["text", "id", "code", "amount", "time", "count"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: our name, its headers, what stands in it, and whether it is of the line. `path`: where it lies in a case file.

    `codes`: the word table of its codes. `out_only`: what the house adds when it writes; nobody reads it back. `needed`: a case needs it.
    """

    name: str
    zh: str
    en: str
    kind: CellKind = "text"
    path: str = ""
    codes: str = ""
    of_line: bool = False
    needed: bool = False
    out_only: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case as it is written out: `state` open or closed, its case file, and the decision on it, where there is one."""

    number: int
    state: str
    case: Mapping[str, Any]
    decision: Mapping[str, Any] | None


COLUMNS: Final = (
    TableColumn("case", "售后单号", "Case", "id", "case", needed=True, also=("售后编号", "退款编号", "case id", "rma")),
    TableColumn("state", "状态", "State", "code", "", "state"),
    TableColumn(
        "order", "订单号", "Order", "id", "order.id", needed=True, also=("订单编号", "order id", "order number")
    ),
    TableColumn("market", "市场", "Market", "code", "market", "market"),
    TableColumn("currency", "币种", "Currency", "code", "order.currency"),
    TableColumn("placed_at", "下单时间", "Placed at", "time", "order.placed_at"),
    TableColumn("paid_at", "付款时间", "Paid at", "time", "order.paid_at"),
    TableColumn("shipping_paid", "运费", "Shipping paid", "amount", "order.shipping_paid"),
    TableColumn("method", "支付方式", "Payment method", "code", "", "method"),
    TableColumn("payment", "支付单号", "Payment", "id"),
    TableColumn("kind", "售后类型", "Asked for", "code", "request.kind", "kind", needed=True, also=("request", "type")),
    TableColumn("reason", "申请原因", "Reason", "code", "request.reason", "reason", also=("退款原因", "售后原因")),
    TableColumn(
        "requested_at", "申请时间", "Asked at", "time", "request.requested_at", needed=True, also=("requested at",)
    ),
    TableColumn("amount", "申请金额", "Amount asked", "amount", "request.amount", also=("退款金额",)),
    TableColumn("message", "买家说明", "Buyer's words", "text", "request.message"),
    TableColumn("status", "平台状态", "Platform status", "text", "platform.status"),
    TableColumn("deadline", "平台截止时间", "Platform deadline", "time", "platform.deadline"),
    TableColumn("shipped_at", "发货时间", "Shipped at", "time"),
    TableColumn("delivered_at", "签收时间", "Delivered at", "time"),
    TableColumn("waybill", "发货物流单号", "Waybill", "id"),
    TableColumn("trace", "物流状态", "Trace", "code", "", "trace"),
    TableColumn("return_waybill", "退货物流单号", "Return waybill", "id", "return_parcel.waybill"),
    TableColumn("return_shipped_at", "退货发货时间", "Sent back at", "time", "return_parcel.shipped_at"),
    TableColumn("return_signed_at", "退货签收时间", "Return received at", "time", "return_parcel.signed_at"),
    TableColumn("line", "商品行号", "Line", "id", "id", of_line=True),
    TableColumn("sku", "商家编码", "SKU", "text", "sku", of_line=True),
    TableColumn("title", "商品名称", "Title", "text", "title", of_line=True),
    TableColumn("quantity", "数量", "Quantity", "count", "quantity", of_line=True),
    TableColumn("paid", "实付金额", "Paid for the line", "amount", "paid", of_line=True, needed=True, also=("paid",)),
    TableColumn("category", "类目", "Category", "code", "category", "category", of_line=True),
    TableColumn("asked_quantity", "申请数量", "Quantity asked about", "count", of_line=True),
    TableColumn("outcome", "判定", "Decision", "code", "outcome", "outcome", out_only=True),
    TableColumn("remedy", "处理方式", "Remedy", "code", "remedy", "kind", out_only=True),
    TableColumn("refund", "应退金额", "Refund", "amount", "refund.total", out_only=True),
    TableColumn("handling", "办理方式", "Handling", "code", "handling", "handling", out_only=True),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
