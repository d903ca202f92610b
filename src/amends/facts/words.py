"""What each code of the case file and the decision is called, in Chinese and in English.

One table a kind of code; `say` is the only way in. A code that nobody named is shown as it is, never hidden.
"""

from typing import Final, Literal, NamedTuple, TypeAlias

from amends.facts.words_case import CASE_WORDS
from amends.facts.words_disputes import DISPUTE_WORDS
from amends.facts.words_dossier import DOSSIER_WORDS
from amends.facts.words_facts import FACT_WORDS
from amends.facts.words_follow import FOLLOW_WORDS
from amends.facts.words_freight import FREIGHT_WORDS
from amends.facts.words_guards import GUARD_WORDS
from amends.facts.words_list import LIST_WORDS
from amends.facts.words_parcels import PARCEL_WORDS
from amends.facts.words_platform import PLATFORM_WORDS
from amends.facts.words_prevention import PREVENTION_WORDS
from amends.facts.words_reading import READING_WORDS
from amends.facts.words_remedies import REMEDY_WORDS
from amends.facts.words_reviews import REVIEW_WORDS
from amends.facts.words_rules import RULE_WORDS
from amends.facts.words_settings import SETTINGS_WORDS
from amends.facts.words_station import STATION_WORDS
from amends.facts.words_vault import VAULT_WORDS
from amends.facts.words_work import WORK_WORDS

Language: TypeAlias = Literal["zh", "en"]


class Words(NamedTuple):
    """One code's name in both languages."""

    zh: str
    en: str


_Table: TypeAlias = dict[str, tuple[str, str]]

