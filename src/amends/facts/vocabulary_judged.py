"""Facts that come from the rules of law, platform and risk."""

from __future__ import annotations

from typing import Final

from amends.facts.codes import REMEDIES
from amends.facts.rulebook import Says
from amends.facts.situation import Situation
from amends.facts.vocabulary_fact import Fact

_ASKED: Final = {"cancel": "refund_only"}


def _remedy_asked(situation: Situation) -> str:
    kind = situation.case.request.kind
    return _ASKED.get(kind, kind)


JUDGED_FACTS: Final = (
    Fact("remedy_asked", "code", Says("The remedy that the request means: cancelling is money back without goods.", "申请对应的处理方式（取消订单即仅退款）。"), _remedy_asked, None, REMEDIES, "kind"),
    Fact("entitled", "bool", Says("Law or platform rules give the buyer what was asked.", "依法律或平台规则，买家有权得到所申请的处理。"), lambda s: s.entitled, judged=True),
    Fact("owed", "codes", Says("Every remedy that law or platform rules give the buyer now.", "依法律或平台规则，买家现在可主张的全部处理方式。"), lambda s: s.owed, None, REMEDIES, "kind", True),
    Fact("something_owed", "bool", Says("Law or platform rules give the buyer at least one remedy.", "依法律或平台规则，买家至少有一种可主张的处理方式。"), lambda s: bool(s.owed), judged=True),
    Fact("in_doubt", "bool", Says("Whether the buyer is entitled to what was asked hangs on facts that are missing.", "买家是否有权得到所申请的处理，取决于尚缺的事实。"), lambda s: s.in_doubt, judged=True),
    Fact("facts_missing", "bool", Says("Some right of the buyer hangs on facts that are missing.", "买家的某项权利取决于尚缺的事实。"), lambda s: bool(s.missing), judged=True),
    Fact("capped", "bool", Says("A rule caps the amount for what was asked.", "所申请的处理有金额上限。"), lambda s: s.capped, judged=True),
    Fact("negotiable", "bool", Says("What was asked is an amount to agree on: compensation or a price adjustment.", "所申请的是可协商的金额：补偿或退差价。"), lambda s: s.negotiable),
    Fact("refund_total", "money", Says("What going along with the request would pay back.", "同意申请将退还的金额。"), lambda s: s.refund_total, "order currency", judged=True),
    Fact("risk", "codes", Says("Ids of the risk rules that hold.", "成立的风险规则。"), lambda s: s.flags, None, frozenset(), None, True),
    Fact("flagged", "bool", Says("At least one risk rule holds.", "至少一条风险规则成立。"), lambda s: bool(s.flags), judged=True),
)  # fmt: skip
