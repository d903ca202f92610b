"""Names of what guards show: zh first, en second."""

from typing import Final

GUARD_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "tie": {
        "phone": ("电话", "telephone"),
        "email": ("邮箱", "e-mail"),
        "card": ("银行卡", "card"),
        "device": ("设备", "device"),
        "address": ("收货地址", "address of delivery"),
    },
    "flag_reason": {
        "ring": ("关联买家", "tied buyers"),
        "velocity": ("短期内多次申请", "many requests in a short time"),
        "refund_only": ("多为仅退款", "mostly refunds without return"),
        "waybill": ("退货运单号可疑", "waybill of the return"),
        "photo_reused": ("照片曾用于其他订单", "photo used for another order"),
        "photo_catalogue": ("照片为店铺商品图", "photo is the shop's own"),
        "photo_contradicts": ("照片信息与申请不符", "photo contradicts the request"),
        "wardrobing": ("穿用后晚退", "worn and sent back late"),
        "bracketing": ("多尺码购买后退回", "several sizes, most sent back"),
    },
    "friction": {
        "photo": ("请买家补充照片", "ask for a photo"),
        "inspect": ("先验货再退款", "look at the goods before the refund"),
        "review": ("交主管核查", "have a lead look"),
    },
    "look_again": {
        "asked": ("买家请求复核", "the buyer asks for another look"),
        "upheld": ("复核后维持", "looked at again: it stays"),
        "lifted": ("复核后解除", "looked at again: lifted"),
        "lapsed": ("逾期未答复，已解除", "not answered in time: lifted"),
    },
    "guard_state": {
        "far": ("离线尚远", "far from it"),
        "near": ("已过半程", "more than half way"),
        "heading": ("月底可能触线", "may reach it this month"),
        "over": ("已触线", "over the line"),
        "unknown": ("缺少数据", "nothing known"),
    },
    "region": {
        "us": ("美国", "United States"),
        "ca": ("加拿大", "Canada"),
        "eu": ("欧洲", "Europe"),
        "ap": ("亚太", "Asia-Pacific"),
        "lac": ("拉美", "Latin America"),
        "cemea": ("中东与非洲", "Middle East and Africa"),
    },
    "processor": {
        "stripe": ("Stripe", "Stripe"),
        "adyen": ("Adyen", "Adyen"),
        "paypal": ("PayPal", "PayPal"),
        "square": ("Square", "Square"),
        "worldpay": ("Worldpay", "Worldpay"),
        "other": ("其他", "another one"),
    },
    "lever": {
        "fraud": ("欺诈类拒付", "disputes for fraud"),
        "fraud_reports": ("欺诈报告（TC40/SAFE）", "reports of fraud (TC40, SAFE)"),
        "authorisation": ("授权类拒付", "disputes about authorisation"),
        "processing": ("处理错误类拒付", "disputes about processing"),
        "duplicate": ("重复扣款类拒付", "disputes for a double charge"),
        "not_received": ("未收到货类拒付", "disputes for goods not received"),
        "not_as_described": ("货不对板类拒付", "disputes for goods not as described"),
        "cancelled": ("取消类拒付", "disputes for a cancelled order"),
        "credit": ("退款未到账类拒付", "disputes for a refund not made"),
        "misrepresentation": ("误导类拒付", "disputes for misrepresentation"),
        "other": ("其他拒付", "other disputes"),
    },
    "descriptor_flaw": {
        "fault": ("会被拒绝", "refused"),
        "warning": ("易致拒付", "costs disputes"),
        "advice": ("建议", "advice"),
    },
    "subject": {
        "size": ("尺码", "size"),
        "look": ("外观与材质", "look and material"),
        "quality": ("质量", "quality"),
        "parts": ("配件与件数", "parts"),
        "freshness": ("保质期与配料", "freshness and contents"),
        "origin": ("品牌与产地", "brand and origin"),
    },
    "duty_state": {
        "met": ("已满足", "met"),
        "yours": ("需店铺完成", "yours to do"),
        "missing": ("缺少信息", "missing"),
    },
}
