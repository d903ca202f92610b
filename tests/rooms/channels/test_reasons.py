"""The reasons that platforms offer and merchants write, as our codes."""

from __future__ import annotations

import pytest

from amends.channels.reasons import REASON_PHRASES, reason_of
from amends.facts.codes import REASONS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7天无理由退换货", "changed_mind"),
        ("不喜欢/效果不好", "changed_mind"),
        ("多拍/错拍/不想要", "ordered_by_mistake"),
        ("尺码不合适", "wrong_size"),
        ("大小/重量与描述不符", "not_as_described"),
        ("颜色/款式/图案与描述不符", "not_as_described"),
        ("质量问题", "quality"),
        ("坏果/变质", "quality"),
        ("收到商品破损", "damaged"),
        ("商家发错货", "wrong_item"),
        ("少件/漏发", "missing_item"),
        ("空包裹", "empty_parcel"),
        ("假冒品牌", "counterfeit"),
        ("生产日期/保质期问题", "expired"),
        ("使用后过敏", "allergy"),
        ("未按约定时间发货", "late_shipment"),
        ("缺货", "out_of_stock"),
        ("未收到货", "not_received"),
        ("快递一直未送到", "delivery_delayed"),
        ("虚假签收", "false_delivery"),
        ("拒收", "refused_delivery"),
        ("地址/电话填错", "wrong_address"),
        ("商品降价", "better_price"),
        ("发票问题", "invoice"),
        ("服务态度差", "service"),
        ("其他", "other"),
        ("Too small", "wrong_size"),
        ("damaged on arrival", "damaged"),
        ("return-requested: changed my mind", "changed_mind"),
    ],
)
def test_known_words(text: str, code: str) -> None:
    assert reason_of(text) == code


@pytest.mark.parametrize("text", [None, "", "说不清", "VIP"])
def test_unknown_words(text: str | None) -> None:
    assert reason_of(text) is None


def test_every_code_is_one_of_the_contracts_and_every_one_can_be_said() -> None:
    assert {code for code, _ in REASON_PHRASES} == REASONS


@pytest.mark.parametrize(("code", "phrases"), REASON_PHRASES)
def test_no_phrase_is_hidden_behind_a_wider_one(code: str, phrases: tuple[str, ...]) -> None:
    for phrase in phrases:
        assert reason_of(phrase) == code, phrase
