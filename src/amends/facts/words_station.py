"""Names of what is seen and done at the station: zh first, en second."""

from typing import Final

STATION_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "stray_kind": {
        "unannounced": ("无信息件", "Unannounced"),
        "wrong": ("错件（不属于该售后单）", "Wrong parcel"),
        "refused": ("拒收退回", "Refused by the buyer"),
        "returned": ("退回寄件人", "Returned to sender"),
    },
    "stray_state": {
        "kept": ("待匹配", "waits for its case"),
        "matched": ("已匹配", "matched"),
        "gone": ("已转出", "gone"),
    },
    "came_back": {
        "refused": ("买家拒收", "the buyer refused it"),
        "returned": ("快递退回", "the carrier brought it back"),
    },
    "likeness": {
        "waybill": ("运单号一致", "same waybill"),
        "order": ("订单号一致", "same order"),
        "phone": ("手机尾号一致", "same telephone"),
        "name": ("姓名一致", "same name"),
        "sku": ("货号一致", "same article"),
        "weight": ("重量相近", "like weight"),
        "time": ("时间相符", "asked for lately"),
    },
    "found_by": {
        "case": ("售后单号", "case number"),
        "waybill": ("退货运单", "waybill of the return"),
        "shipment": ("发货运单", "waybill it went out by"),
        "order": ("订单号", "order number"),
        "label": ("入库标签", "label"),
    },
    "weight_verdict": {
        "fits": ("重量相符", "the weight fits"),
        "light": ("偏轻", "lighter than what was sent"),
        "heavy": ("偏重", "heavier than what was sent"),
        "empty": ("疑似空包", "as good as empty"),
    },
    "disposition": {
        "restock": ("重新上架", "Restock"),
        "refurbish": ("翻新", "Refurbish"),
        "supplier": ("退供应商", "To the supplier"),
        "scrap": ("报废", "Scrap"),
        "send_back": ("寄还买家", "Send back to the buyer"),
    },
    "pieces_found": {
        "good": ("良品", "Good"),
        "defective": ("不良", "Defective"),
        "missing": ("缺少", "Missing"),
        "wrong": ("错发 / 调包", "Wrong or swapped"),
    },
}
