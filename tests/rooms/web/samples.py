"""Hand-made cases and decisions in the forms of the contract, for the pages to show. Times hang on `NOW`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from amends.facts.imported import CaseMade, IncomingCase, Remark, RowSource, ShopSetting
from amends.facts.rulebook import Says
from amends.facts.words import words
from amends.facts.work import DecidedCase, WantedDeadline
from tests.django_house import NOW

Json = dict[str, Any]
DOUYIN = ShopSetting(name="暖屿服饰", channel="douyin", labels=("fast_refund", "freight_insurance"))
TAOBAO = ShopSetting(name="鲜渔记", channel="taobao", category="fresh")
DIRECT = ShopSetting(name="Harbour & Pine", channel="direct", market="DE", currency="EUR")


def hours(count: float, now: datetime = NOW) -> str:
    """An instant so many hours from now, as the contract writes it."""
    return (now + timedelta(hours=count)).isoformat()


def knitted(key: str = "7012345678901", left: float = 5.2) -> tuple[IncomingCase, Json]:
    """A jumper that does not fit: returned for no reason, to be agreed to before the platform does."""
    case = {
        "case": key,
        "shop": {"channel": "douyin", "labels": ["fast_refund", "freight_insurance"]},
        "market": "CN",
        "order": {
            "id": f"6928{key}",
            "currency": "CNY",
            "paid_at": hours(-200),
            "shipping_paid": "0.00",
            "discounts": [{"id": "d1", "kind": "threshold", "over": "300.00", "off": "40.00"}],
            "lines": [
                {
                    "id": "l1",
                    "sku": "NY-KN-0231-M",
                    "title": "慵懒风落肩针织开衫女秋冬外搭",
                    "quantity": 1,
                    "list_price": "199.00",
                    "paid": "176.00",
                    "category": "apparel",
                    "traits": [],
                },
                {
                    "id": "l2",
                    "sku": "NY-SC-0007",
                    "title": "羊毛混纺围巾",
                    "quantity": 1,
                    "list_price": "129.00",
                    "paid": "112.00",
                    "category": "apparel",
                },
            ],
            "payments": [{"id": "p1", "method": "alipay", "captured": "288.00", "refunded": "0.00"}],
        },
        "shipments": [
            {
                "id": "SF1398200456712",
                "lines": ["l1", "l2"],
                "shipped_at": hours(-170),
                "delivered_at": hours(-96),
                "signed_by": "station",
                "trace": "delivered",
            }
        ],
        "request": {
            "kind": "return_refund",
            "reason": "wrong_size",
            "requested_at": hours(-42),
            "lines": [{"id": "l1", "quantity": 1}],
            "amount": "176.00",
            "message": "肩膀这里太宽了，想换小一码但是没货了，就退了吧",
        },
        "goods": {"opened": True, "tags_removed": False, "used": None},
        "evidence": [{"kind": "photo", "by": "buyer", "at": hours(-42)}],
        "buyer": {"name": "云朵***", "orders_12m": 14, "cases_12m": 2, "refund_only_12m": 0, "first_order": False},
        "platform": {"status": "待商家同意", "deadline": hours(left)},
    }
    decision = {
        "case": key,
        "outcome": "accept",
        "remedy": "return_refund",
        "entitled": True,
        "may_refuse": False,
        "missing": [],
        "refund": {
            "currency": "CNY",
            "total": "163.00",
            "lines": [{"id": "l1", "quantity": 1, "amount": "176.00"}],
            "shipping": "0.00",
            "deductions": [{"kind": "discount_lost", "amount": "13.00", "rule": "cn.partial_return.threshold"}],
            "tenders": [{"payment": "p1", "method": "alipay", "amount": "163.00"}],
        },
        "compensation": None,
        "return": {"required": True, "shipping_paid_by": "buyer", "ship_by": hours(168)},
        "handling": "auto",
        "approver": None,
        "deadlines": [
            _due(
                "merchant",
                "respond",
                left,
                "douyin.return_refund.respond",
                "超时将自动同意退货",
                "auto-approve at time-out",
            ),
            _due("buyer", "ship_back", 168, "douyin.return_refund.ship_back", "超时售后关闭", "the case closes"),
        ],
        "because": [
            {
                "rule": "cn.no_reason_return",
                "layer": "law",
                "effect": "entitles",
                "verdict": "holds",
                "source": "消费者权益保护法 第二十五条",
                "facts": {"reason": "wrong_size", "days_since_delivery": 4, "delivered_at": hours(-96)},
                "says": {
                    "zh": "签收后第 4 天提出，在七天无理由期限内，买家有权退货。",
                    "en": "Asked on day 4 after delivery, inside the seven days: no reason is needed.",
                },
            },
            {
                "rule": "cn.no_reason_return.confirmed_exclusion",
                "layer": "law",
                "effect": "excludes",
                "verdict": "fails",
                "source": "消费者权益保护法 第二十五条",
                "facts": {"no_return_confirmed": False},
                "says": {
                    "zh": "买家没有确认过此商品不可退。",
                    "en": "The buyer did not confirm that this cannot be returned.",
                },
            },
            {
                "rule": "douyin.return_refund.respond",
                "layer": "platform",
                "effect": "requires",
                "verdict": "holds",
                "source": "抖店 售后时效规则",
                "facts": {"hours": 48, "requested_at": hours(-42)},
                "says": {
                    "zh": "商家须在 48 小时内答复退货申请。",
                    "en": "The merchant must answer a return within 48 hours.",
                },
            },
            {
                "rule": "risk.frequent_returns",
                "layer": "risk",
                "effect": "flags",
                "verdict": "unknown",
                "source": "",
                "facts": {"refused_12m": None},
                "says": {"zh": "被拒绝次数不明。", "en": "It is not known how often requests were refused."},
            },
        ],
        "alternatives": [
            {
                "remedy": "exchange",
                "refund_total": "0.00",
                "says": {"zh": "换小一码", "en": "Exchange for a smaller size"},
            }
        ],
        "packs": [{"id": "cn", "version": "2026.11", "in_force_on": "2026-11-20"}],
    }
    raw = {"售后单号": f"\t{key}", "退商品金额（元）": "176.00", "售后类型": "退货退款"}
    return _incoming(case, raw), decision


def shrimps(key: str = "TK88120034", left: float = 1.4) -> tuple[IncomingCase, Json]:
    """Half of the shrimps came dead: a person must look at it within two hours."""
    incoming, decision = knitted(key, left)
    case = incoming.made.case
    case["shop"] = {"channel": "taobao"}
    case["request"] |= {"kind": "refund_only", "reason": "quality", "amount": "620.00", "message": "一半都是臭的"}
    case["order"]["lines"][0] |= {
        "title": "厄瓜多尔白虾 4 斤装",
        "sku": "XY-XIA-40",
        "paid": "688.00",
        "category": "fresh",
    }
    case["platform"] = {"status": "等待卖家处理", "deadline": hours(left), "dispute_opened_at": hours(-3)}
    decision |= {"outcome": "offer", "remedy": "refund_only", "handling": "review", "approver": "lead"}
    decision["because"][0] |= {"effect": "limits"}
    return incoming, decision


def kettle(key: str = "HP-2041", left: float = -3.0) -> tuple[IncomingCase, Json]:
    """A German buyer's kettle, asked back too late: refused, and the answer is overdue."""
    incoming, decision = knitted(key, left)
    case = incoming.made.case
    case |= {"shop": {"channel": "direct"}, "market": "DE"}
    case["order"] |= {"currency": "EUR", "shipping_paid": "4.90", "discounts": []}
    case["order"]["lines"] = [
        {
            "id": "l1",
            "sku": "KT-100",
            "title": "Enamel kettle 1.7 l",
            "quantity": 1,
            "paid": "59.00",
            "category": "other",
        }
    ]
    case["shipments"][0]["lines"] = ["l1"]
    case["order"]["payments"] = [{"id": "p1", "method": "card", "captured": "63.90", "refunded": "0.00"}]
    case["request"] |= {
        "reason": "changed_mind",
        "amount": "63.90",
        "lines": [],
        "message": "I do not need it any more.",
    }
    case["buyer"] = {"name": "M. Weber"}
    case["return_parcel"] = {"shipped_at": hours(-30), "signed_at": None, "waybill": "DHL00340434"}
    decision |= {"outcome": "refuse", "remedy": "none", "refund": None, "handling": "review", "approver": "agent"}
    decision |= {"entitled": False, "may_refuse": True, "alternatives": []}
    decision["because"][0] |= {"rule": "eu.withdrawal", "effect": "excludes", "source": "Directive 2011/83/EU, Art. 9"}
    return incoming, decision


