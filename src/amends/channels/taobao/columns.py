"""The columns of 淘宝/天猫's 退款管理 export in its three generations (2017; current, 42 columns; 2025-26)."""

from __future__ import annotations

from typing import Final

from amends.channels.cells import Columns

COLUMNS: Final = Columns(
    {
        "case": ("退款编号", "退款单号", "售后单号"),
        "order": ("订单编号", "订单号", "子订单编号"),
        "payment": ("支付单号", "支付宝交易号"),
        "paid_at": ("订单付款时间",),
        "product": ("商品id", "商品编码"),
        "sku": ("商家编码", "主数据编码"),
        "paid": ("买家实际支付金额",),
        "title": ("宝贝标题", "商品标题"),
        "refund": ("买家退款金额", "退款金额"),
        "kind": ("售后类型",),
        "goods_back": ("是否需要退货",),
        "requested_at": ("退款的申请时间", "退款申请时间", "申请时间"),
        "deadline": ("超时时间",),
        "status": ("退款状态",),
        "goods": ("货物状态",),
        "return_logistics": ("退货物流信息",),
        "logistics": ("发货物流信息",),
        "service": ("客服介入状态",),
        "return_waybill": ("退货物流单号",),
        "return_carrier": ("退货物流公司",),
        "reason": ("买家退款原因", "退款原因"),
        "reason_label": ("退款原因标签",),
        "remark_label": ("备注标签",),
        "message": ("买家退款说明", "退款说明"),
        "return_shipped_at": ("买家退货时间",),
        "blame": ("责任方",),
        "phase": ("售中或售后",),
        "ended_at": ("完结时间", "退款完结时间"),
        "evidence_overdue": ("举证超时",),
        "fast": ("是否零秒响应",),
        "business": ("业务类型",),
        "buyer": ("买家会员名称", "买家会员名", "买家昵称"),
    }
)
WANTED: Final = COLUMNS.wanted(
    "case",
    "order",
    "paid",
    "refund",
    "status",
    "requested_at",
    also=[
        "手工退款/系统退款",
        "卖家真实姓名",
        "卖家真实姓名新",
        "卖家退货地址",
        "卖家邮编",
        "卖家电话",
        "卖家手机",
        "商家备注",
        "部分退款/全部退款",
        "审核操作人",
        "退款操作人",
        "是否帮他退款",
        "帮他退款操作账号",
    ],
)

KINDS: Final = {
    "仅退款": None,
    "退款": None,
    "未发货仅退款": "cancel",
    "已发货仅退款": "refund_only",
    "退货退款": "return_refund",
    "退货": "return_refund",
    "换货": "exchange",
    "维修": "repair",
    "补寄": "resend",
    "价保": "price_adjustment",
    "价保退款": "price_adjustment",
    "退运费": "compensation",
}
"""售后类型 to `request.kind`; None where it depends on whether the goods have been shipped."""

STATUSES: Final = {
    "买家已经申请退款,等待卖家同意": "open",
    "卖家已经同意退款,等待买家退货": "open",
    "买家已经退货,等待卖家确认收货": "open",
    "卖家拒绝退款": "open",
    "卖家拒绝确认收货": "open",
    "等待卖家发货": "open",
    "换货待处理": "open",
    "退款关闭": "closed",
    "退款成功": "closed",
    "换货成功": "closed",
    "换货关闭": "closed",
    "wait_seller_agree": "open",
    "wait_buyer_return_goods": "open",
    "wait_seller_confirm_goods": "open",
    "wait_seller_consign_goods": "open",
    "seller_refuse_buyer": "open",
    "closed": "closed",
    "success": "closed",
}

NOT_RECEIVED: Final = ("未收到", "未收货")
BUYERS_TURN: Final = ("等待买家", "待买家", "WAIT_BUYER", "卖家拒绝", "SELLER_REFUSE")
"""In these states the platform's countdown is the buyer's: to ship back, or to change or take back the request."""

TRACES: Final = (
    ("拒签", "refused"),
    ("拒收", "refused"),
    ("退回", "returned_to_sender"),
    ("丢失", "lost"),
    ("未签收", "in_transit"),
    ("签收", "delivered"),
    ("派送", "out_for_delivery"),
    ("派件", "out_for_delivery"),
    ("运输", "in_transit"),
    ("在途", "in_transit"),
    ("揽", "picked_up"),
)
