"""The scores that platforms give shops: scales, parts, and the lines that cost something. Dated rows, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from amends.facts.rulebook import Says

Unit = Literal["points", "share", "seconds"]
SCORE: Final = "score"
"""The measure that is the score itself."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that a platform shows beside a score. `metric`: what the house counts of the same thing; "" for nothing.

    `differs`: how the platform's counting differs from the house's, in words, so that nobody takes one for the other.
    """

    code: str
    name: Says
    unit: Unit
    better: Literal["low", "high"] = "low"
    metric: str = ""
    differs: Says | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A score below which (not at which) something is lost, in force between two days."""

    at: Decimal
    says: Says
    source: str
    confidence: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A score of one platform. `low`, `high`: its scale; `digits`: as it is shown; `warning`: what is not known of it."""

    id: str
    channels: frozenset[str]
    title: Says
    formula: Says
    low: Decimal
    high: Decimal
    digits: int
    measures: tuple[str, ...]
    source: str
    confidence: str
    since: date
    lines: tuple[Line, ...] = ()
    warning: Says | None = None

    def in_force(self, on: date) -> tuple[Line, ...]:
        """Will give the lines in force on a day, the highest first."""
        there = [one for one in self.lines if one.since <= on and (one.until is None or on < one.until)]
        return tuple(sorted(there, key=lambda one: -one.at))


def _says(zh: str, en: str) -> Says:
    return Says(en, zh)


_OWN_CASES: Final = _says(
    "平台按自己的口径和 30 天窗口统计；本台只统计经本台处理的售后单。",
    "The platform counts by its own rules over 30 days; the house counts the cases that it handles.",
)
_HELP: Final = _says(
    "平台含投诉和咨询平台的买家；本台只统计平台已介入的售后单，通常偏低。",
    "The platform also counts complaints and buyers who ask it; the house counts cases it stepped into, so it reads lower.",
)
_AUDIT: Final = _says(
    "抖店 23:00–08:00 的申请从 08:00 起算；本台从申请时起算，通常偏长。",
    "Douyin counts requests of 23:00–08:00 from 08:00; the house counts from the request, so it reads longer.",
)
_CHAT: Final = _says(
    "平台统计全部客服会话；本台只统计售后单内的对话。",
    "The platform counts every chat; the house counts those within cases.",
)

MEASURES: Final = {
    one.code: one
    for one in (
        Measure(SCORE, _says("总分", "Score"), "points", "high"),
        Measure("product", _says("商品分", "Product part"), "points", "high"),
        Measure("logistics", _says("物流分", "Logistics part"), "points", "high"),
        Measure("service", _says("服务分", "Service part"), "points", "high"),
        Measure("quality_return", _says("品质退货率", "Quality-return rate"), "share", "low", "quality_rate", _OWN_CASES),
        Measure("refund_time", _says("退款处理时长", "Refund time"), "seconds", "low", "refund_time", _OWN_CASES),
        Measure("audit_time", _says("售后平均审核时长", "Time to answer requests"), "seconds", "low", "time_to_act", _AUDIT),
        Measure("help_rate", _says("平台求助率", "Platform-help rate"), "share", "low", "help_rate", _HELP),
        Measure("intervention", _says("平台介入率", "Intervention rate"), "share", "low", "intervention_rate", _OWN_CASES),
        Measure("liable", _says("纠纷退款率", "Rate of rulings against us"), "share", "low", "liable_rate", _OWN_CASES),
        Measure("closed_alone", _says("退款自主完结率", "Closed without the platform"), "share", "high", "closed_alone", _OWN_CASES),
        Measure("reply_3min", _says("3 分钟人工响应率", "Answered by a person within 3 minutes"), "share", "high", "reply_3min", _CHAT),
        Measure("reply_time", _says("平均响应时长", "Reply time"), "seconds", "low", "reply_time", _CHAT),
    )
}  # fmt: skip

_DOUYIN: Final = date(2026, 9, 8)
PROGRAMMES: Final = (
    Programme(
        "douyin_experience",
        frozenset({"douyin"}),
        _says("抖店 商家体验分", "Douyin shop experience score"),
        _says(
            "商品分 × 权重 + 物流分 × 权重 + 服务分 × 权重 + 加分 − 扣分；三个分项各 50–100 分，权重按行业不同，未公布。",
            "product × w + logistics × w + service × w + bonus − deductions; each part 50 to 100, the weights differ by industry and are not published.",
        ),
        Decimal(0),
        Decimal(100),
        1,
        ("product", "logistics", "service", "quality_return", "audit_time", "reply_time", "help_rate"),
        "抖店 商家体验分规范 2.3 (2026-08-06)",
        "H",
        _DOUYIN,
        (
            Line(Decimal(60), _says("低于此分，买家看到的分数低于 4.0", "below this, buyers read less than 4.0"), "抖店 商家体验分规范", "H", _DOUYIN),
            Line(Decimal(51), _says("低于此分，买家看到最低的 3.0", "below this, buyers read 3.0, the lowest there is"), "抖店 商家体验分规范", "H", _DOUYIN),
        ),
        _says(
            "规则计划于 2026-09-08 生效。除买家看到的分数外，低分的其他后果（流量、活动、保证金）没有可靠的公开依据，请按后台所示自行设线。",
            "The rule was planned for 2026-09-08. What else a low score costs (traffic, campaigns, deposits) is not on record: set your own line by what your console says.",
        ),
    ),
    Programme(
        "taobao_experience",
        frozenset({"taobao", "tmall"}),
        _says("淘宝/天猫 店铺真实体验分", "Taobao and Tmall experience score"),
        _says(
            "3–5 分；近 30 天付款满 30 单起计。指标：商品负反馈率、好评率、48 小时揽收及时率、到货时长、旺旺 3 分钟人工响应率、旺旺满意度、退款处理时长、平台求助率；合成方法未公布。",
            "3 to 5, from 30 paid orders in 30 days on. Of: negative and good feedback, pick-up within 48 hours, time to arrive, answers by a person within 3 minutes, content with the chat, refund time, platform-help rate; how they add up is not published.",
        ),
        Decimal(3),
        Decimal(5),
        2,
        ("reply_3min", "refund_time", "help_rate", "quality_return", "liable"),
        "淘宝平台店铺真实体验分规范 20009524 (2026-02-24)",
        "H",
        date(2026, 3, 5),
        (
            Line(
                Decimal("4.8"),
                _says("平台可主动介入仅退款", "the platform may start refunds without return by itself"),
                "press, 2024-08",
                "M",
                date(2024, 8, 9),
                date(2025, 7, 1),
            ),
        ),
        _says(
            "2024 年的 4.8 分线（免于平台主动仅退款）已随仅退款取消而失效；现行分数线未公布，请按后台所示自行设线。",
            "The line of 4.8 of 2024 fell with refunds without return; no line of today is published: set your own by what your console says.",
        ),
    ),
    Programme(
        "taobao_dsr",
        frozenset({"taobao", "tmall"}),
        _says("淘宝/天猫 店铺评分（DSR）", "Taobao and Tmall shop rating (DSR)"),
        _says(
            "描述相符、服务态度、物流服务三项买家评分，各 1–5 分；旧版指标，已由真实体验分取代展示。",
            "buyers' ratings of description, service and delivery, 1 to 5 each; the older card, whose place the experience score took.",
        ),
        Decimal(1),
        Decimal(5),
        2,
        ("product", "service", "logistics", "quality_return", "liable"),
        "sellers' pages",
        "L",
        date(2024, 1, 1),
        (),
        _says("计算窗口和后果没有可靠的公开依据。", "Over which days it is reckoned and what it costs is not on record."),
    ),
    Programme(
        "pinduoduo_pilot",
        frozenset({"pinduoduo"}),
        _says("拼多多 领航员", "Pinduoduo pilot score"),
        _says(
            "纠纷退款率、平台介入率、品质退款率、平均退款时长、自主完结时长，各与类目均值和同行同层对比；合成方法和分值范围未公布。",
            "rulings, interventions, quality refunds, refund time and time to close alone, each beside the category's mean and shops alike; how they add up, and the scale, is not published.",
        ),
        Decimal(0),
        Decimal(100),
        2,
        ("liable", "intervention", "quality_return", "refund_time", "closed_alone"),
        "seller console cards",
        "L",
        date(2024, 1, 1),
        (),
        _says(
            "请按后台所示填写（百分位或分值），并自行设线。",
            "Write down what your console shows (a rank or a number), and set your own line.",
        ),
    ),
    Programme(
        "jd_star",
        frozenset({"jd"}),
        _says("京东 店铺星级", "JD shop stars"),
        _says(
            "售后服务占 20%（时长、评价、平台介入率），商品体验占 15%；其余未公布。",
            "after-sale service is 20 % of it (time, ratings, interventions), goods 15 %; the rest is not published.",
        ),
        Decimal(0),
        Decimal(5),
        2,
        ("service", "intervention", "refund_time", "quality_return"),
        "seller console cards",
        "M",
        date(2024, 1, 1),
        (),
        _says("分数线未公布，请按后台所示自行设线。", "No line is published: set your own by what your console says."),
    ),
)  # fmt: skip


def programmes_of(channel: str) -> tuple[Programme, ...]:
    """The scores that shops of a channel have."""
    return tuple([one for one in PROGRAMMES if channel in one.channels])


def programme(code: str) -> Programme | None:
    """The programme of a code; None where there is none."""
    return next((one for one in PROGRAMMES if one.id == code), None)
