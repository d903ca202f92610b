"""Traditional Chinese made from Simplified: Taiwan's words, quotes and characters; what is not Chinese stays."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.web.hant import glossary, to_hant
from amends.web.show import in_tongue, money
from amends.web.tongues import LOCALES, TONGUES
from amends.wiring.house import load_rulebooks


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("还没有售后单。", "還沒有退換貨單。"),
        ("仅退款", "退款不退貨"),
        ("商家发货后，买家可取消订单", "賣家出貨後，買家可取消訂單"),
        ("质量问题", "品質問題"),
        ("导入平台的文件", "匯入平台的檔案"),
        ("买家说“不要了”", "買家說「不要了」"),
        ("依《网络交易监督管理办法》第 5 条", "依《網絡交易監督管理辦法》第 5 條"),
        ("iPhone 15 退款 ¥268.00", "iPhone 15 退款 ¥268.00"),
        ("The case", "The case"),
        ("", ""),
    ],
)
def test_words_become_those_of_taiwan(hans: str, hant: str) -> None:
    assert to_hant(hans) == hant


def test_every_word_of_the_glossary_comes_out_as_it_says() -> None:
    assert {hans: to_hant(hans) for hans in glossary()} == glossary()
    assert {hant: to_hant(hant) for hant in glossary().values() if to_hant(hant) != hant} == {}


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Co"))))
@example("退\x00款")
def test_any_text_comes_through(text: str) -> None:
    told = to_hant(text)
    assert not re.search("[\ue000-\uf8ff]", told)
    assert bool(told) == bool(text)


def test_every_sentence_of_the_rules_can_be_read_in_taiwan() -> None:
    sentences = [
        says.zh for pack in load_rulebooks().all for rule in pack.rules for says in (rule.title, *rule.says.values())
    ]
    assert len(sentences) > 400
    strange = {
        one for text in sentences for one in re.findall("[一-鿿]", to_hant(text)) if not one.encode("big5", "ignore")
    }
    assert strange == set()


def test_a_text_in_two_languages_shows_in_all_three() -> None:
    both = {"zh": "退款失败", "en": "Refund failed"}
    assert [in_tongue(both, language) for language in TONGUES] == ["退款失败", "退款失敗", "Refund failed"]
    assert in_tongue({**both, "zh_hant": "沒退成"}, "zh_hant") == "沒退成"
    assert in_tongue({"en": "Only English"}, "zh_hant") == "Only English"
    assert in_tongue({"zh": "只有中文"}, "en") == "只有中文"


def test_money_is_written_as_each_language_s_readers_know_it() -> None:
    assert {language: money(26800, "CNY", language) for language in LOCALES} == {
        "zh": "¥268.00",
        "zh_hant": "CN¥268.00",
        "en": "CN¥268.00",
    }
    assert money(26800, "TWD", "zh_hant") == "$268.00"
    assert money(26800, "TWD", "zh") == "NT$268.00"