def _due(who: str, action: str, left: float, rule: str, zh: str, en: str) -> Json:
    return {"who": who, "action": action, "due": hours(left), "rule": rule, "if_missed": {"zh": zh, "en": en}}


def _incoming(case: Json, raw: dict[str, str]) -> IncomingCase:
    made = CaseMade(
        key=case["case"], case=case, state="open", as_of=hours(-42), remarks=(Remark("x", "说明", "a remark"),)
    )
    return IncomingCase(made, RowSource("售后单列表.xlsx", "cd" * 32, (17,), (raw,)))


def fill() -> None:
    """Will put the three sample cases and their decisions into the database that Django is joined to."""
    put([(DOUYIN, knitted()), (TAOBAO, shrimps()), (DIRECT, kettle())])


def put(samples: list[tuple[ShopSetting, tuple[IncomingCase, Json]]]) -> None:
    """Will put cases with their decisions."""
    from amends.store.case_book import DatabaseCaseBook
    from amends.store.decision_book import DatabaseDecisionBook

    book, decisions = DatabaseCaseBook(lambda: NOW), DatabaseDecisionBook()
    for shop, (incoming, _) in samples:
        book.put(shop, [incoming])
    by_key = {incoming.made.key: decision for _, (incoming, decision) in samples}
    decisions.keep([decided(number, by_key[case["case"]]) for number, _, case, _ in decisions.waiting()], NOW)


def decided(number: int, decision: Json) -> DecidedCase:
    """A decision as it is kept, with every deadline that it names."""
    wanted = []
    for one in decision.get("deadlines", ()):
        said = one.get("if_missed") or ""
        named = words("if_missed", said) if isinstance(said, str) else None
        says = (
            Says(named.en, named.zh)
            if named
            else Says(said["en"], said["zh"])
            if isinstance(said, dict)
            else Says(said, said)
        )
        due = datetime.fromisoformat(one["due"])
        wanted.append(WantedDeadline("decision", one["who"], one["action"], due, one.get("rule", ""), says))
    return DecidedCase(number, decision, wanted)
