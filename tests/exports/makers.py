"""Export files as the platforms write them: headers in their order, and the quirks that such files really have."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from amends.intake.samples.douyin_shop import HEADER as DOUYIN_HEADER
from amends.intake.samples.taobao_shop import HEADER as TAOBAO_HEADER

TAOBAO_2025_HEADER = [
    {"支付宝交易号": "支付单号", "是否需要退货": "售后类型"}.get(name, name) for name in TAOBAO_HEADER
] + ["商品id", "备注标签"]
TAOBAO_2017_HEADER = [
    *(name for name in TAOBAO_HEADER if name not in {"业务类型", "是否帮他退款", "帮他退款操作账号", "商品编码"}),
    "商家编码",
    "买家会员名称",
    "主数据编码",
]
SHOPIFY_HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
    "Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,"
    "Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,"
    "Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,"
    "Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,"
    "Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,"
    "Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,"
    "Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
).split(",")

DOUYIN_ROW = {
    "售后单号": "\t147850000000000001",
    "订单号": "\t6921000000000000011",
    "商品单号": "\t6921000000000000012",
    "商品名称": "圆领卫衣 炭灰 L",
    "应付金额（元）": "¥189.50",
    "商品运费（元）": "-",
    "商品发货状态": "已发货",
    "售后类型": "退货退款",
    "退商品金额（元）": "189.5",
    "退运费金额（元）": "-",
    "售后状态": "待商家处理",
    "售后申请时间": "2026-11-23 21:04:09",
    "售后原因": "质量问题",
    "自动处理截止时间": "2026-11-25 21:04:09",
    "仲裁状态": "未介入",
    "是否极速退款": "否",
    "发货物流单号": "\tYT7700000000001",
    "发货物流状态": "已签收",
    "用户售后说明": "袖口开线",
    "商家编码": "SW-2260",
}
TAOBAO_ROW = {
    "订单编号": "\t4801000000000000021",
    "退款编号": "\t310000000000000022",
    "支付宝交易号": "\t2026112022001400000000000023",
    "订单付款时间": "2026-11-20 08:00:00",
    "商品编码": "SY-01",
    "买家实际支付金额": "1,288.00",
    "宝贝标题": "大闸蟹礼盒",
    "买家退款金额": "386.40",
    "是否需要退货": "不需要退货",
    "退款的申请时间": "2026-11-24 09:30:00",
    "超时时间": "2026-11-25 21:30:00",
    "退款状态": "买家已经申请退款，等待卖家同意",
    "货物状态": "买家已收到货",
    "发货物流信息": "顺丰速运 SF1000000000024",
    "客服介入状态": "未介入",
    "买家退款原因": "死蟹/死亡",
    "买家退款说明": "8只死了3只",
    "是否零秒响应": "否",
}
SHOPIFY_ROW = {
    "Name": "#1042",
    "Email": "a@example.com",
    "Financial Status": "paid",
    "Paid at": "2026-11-02 10:01:00 +0100",
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-11-03 09:00:00 +0100",
    "Currency": "EUR",
    "Subtotal": "130.00",
    "Shipping": "4.90",
    "Taxes": "21.54",
    "Total": "134.90",
    "Discount Code": "TEN",
    "Discount Amount": "10.00",
    "Created at": "2026-11-02 10:00:00 +0100",
    "Lineitem quantity": "2",
    "Lineitem name": "Rain jacket - M",
    "Lineitem price": "50.00",
    "Lineitem sku": "JKT-M",
    "Lineitem discount": "0.00",
    "Billing Name": "Jonas Weber",
    "Shipping Province": "",
    "Shipping Country": "DE",
    "Shipping Zip": "'10115",
    "Payment Method": "Shopify Payments",
    "Refunded Amount": "0.00",
    "Id": "5550001042",
    "Tags": "return-requested 2026-11-12, too small",
}
SHOPIFY_SECOND_LINE = {
    "Name": "#1042",
    "Email": "a@example.com",
    "Lineitem quantity": "1",
    "Lineitem name": "Wool hat",
    "Lineitem price": "40.00",
    "Lineitem sku": "HAT",
    "Lineitem discount": "0.00",
}


def csv_text(header: Sequence[str], rows: Sequence[Mapping[str, str]], delimiter: str = ",", above: str = "") -> str:
    text = io.StringIO(newline="")
    text.write(above)
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return text.getvalue()


def workbook(
    header: Sequence[str], rows: Sequence[Mapping[str, Any]], above: int = 0, sheets: Sequence[str] = ()
) -> bytes:
    """`above` notes lines over the header; `sheets` are others that stand before it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same bytes every time
    for name in sheets:
        book.add_worksheet(name).write(0, 0, "说明")
    sheet = book.add_worksheet("数据")
    for number in range(above):
        sheet.write(number, 0, f"导出说明 {number}")
    sheet.write_row(above, 0, header)
    for number, row in enumerate(rows, above + 1):
        sheet.write_row(number, 0, [row.get(name, "") for name in header])
    book.close()
    return content.getvalue()


def douyin_xlsx(*changes: Mapping[str, Any]) -> bytes:
    return workbook(DOUYIN_HEADER, [DOUYIN_ROW | dict(change) for change in changes])


def taobao_gbk(*changes: Mapping[str, str]) -> bytes:
    return csv_text(TAOBAO_HEADER, [TAOBAO_ROW | dict(change) for change in changes]).encode("gbk")


def shopify_csv(*orders: Sequence[Mapping[str, str]]) -> bytes:
    return csv_text(SHOPIFY_HEADER, [row for order in orders for row in order]).encode()
