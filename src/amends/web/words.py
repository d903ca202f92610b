"""Every word of the pages themselves: (Chinese, English). A page asks by key; a key that is not here is a fault."""

from __future__ import annotations

from typing import Final

from amends.facts.words import Language
from amends.web.words_case import CASE_PAGE
from amends.web.words_money import MONEY_WORDS
from amends.web.words_people import PEOPLE_WORDS

_PAGES: Final[dict[str, tuple[str, str]]] = {
    "brand": ("Amends 售后台", "Amends"),
    "nav.list": ("工作台", "Work list"),
    "nav.rules": ("规则库", "Rules"),
    "nav.help": ("快捷键", "Keys"),
    "nav.sign_out": ("退出", "Sign out"),
    "nav.language": ("语言", "Language"),
    "nav.skip": ("跳到正文", "Skip to content"),
    "sign_in.title": ("登录", "Sign in"),
    "sign_in.lead": (
        "每一笔售后：依据、金额、时限，一处看清。",
        "Every after-sales case: its reasons, its amount, its deadline.",
    ),
    "sign_in.name": ("用户名", "User name"),
    "sign_in.password": ("密码", "Password"),
    "sign_in.button": ("登录", "Sign in"),
    "sign_in.wrong": ("用户名或密码不正确。", "User name or password is not right."),
    "sign_in.wait": ("尝试次数过多，请 {minutes} 分钟后再试。", "Too many tries. Please wait {minutes} minutes."),
    "sign_in.where": (
        "首次启动时，终端会打印演示账号和密码；密码也保存在数据文件夹的 demo-password.txt 中。",
        "The first start prints the demo user and password; the data folder keeps it in demo-password.txt.",
    ),
    "list.views": ("视图", "Views"),
    "list.search": ("订单号、售后单号、买家、运单、SKU、标题", "Order, case, buyer, waybill, SKU, title"),
    "list.search_button": ("搜索", "Search"),
    "list.filters": ("筛选", "Filters"),
    "list.apply": ("应用", "Apply"),
    "list.clear": ("清除筛选", "Clear filters"),
    "list.any": ("不限", "Any"),
    "list.total": ("共 {count} 单", "{count} cases"),
    "list.total_one": ("共 1 单", "1 case"),
    "list.sorted": ("排序", "Sort"),
    "list.page": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "list.before": ("上一页", "Previous"),
    "list.after": ("下一页", "Next"),
    "list.empty": ("这里没有待办。", "Nothing here."),
    "list.empty_filtered": ("没有符合条件的售后单。", "No case matches."),
    "list.empty_all": (
        "还没有售后单。用命令 amends import 导入平台导出的文件。",
        "There are no cases yet. Take in a platform's export file with the command amends import.",
    ),
    "filter.shop": ("店铺", "Shop"),
    "filter.platform": ("平台", "Platform"),
    "filter.kind": ("类型", "Kind"),
    "filter.reason": ("原因", "Reason"),
    "filter.outcome": ("建议", "Suggestion"),
    "filter.market": ("市场", "Market"),
    "column.deadline": ("时限", "Deadline"),
    "column.request": ("申请", "Request"),
    "column.amount": ("金额", "Amount"),
    "column.suggestion": ("建议与依据", "Suggestion and reason"),
    "column.order": ("店铺与订单", "Shop and order"),
    "line.refund": ("应退", "refund"),
    "line.undecided": ("尚未判定", "Not decided yet"),
    "line.no_rule": ("没有规则支持这项申请。", "No rule supports this request."),
    "line.disputed": ("争议", "Dispute"),
    "clock.left": ("剩 {time}", "{time} left"),
    "clock.over": ("已超时 {time}", "overdue {time}"),
    "clock.none": ("无时限", "No deadline"),
    "clock.days": ("{d} 天 {h} 小时", "{d} d {h} h"),
    "clock.hours": ("{h} 小时 {m} 分", "{h} h {m} min"),
    "clock.minutes": ("{m} 分", "{m} min"),
    "clock.waits_on": ("等{who}", "waiting for {who}"),
    "time.yours": ("你的时间", "your time"),
    "keys.title": ("键盘快捷键", "Keyboard"),
    "keys.move": ("下一单 / 上一单", "Next / previous case"),
    "keys.open": ("打开所选", "Open the selected case"),
    "keys.search": ("搜索", "Search"),
    "keys.list": ("回到工作台", "Back to the work list"),
    "keys.rules": ("打开规则库", "Open the rules"),
    "keys.help": ("显示或关闭本页", "Show or close this"),
    "keys.close": ("关闭", "Close"),
    "peek.open": ("打开完整页", "Open the full page"),
    "peek.empty": ("选中一单，在此预览。", "Select a case to see it here."),
    "peek.title": ("预览", "Preview"),
    "fault.404": ("没有这个页面", "There is no such page"),
    "fault.404_text": (
        "地址可能有误，或者这张售后单已不在。",
        "The address may be wrong, or the case is no longer here.",
    ),
    "fault.403": ("无法完成这个请求", "This request cannot be done"),
    "fault.403_text": (
        "页面可能打开太久了。请返回、刷新后再试一次。",
        "The page may have been open for too long. Go back, reload it and try again.",
    ),
    "fault.400": ("请求有误", "The request is not right"),
    "fault.400_text": ("请从工作台重新开始。", "Please begin again from the work list."),
    "fault.500": ("出了点问题", "Something went wrong"),
    "fault.500_text": (
        "没有任何数据被改动。请重试；若仍出现，请查看服务器日志。",
        "No data was changed. Please try again; if it stays, look at the server's log.",
    ),
    "fault.back": ("回到工作台", "Back to the work list"),
}

PAGE_WORDS: Final[dict[str, tuple[str, str]]] = {**_PAGES, **CASE_PAGE, **MONEY_WORDS, **PEOPLE_WORDS}


def page_words(key: str, language: Language, **given: object) -> str:
    """Will give the words of a key in one language with its places filled; a key that is not there is a KeyError."""
    zh, en = PAGE_WORDS[key]
    text = zh if language == "zh" else en
    return text.format(**given) if given else text
