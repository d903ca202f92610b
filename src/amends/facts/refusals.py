"""Why a merchant refuses: the list a person picks from, and what proof each reason needs.

Platforms publish lists of their own (抖店 `rejectReasonCodeList`, 微信 `rejectreason/get`), which a connected shop reads live;
this is the list for every other shop, and the words our log keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class RefusalReason:
    """A reason to refuse. `needs_proof`: a picture, a document or an inspection must go with it."""

    code: str
    says: Says
    needs_proof: bool = False


REFUSALS: Final = (
    RefusalReason("too_late", Says("The period for this has passed", "已超过可申请的期限")),
    RefusalReason(
        "excluded",
        Says(
            "This item cannot be returned without a reason, as confirmed at purchase",
            "该商品不支持无理由退货，下单时已确认",
        ),
    ),
    RefusalReason(
        "resale_affected",
        Says("The returned goods can no longer be sold as new", "退回商品影响二次销售"),
        needs_proof=True,
    ),
    RefusalReason("incomplete", Says("Parts of the goods are missing", "退回商品缺件"), needs_proof=True),
    RefusalReason(
        "not_ours", Says("What came back is not what was sent", "退回商品与发出商品不一致"), needs_proof=True
    ),
    RefusalReason("empty_return", Says("The parcel that came back was empty", "退回的是空包裹"), needs_proof=True),
    RefusalReason("no_defect", Says("Inspection found no defect", "检测未发现质量问题"), needs_proof=True),
    RefusalReason("no_evidence", Says("The proof that was asked for did not come", "买家未按要求提供凭证")),
    RefusalReason("delivered", Says("The parcel was delivered and signed for", "物流显示已签收"), needs_proof=True),
    RefusalReason(
        "on_the_way",
        Says("The parcel has left; it can be refused at the door or sent back", "商品已发出，可拒收或收到后退回"),
    ),
    RefusalReason("agreed_otherwise", Says("Buyer and shop agreed on something else", "已与买家协商一致其他方案")),
    RefusalReason("duplicate", Says("The same was asked before and settled", "重复申请，此前已处理")),
    RefusalReason("other", Says("Something else; the text says what", "其他（见说明）")),
)
REFUSAL_CODES: Final = {reason.code: reason for reason in REFUSALS}
