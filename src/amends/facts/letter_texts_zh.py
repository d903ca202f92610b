"""The built-in messages in Simplified Chinese, by event and reason."""

from typing import Final

_END: Final = "\n\n进度可在这里查看：{link}\n如有疑问，请联系 {contact}。\n{shop}"

ZH: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("request_received", ""): (
        "已收到您的售后申请（订单 {order}）",
        "{buyer}，您好：\n\n您的售后申请已收到，售后单号 {case}。\n我们会尽快答复您。\n我们最晚会在 {deadline} 前答复。"
        + _END,
    ),
    ("evidence_asked", ""): (
        "请补充售后材料（订单 {order}）",
        "{buyer}，您好：\n\n为了尽快为您处理，请补充相关照片或说明。\n请在 {days} 天内提供。\n请在 {deadline} 前提供。\n收到后我们会马上继续处理。"
        + _END,
    ),
    ("evidence_asked", "damaged"): (
        "请补充破损照片（订单 {order}）",
        "{buyer}，您好：\n\n很抱歉商品有破损。请拍下商品破损处、外包装和快递面单各一张照片。\n请在 {days} 天内提供。\n请在 {deadline} 前提供。\n收到后我们会马上继续处理。"
        + _END,
    ),
    ("evidence_asked", "missing_item"): (
        "请补充少件照片（订单 {order}）",
        "{buyer}，您好：\n\n很抱歉商品不齐。请拍下收到的全部商品、外包装和快递面单的照片。\n请在 {days} 天内提供。\n请在 {deadline} 前提供。\n收到后我们会马上继续处理。"
        + _END,
    ),
    ("offer_made", ""): (
        "我们的处理方案（订单 {order}）",
        "{buyer}，您好：\n\n关于您的售后申请，我们的方案如下：\n处理方式：{remedy}\n金额：{amount}\n请在 {deadline} 前告诉我们是否接受；未答复前，您的原申请继续有效。"
        + _END,
    ),
    ("approved", ""): (
        "您的售后申请已同意（订单 {order}）",
        "{buyer}，您好：\n\n您的售后申请已同意。\n处理方式：{remedy}\n金额：{amount}\n请在 {deadline} 前寄回商品，并填写运单号。\n寄回地址：{return_address}\n退款将按原付款方式退回。"
        + _END,
    ),
    ("refused", ""): (
        "关于您的售后申请（订单 {order}）",
        "{buyer}，您好：\n\n很抱歉，您的售后申请这次未能通过。\n原因：{reason}\n如果您有补充材料，可以随时回复我们，也可以申请平台介入。"
        + _END,
    ),
    ("label_ready", ""): (
        "退货面单已生成（订单 {order}）",
        "{buyer}，您好：\n\n退货面单已生成。请在售后页面下载打印，贴在包裹上后交给快递，运费已由我们支付。\n快递单号：{waybill}\n请在 {deadline} 前寄出。"
        + _END,
    ),
    ("pickup_ready", ""): (
        "已预约上门取件（订单 {order}）",
        "{buyer}，您好：\n\n快递员将上门取件，请提前将商品包装好。\n取件时间：{pickup}\n快递单号：{waybill}\n无需向快递员支付运费。"
        + _END,
    ),
    ("pickup_off", ""): (
        "上门取件已取消（订单 {order}）",
        "{buyer}，您好：\n\n原定的上门取件已取消，快递员不会上门。\n原定时间：{pickup}\n请先保留包裹，后续安排会另行告知。"
        + _END,
    ),
    ("parcel_received", ""): (
        "已收到您寄回的商品（订单 {order}）",
        "{buyer}，您好：\n\n您寄回的商品已收到，正在验收。\n我们最晚会在 {deadline} 前完成处理。" + _END,
    ),
    ("inspected", ""): (
        "退货验收结果（订单 {order}）",
        "{buyer}，您好：\n\n我们已查验您寄回的商品，结果如下：\n{findings}\n拟从退款中扣减：{amount}\n"
        "您可在下方页面查看照片，并在 {deadline} 前提出异议，我们会安排另一人复验。" + _END,
    ),
    ("second_look", ""): (
        "退货复验结果（订单 {order}）",
        "{buyer}，您好：\n\n另一位同事已对您寄回的商品复验，结果如下：\n{findings}\n从退款中扣减：{amount}\n以复验结果为准。"
        + _END,
    ),
    ("check_kept", ""): (
        "已复核您的申请（订单 {order}）",
        "{buyer}，您好：\n\n您请我们复核售后申请 {case} 的额外核查。另一位同事已复核，核查予以保留，原因如下：\n{reason}\n"
        "核查不代表对您的怀疑，您应得的权益不变。如有不妥，请随时联系我们。" + _END,
    ),
    ("check_lifted", ""): (
        "您的申请已解除额外核查（订单 {order}）",
        "{buyer}，您好：\n\n您请我们复核售后申请 {case} 的额外核查。该核查已解除，您无需再为此做任何事，申请照常处理。\n{reason}\n感谢您的反馈。"
        + _END,
    ),
    ("refund_sent", ""): (
        "退款已发出（订单 {order}）",
        "{buyer}，您好：\n\n退款 {amount} 已按原付款方式发出，到账时间以银行或支付平台为准，通常为 1–7 个工作日。"
        + _END,
    ),
    ("withdrawn", ""): (
        "售后申请已撤销（订单 {order}）",
        "{buyer}，您好：\n\n您的售后申请 {case} 已撤销，我们不再处理。如仍需要，可在有效期内重新申请。" + _END,
    ),
    ("closed", ""): (
        "售后已完成（订单 {order}）",
        "{buyer}，您好：\n\n您的售后 {case} 已处理完成，感谢您的耐心。" + _END,
    ),
    ("survey", ""): (
        "想听听您对这次售后的评价（订单 {order}）",
        "{buyer}，您好：\n\n您的售后 {case} 已完成。想请您评价这次处理，只有一个问题，无需登录：\n{link}\n\n"
        "您的评价不影响已达成的处理结果。\n如有疑问，请联系 {contact}。\n{shop}",
    ),
    ("gift_given", ""): (
        "一点心意（订单 {order}）",
        "{buyer}，您好：\n\n这次给您带来不便，我们很抱歉。送上一点心意：\n{gift}\n\n此赠送不影响您应有的退款与权利，也不需要您做任何事。"
        + _END,
    ),
    ("win_back", ""): (
        "广告：{shop} 送您一张优惠券",
        "{buyer}，您好：\n\n上次购物没能让您满意，我们很抱歉。如您愿意再给我们一次机会，送您：\n{gift}\n\n您收到此邮件，是因为您同意接收我们的优惠信息。不想再收到，请打开以下页面退订：\n{link}\n联系我们：{contact}\n{shop}",
    ),
    ("review_thanks", ""): (
        "感谢您的评价（{product}）",
        "感谢您的支持与认可，很高兴您喜欢{product}。\n使用中有任何问题，欢迎随时联系 {contact}。\n{shop}",
    ),
    ("review_sorry", ""): (
        "回复您的评价（{product}）",
        "很抱歉{product}没有让您满意，感谢您如实反馈，我们已转给负责的同事核查。\n我们希望为您解决问题：请在订单页申请售后，会有专人处理。\n也可联系 {contact}。\n{shop}",
    ),
    ("message", ""): ("关于您的订单 {order}", "{buyer}，您好：" + _END),
}