_DECISION_WORDS: Final[dict[str, _Table]] = {
    "outcome": {
        "accept": ("同意", "Accept"),
        "offer": ("协商", "Offer"),
        "refuse": ("拒绝", "Refuse"),
        "ask": ("补充材料", "Ask for facts"),
    },
    "handling": {
        "auto": ("可自动处理", "Automatic"),
        "review": ("需人工审核", "Needs review"),
    },
    "role": {
        "agent": ("客服", "Agent"),
        "lead": ("客服主管", "Team lead"),
        "finance": ("财务", "Finance"),
        "manager": ("店长", "Manager"),
        "warehouse": ("仓库", "Warehouse"),
        "agency": ("代运营", "Agency"),
        "admin": ("管理员", "Administrator"),
    },
    "deed": {
        "shown": ("查看了买家信息", "looked at a buyer's data"),
        "invited": ("邀请了", "invited"),
        "joined": ("接受了邀请", "took up an invitation"),
        "withdrawn": ("撤回了邀请", "took an invitation back"),
        "role": ("修改了角色", "gave a role to"),
        "removed": ("移除了", "removed"),
        "deactivated": ("停用了", "deactivated"),
        "reactivated": ("恢复了", "let in again"),
        "reset": ("重置了二次验证", "reset the second factor of"),
        "merchant": ("新建或改名商家", "made or renamed the merchant"),
        "shop": ("转移了店铺", "moved the shop"),
        "exported": ("导出了列表", "exported the list"),
        "costs_set": ("填写了退货成本", "told what a return costs"),
        "guard_told": ("填写了店铺的账单与经营者信息", "told what guards of the shop need"),
        "month_told": ("填写了卡组织月度数据", "told a month's numbers of a card network"),
        "page_posted": ("登记了退货政策页面", "wrote down where a page about returns stands"),
        "word_accepted": ("采纳了识别词", "accepted a word for reading reasons"),
        "word_declined": ("未采纳识别词", "declined a word for reading reasons"),
        "word_dropped": ("停用了识别词", "took back a word for reading reasons"),
        "cause_made": ("建立了预防任务", "made a task to prevent"),
        "cause_assigned": ("分派了预防任务", "gave somebody the task about"),
        "cause_changed": ("登记了改进措施", "wrote down what was changed about"),
        "practised": ("完成了一轮练习", "finished a round of practice"),
        "cause_closed": ("关闭了预防任务", "closed the task about"),
        "review_told": ("导入了评价", "took in reviews of"),
        "review_proposed": ("拟好了评价回复", "wrote an answer to the review"),
        "review_approved": ("批准了评价回复", "said yes to the answer to the review"),
        "review_returned": ("退回了评价回复", "sent back the answer to the review"),
        "review_answered": ("登记评价已回复", "noted as answered the review"),
        "follow_set": ("修改了售后回访设置", "set how buyers are followed up by the shop"),
        "flag_terms": ("设定了核查标记的范围", "set how cases are flagged for a closer look"),
        "score_told": ("登记了平台评分", "wrote down what the platform showed of the shop"),
        "score_dropped": ("删除了平台评分读数", "took away a day of the platform's score of the shop"),
        "score_terms": ("设定了评分线与目标", "set the line and goals of the platform's score of the shop"),
        "report_set": ("保存了定期报表", "set the report"),
        "report_on": ("开始发送定期报表", "had the report sent from now on"),
        "report_off": ("停止发送定期报表", "stopped the report"),
        "report_removed": ("删除了定期报表", "took away the report"),
        "report_sent": ("发出了定期报表", "sent the report"),
        "receiver_asked": ("邀请了收件人，报表", "asked whether an address wants the report"),
        "receiver_confirmed": ("确认接收报表", "said yes to the report"),
        "receiver_left": ("退订了报表", "wants no more of the report"),
        "receiver_removed": ("移除了收件人，报表", "took a receiver away from the report"),
        "rehearsed": ("用历史售后单试算了政策", "rehearsed over past cases the policy"),
        "rehearsal_stopped": ("停止了历史试算", "stopped rehearsing the policy"),
        "shadow_started": ("开始影子运行政策", "let run in the shadow the policy"),
        "shadow_stopped": ("停止影子运行政策", "ended the shadow of the policy"),
    },
    "masked": {
        "buyer": ("买家", "buyer"),
        "message": ("留言", "message"),
        "raw_rows": ("原始数据", "source rows"),
    },
    "duty": {
        "see": ("查看售后单", "look at cases"),
        "receive": ("收货与质检", "receive and inspect parcels"),
        "work": ("处理售后单", "work on cases"),
        "assign": ("分派任务", "give work to others"),
        "money": ("处理资金异常", "look after the money"),
        "override": ("越过规则拒绝", "refuse against a rule"),
        "settings": ("修改店铺设置", "change the settings"),
        "people": ("管理人员", "invite people and give roles"),
        "merchants": ("新建商家", "make merchants"),
        "keep": ("管理整个系统", "keep the installation"),
    },
    "who": {
        "merchant": ("商家", "Merchant"),
        "buyer": ("买家", "Buyer"),
        "platform": ("平台", "Platform"),
        "carrier": ("快递", "Carrier"),
    },
    "action": {
        "respond": ("答复申请", "Respond"),
        "ship_back": ("寄回商品", "Ship back"),
        "confirm_receipt": ("确认收货", "Confirm receipt"),
        "refund": ("退款", "Refund"),
        "give_evidence": ("举证", "Give evidence"),
        "escalate": ("申请平台介入", "Escalate"),
        "ship": ("发货", "Ship"),
        "collect": ("上门取件", "Collect"),
        "intercept": ("拦截包裹", "Stop the parcel"),
        "claim_carrier": ("向快递理赔", "Claim from the carrier"),
        "first_answer": ("首次答复", "First answer"),
        "next_answer": ("再次答复", "Next answer"),
        "settle": ("办结", "Settle"),
        "answer_offer": ("答复协商方案", "Answer the offer"),
        "appeal": ("申诉", "Appeal"),
        "hold_ends": ("留货到期", "Stock is held until then"),
        "return_in_time": ("先行换货后寄回", "Goods back after the replacement"),
        "second_look": ("复验", "Look a second time"),
        "look_again": ("复核核查措施", "Look again at a check"),
    },
    "layer": {
        "law": ("法律", "Law"),
        "platform": ("平台规则", "Platform rules"),
        "policy": ("店铺政策", "Shop policy"),
        "risk": ("风险提示", "Risk signals"),
    },
    "effect": {
        "entitles": ("赋予权利", "entitles"),
        "excludes": ("排除", "excludes"),
        "requires": ("要求", "requires"),
        "permits": ("允许", "permits"),
        "limits": ("限制", "limits"),
        "proposes": ("建议", "proposes"),
        "flags": ("提示", "flags"),
    },
    "verdict": {
        "holds": ("成立", "Holds"),
        "fails": ("不成立", "Does not hold"),
        "unknown": ("事实不明", "Unknown"),
    },
    "deduction": {
        "diminished_value": ("折旧扣减", "Diminished value"),
        "not_returned": ("未退回的部分", "Pieces that did not come back"),
        "gift": ("赠品未退回", "Gift kept"),
        "discount_lost": ("满减不再满足", "Threshold discount lost"),
        "free_shipping_lost": ("包邮不再满足", "Free shipping lost"),
        "return_shipping": ("退货运费", "Freight of the way back"),
        "restocking": ("重新上架费", "Restocking fee"),
        "payment_cap": ("超出可退余额", "More than can still go back"),
    },
    "ground": {
        "no_reason": ("无理由退货", "Return without reason"),
        "defect": ("瑕疵", "Defect"),
        "non_delivery": ("未交付", "Not delivered"),
        "compensation": ("赔偿", "Compensation"),
    },
    "confidence": {
        "high": ("高", "High"),
        "medium": ("中", "Medium"),
        "low": ("低", "Low"),
        "H": ("高", "High"),
        "M": ("中", "Medium"),
        "L": ("低", "Low"),
    },
    "if_missed": {
        "auto_refund": ("超时将自动退款", "auto-refund at time-out"),
        "auto_agree": ("超时视为同意", "counts as agreed at time-out"),
        "auto_close": ("超时自动关闭", "closes at time-out"),
        "auto_confirm": ("超时视为收货", "counts as received at time-out"),
        "law_breach": ("逾期即违法", "late is a breach of law"),
        "decided_on_file": ("逾期按现有材料判定", "decided on what is on file"),
        "right_lost": ("逾期丧失此权利", "the right is lost"),
        "platform_executes": ("逾期由平台代为执行", "the platform carries it out"),
        "unknown": ("逾期后果未公布", "what follows is not published"),
    },
}


