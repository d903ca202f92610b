"""The columns of 抖店's 售后单 export (xlsx, header in row 1; 50 columns as seen in 2026)."""

from __future__ import annotations

from typing import Final

from amends.channels.cells import Columns

COLUMNS: Final = Columns(
    {
        "case": ("售后单号", "售后编号", "售后单编号"),
        "order": ("订单号", "主订单编号", "订单编号"),
        "line": ("商品单号", "子订单编号", "子订单号"),
        "title": ("商品名称",),
        "product": ("商品ID",),
        "sku": ("商家编码",),
        "paid": ("应付金额（元）", "应付金额"),
        "shipping": ("商品运费（元）", "商品运费"),
        "pay_discount": ("支付优惠（元）", "支付优惠"),
        "shipped": ("商品发货状态", "发货状态"),
        "kind": ("售后类型",),
        "refund_goods": ("退商品金额（元）", "退商品金额"),
        "refund_shipping": ("退运费金额（元）", "退运费金额"),
        "refund_pay_discount": ("退支付优惠（元）", "退支付优惠"),
        "status": ("售后状态",),
        "requested_at": ("售后申请时间", "申请时间"),
        "reason": ("售后原因",),
        "reason_label": ("售后原因标签",),
        "return_waybill": ("退货物流单号",),
        "return_shipped_at": ("退货发货时间",),
        "return_carrier": ("退货物流公司",),
        "return_trace": ("退货物流状态",),
        "deadline": ("自动处理截止时间", "超时时间"),
        "agreed_at": ("同意售后申请时间",),
        "refunded_at": ("商家退款时间",),
        "arrived_at": ("用户到账时间",),
        "closed_at": ("售后关闭时间",),
        "ended_at": ("售后完结时间",),
        "arbitration": ("仲裁状态",),
        "blame": ("纠纷责任方",),
        "fast": ("是否极速退款",),
        "refused_parcel": ("是否拒签后退款",),
        "waybill": ("发货物流单号",),
        "trace": ("发货物流状态",),
        "message": ("用户售后说明",),
    }
)
WANTED: Final = COLUMNS.wanted(
    "case",
    "order",
    "kind",
    "status",
    "requested_at",
    also=[
        "商品税费（元）",
        "退税费金额（元）",
        "退款方式",
        "是否已上传退款凭证",
        "退货异常",
        "商家退货地址",
        "商家退货联系人姓名",
        "商家退货联系人电话",
        "换货物流单号",
        "订单备注",
        "售后备注",
        "操作人",
        "协商记录",
        "换货商品信息",
        "门店名称",
    ],
)

KINDS: Final = {
    "退货退款": "return_refund",
    "已发货退款": "refund_only",
    "已发货仅退款": "refund_only",
    "仅退款": "refund_only",
    "未发货退款": "cancel",
    "未发货仅退款": "cancel",
    "系统取消": "cancel",
    "用户取消": "cancel",
    "换货": "exchange",
    "补寄": "resend",
    "维修": "repair",
    "以换代修": "repair",
    "价保": "price_adjustment",
}
"""售后类型 (API values 0-8 and 8001 by their texts) to `request.kind`."""

STATUSES: Final = {
    "待商家处理": "open",
    "待商家同意": "open",
    "待商家收货": "open",
    "待买家退货": "open",
    "待商家发货": "open",
    "待商家二次同意": "open",
    "换货待买家收货": "open",
    "补寄待买家收货": "open",
    "维修待买家收货": "open",
    "商家一次拒绝": "open",
    "商家二次拒绝": "open",
    "拒绝售后申请": "open",
    "退款失败": "open",
    "同意退款,退款中": "open",
    "同意退款,退款失败": "open",
    "同意退款,退款成功": "closed",
    "售后成功": "closed",
    "售后失败": "closed",
    "售后关闭": "closed",
    "换货成功": "closed",
    "补寄成功": "closed",
    "维修成功": "closed",
    "订单取消成功": "closed",
    "逆向交易已完成": "closed",
}

TRACES: Final = (
    ("拒签", "refused"),
    ("拒收", "refused"),
    ("退签", "refused"),
    ("退回", "returned_to_sender"),
    ("丢失", "lost"),
    ("遗失", "lost"),
    ("未揽", "none"),
    ("待揽", "none"),
    ("未签收", "in_transit"),
    ("签收", "delivered"),
    ("派", "out_for_delivery"),
    ("运输", "in_transit"),
    ("在途", "in_transit"),
    ("揽", "picked_up"),
    ("未发货", "none"),
    ("暂无", "none"),
)
"""Words of 发货物流状态 to `shipments[].trace`, narrower ones first."""

NO_ARBITRATION: Final = frozenset({"未介入", "无仲裁", "无仲裁记录", "暂无仲裁", "否"})

BUYERS_TURN: Final = frozenset({"待买家退货", "换货待买家收货", "补寄待买家收货", "维修待买家收货"})
"""In these states the platform's countdown is the buyer's, not the merchant's."""
