"""The built-in messages in Traditional Chinese, by event and reason."""

from typing import Final

_END: Final = "\n\n處理進度請見：{link}\n如有疑問，請聯絡 {contact}。\n{shop}"

ZH_HANT: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("request_received", ""): (
        "已收到您的售後申請（訂單 {order}）",
        "{buyer} 您好：\n\n您的售後申請已收到，售後單號 {case}。\n我們會儘快回覆您。\n我們最晚會在 {deadline} 前回覆。"
        + _END,
    ),
    ("evidence_asked", ""): (
        "請補充售後資料（訂單 {order}）",
        "{buyer} 您好：\n\n為了儘快為您處理，請補充相關照片或說明。\n請在 {days} 天內提供。\n請在 {deadline} 前提供。\n收到後我們會立即繼續處理。"
        + _END,
    ),
    ("evidence_asked", "damaged"): (
        "請補充破損照片（訂單 {order}）",
        "{buyer} 您好：\n\n很抱歉商品有破損。請拍下商品破損處、外包裝和託運單各一張照片。\n請在 {days} 天內提供。\n請在 {deadline} 前提供。\n收到後我們會立即繼續處理。"
        + _END,
    ),
    ("evidence_asked", "missing_item"): (
        "請補充缺件照片（訂單 {order}）",
        "{buyer} 您好：\n\n很抱歉商品不齊。請拍下收到的全部商品、外包裝和託運單的照片。\n請在 {days} 天內提供。\n請在 {deadline} 前提供。\n收到後我們會立即繼續處理。"
        + _END,
    ),
    ("offer_made", ""): (
        "我們的處理方案（訂單 {order}）",
        "{buyer} 您好：\n\n關於您的售後申請，我們的方案如下：\n處理方式：{remedy}\n金額：{amount}\n請在 {deadline} 前告訴我們是否接受；未回覆前，您的原申請繼續有效。"
        + _END,
    ),
    ("approved", ""): (
        "您的售後申請已同意（訂單 {order}）",
        "{buyer} 您好：\n\n您的售後申請已同意。\n處理方式：{remedy}\n金額：{amount}\n請在 {deadline} 前寄回商品，並填寫託運單號。\n寄回地址：{return_address}\n退款將依原付款方式退回。"
        + _END,
    ),
    ("refused", ""): (
        "關於您的售後申請（訂單 {order}）",
        "{buyer} 您好：\n\n很抱歉，您的售後申請這次未能通過。\n原因：{reason}\n如果您有補充資料，可以隨時回覆我們。"
        + _END,
    ),
    ("label_ready", ""): (
        "退貨面單已產生（訂單 {order}）",
        "{buyer} 您好：\n\n退貨面單已產生。請於售後頁面下載列印，貼在包裹上後交給物流，運費已由我們支付。\n物流單號：{waybill}\n請於 {deadline} 前寄出。"
        + _END,
    ),
    ("pickup_ready", ""): (
        "已預約到府收件（訂單 {order}）",
        "{buyer} 您好：\n\n物流人員將到府收件，請先將商品包裝好。\n收件時間：{pickup}\n物流單號：{waybill}\n無須向物流人員支付運費。"
        + _END,
    ),
    ("pickup_off", ""): (
        "到府收件已取消（訂單 {order}）",
        "{buyer} 您好：\n\n原定的到府收件已取消，物流人員不會前往。\n原定時間：{pickup}\n請先保留包裹，後續安排會另行通知。"
        + _END,
    ),
    ("parcel_received", ""): (
        "已收到您寄回的商品（訂單 {order}）",
        "{buyer} 您好：\n\n您寄回的商品已收到，正在驗收。\n我們最晚會在 {deadline} 前完成處理。" + _END,
    ),
    ("inspected", ""): (
        "退貨驗收結果（訂單 {order}）",
        "{buyer} 您好：\n\n我們已查驗您寄回的商品，結果如下：\n{findings}\n擬自退款中扣減：{amount}\n"
        "您可在下方頁面查看照片，並在 {deadline} 前提出異議，我們會安排另一人複驗。" + _END,
    ),
    ("second_look", ""): (
        "退貨複驗結果（訂單 {order}）",
        "{buyer} 您好：\n\n另一位同事已對您寄回的商品複驗，結果如下：\n{findings}\n自退款中扣減：{amount}\n以複驗結果為準。"
        + _END,
    ),
    ("check_kept", ""): (
        "已複核您的申請（訂單 {order}）",
        "{buyer} 您好：\n\n您請我們複核售後申請 {case} 的額外查核。另一位同事已複核，查核予以保留，原因如下：\n{reason}\n"
        "查核不代表對您的懷疑，您應得的權益不變。如有不妥，請隨時與我們聯絡。" + _END,
    ),
    ("check_lifted", ""): (
        "您的申請已解除額外查核（訂單 {order}）",
        "{buyer} 您好：\n\n您請我們複核售後申請 {case} 的額外查核。該查核已解除，您無須再為此做任何事，申請照常處理。\n{reason}\n感謝您的回饋。"
        + _END,
    ),
    ("refund_sent", ""): (
        "退款已發出（訂單 {order}）",
        "{buyer} 您好：\n\n退款 {amount} 已依原付款方式發出，入帳時間以銀行或支付平台為準，通常為 1–7 個工作天。"
        + _END,
    ),
    ("withdrawn", ""): (
        "售後申請已撤銷（訂單 {order}）",
        "{buyer} 您好：\n\n您的售後申請 {case} 已撤銷，我們不再處理。如仍需要，可在有效期內重新申請。" + _END,
    ),
    ("closed", ""): (
        "售後已完成（訂單 {order}）",
        "{buyer} 您好：\n\n您的售後 {case} 已處理完成，感謝您的耐心。" + _END,
    ),
    ("survey", ""): (
        "想聽聽您對這次售後的評價（訂單 {order}）",
        "{buyer} 您好：\n\n您的售後 {case} 已完成。想請您評價這次處理，只有一個問題，無需登入：\n{link}\n\n"
        "您的評價不影響已達成的處理結果。\n如有疑問，請聯絡 {contact}。\n{shop}",
    ),
    ("gift_given", ""): (
        "一點心意（訂單 {order}）",
        "{buyer} 您好：\n\n這次造成您的不便，我們很抱歉。送上一點心意：\n{gift}\n\n此贈送不影響您應有的退款與權利，也不需要您做任何事。"
        + _END,
    ),
    ("win_back", ""): (
        "廣告：{shop} 送您一張優惠券",
        "{buyer} 您好：\n\n上次購物沒能讓您滿意，我們很抱歉。若您願意再給我們一次機會，送您：\n{gift}\n\n您收到這封郵件，是因為您同意接收我們的優惠訊息。不想再收到，請開啟以下頁面取消：\n{link}\n聯絡我們：{contact}\n{shop}",
    ),
    ("review_thanks", ""): (
        "感謝您的評價（{product}）",
        "感謝您的支持與肯定，很高興您喜歡{product}。\n使用上有任何問題，歡迎隨時聯絡 {contact}。\n{shop}",
    ),
    ("review_sorry", ""): (
        "回覆您的評價（{product}）",
        "很抱歉{product}沒有讓您滿意，感謝您如實反映，我們已轉給負責的同事查核。\n我們希望為您解決問題：請在訂單頁申請售後，會有專人處理。\n也可聯絡 {contact}。\n{shop}",
    ),
    ("message", ""): ("關於您的訂單 {order}", "{buyer} 您好：" + _END),
}