def _joined(*tables: dict[str, _Table]) -> dict[str, _Table]:
    """Will lay the tables side by side; a group named by two of them is a mistake, for one would hide the other."""
    whole: dict[str, _Table] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(f"two tables of words name the group {min(twice)}")
        whole |= table
    return whole


WORDS: Final[dict[str, _Table]] = _joined(
    _DECISION_WORDS,
    LIST_WORDS,
    CASE_WORDS,
    FACT_WORDS,
    RULE_WORDS,
    SETTINGS_WORDS,
    PARCEL_WORDS,
    FREIGHT_WORDS,
    WORK_WORDS,
    DISPUTE_WORDS,
    REMEDY_WORDS,
    VAULT_WORDS,
    DOSSIER_WORDS,
    STATION_WORDS,
    GUARD_WORDS,
    PREVENTION_WORDS,
    FOLLOW_WORDS,
    REVIEW_WORDS,
    READING_WORDS,
    PLATFORM_WORDS,
)


def words(group: str, code: str) -> Words | None:
    """Will give both names of a code, or None where nobody named it."""
    found = WORDS.get(group, {}).get(code)
    return Words(*found) if found is not None else None


def say(group: str, code: str, language: Language) -> str:
    """Will name a code in one language; an unnamed code comes back as it is."""
    found = WORDS.get(group, {}).get(code)
    if found is None:
        return code
    return found[0] if language == "zh" else found[1]


def codes(group: str) -> tuple[str, ...]:
    """Will list the codes of a group in the order in which people should see them."""
    return tuple(WORDS.get(group, {}))
