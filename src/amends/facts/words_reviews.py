"""Names of what the page of reviews shows: zh first, en second."""

from typing import Final

REVIEW_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "review_state": {
        "open": ("未回复", "no answer yet"),
        "proposed": ("待审批", "waits for a second person"),
        "approved": ("待发出", "may go out"),
        "answered": ("已回复", "answered"),
    },
    "review_kind": {
        "product": ("商品评价", "about the product"),
        "shop": ("店铺评价", "about the shop"),
    },
    "review_column": {
        "review": ("评价编号", "the platform's number of the review"),
        "stars": ("星级（1–5）", "stars, 1 to 5"),
        "at": ("评价时间", "when it was written"),
        "text": ("评价内容", "what was written"),
        "order": ("订单号", "the order's number"),
        "sku": ("商品编码", "the SKU"),
        "author": ("买家昵称", "the name that is shown"),
        "kind": ("类型：商品或店铺", "product or shop"),
        "link": ("评价页面链接", "where it stands"),
        "answer": ("已有的商家回复", "an answer that stands there already"),
        "answered_at": ("回复时间", "when that was written"),
    },
}
"""What stands about reviews and their answers."""
