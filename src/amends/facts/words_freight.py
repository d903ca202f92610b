"""Names of what freight is about: zh first, en second."""

from typing import Final

FREIGHT_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "interception": {
        "asked": ("已申请拦截", "asked to be stopped"),
        "accepted": ("快递已受理拦截", "the carrier will stop it"),
        "refused": ("快递拒绝拦截", "the carrier will not stop it"),
        "succeeded": ("拦截成功，退回途中", "stopped, on its way back"),
        "failed": ("拦截失败", "not stopped"),
        "too_late": ("已签收，拦截未及时", "delivered after all"),
        "called_off": ("已取消拦截", "called off"),
    },
    "interception_way": {
        "network": ("物流服务", "by the tracking network"),
        "platform": ("平台", "by the platform"),
        "person": ("人工致电快递", "a person calls the carrier"),
    },
    "interception_move": {
        "accept": ("快递已受理", "The carrier will stop it"),
        "refuse": ("快递拒绝", "The carrier will not"),
        "succeed": ("拦截成功", "It was stopped"),
        "fail": ("拦截失败", "It could not be stopped"),
        "miss": ("买家已签收", "It was delivered"),
        "call_off": ("取消拦截", "Call it off"),
    },
    "waybill_signal": {
        "same_as_outbound": ("退货单号与发货单号相同", "the return bears the number of the parcel out"),
        "outbound_elsewhere": (
            "退货单号是其他订单的发货单号",
            "the return bears the number of another order's parcel out",
        ),
        "used_elsewhere": ("退货单号已用于其他售后单", "the return's number was used in another case"),
        "delivered_before": ("该单号在申请前已签收", "the return's number was delivered before it was asked for"),
        "delivered_away": ("退货签收地不是仓库所在地", "the return was signed for away from the warehouse"),
        "signed_after_stop": ("拦截成功后被他人签收", "the stopped parcel was signed for by somebody else"),
    },
    "way_back": {
        "self": ("买家自行寄回", "the buyer sends it"),
        "label": ("商家提供面单", "by the merchant's label"),
        "pickup": ("商家安排上门取件", "collected at the merchant's cost"),
    },
    "insurance": {
        "none": ("无", "none"),
        "automatic": ("平台自动赔付", "the platform pays by itself"),
        "to_claim": ("待申请理赔", "to be claimed"),
        "claimed": ("已申请理赔", "claimed"),
        "paid": ("已赔付", "paid"),
        "refused": ("保险拒赔", "refused"),
    },
    "insurance_move": {
        "expect": ("有运费险，自动赔付", "Insured, paid by itself"),
        "note": ("有运费险，需申请", "Insured, to be claimed"),
        "claim": ("已申请理赔", "Claimed"),
        "pay": ("保险已赔付", "Paid by the insurer"),
        "refuse": ("保险拒赔", "Refused by the insurer"),
        "drop": ("没有运费险", "Not insured"),
    },
    "insured_by": {
        "buyer": ("买家投保", "the buyer"),
        "merchant": ("商家投保", "the merchant"),
        "platform": ("平台赠送", "the platform"),
    },
    "carrier_claim": {
        "drafted": ("待提交", "drafted"),
        "sent": ("已提交", "sent"),
        "acknowledged": ("快递已受理", "acknowledged"),
        "paid": ("已赔付", "paid"),
        "refused": ("快递拒赔", "refused"),
        "appealed": ("申诉中", "appealed"),
        "lapsed": ("已过期", "lapsed"),
        "dropped": ("已放弃", "dropped"),
    },
    "claim_move": {
        "send": ("已提交给快递", "Sent to the carrier"),
        "acknowledge": ("快递已受理", "Acknowledged"),
        "pay": ("快递已赔付", "Paid"),
        "refuse": ("快递拒赔", "Refused"),
        "appeal": ("已申诉", "Appealed"),
        "lapse": ("已过期", "Ran out"),
        "drop": ("放弃", "Drop it"),
    },
    "claim_kind": {
        "loss": ("丢失", "loss"),
        "damage": ("破损", "damage"),
        "delay": ("延误", "delay"),
    },
    "claim_proof": {
        "waybill_copy": ("运单", "the waybill"),
        "value": ("价值证明（订单、发票）", "proof of value: order, invoice"),
        "trace": ("物流轨迹", "the parcel's trace"),
        "buyer_statement": ("买家未收到的说明", "the buyer's word that nothing came"),
        "photos_goods": ("商品破损照片", "photos of the goods"),
        "photos_packing": ("内外包装照片", "photos of the packing, inside and out"),
        "delivery_note": ("签收时的异常记录", "what was noted at delivery"),
    },
}
