"""Units of numbers and titles of sources are told in the reader's language."""

import re

from amends.facts.words import WORDS
from amends.learn.rule_catalogue import cite
from amends.wiring.house import load_rulebooks

PACKS = load_rulebooks().all
FOREIGN = re.compile("[぀-ヿ一-鿿가-힯]")


def test_every_unit_is_named() -> None:
    units = {parameter.unit for pack in PACKS for parameter in pack.parameters.values()}
    assert units - WORDS["unit"].keys() == set()


def test_no_source_is_foreign_to_an_english_reader() -> None:
    cited = {one.text for pack in PACKS for rule in pack.rules for one in cite(pack, rule.source, "en")}
    assert len(cited) > 50
    assert {text for text in cited if FOREIGN.search(text)} == set()


def test_what_amends_lays_down_itself_is_told_as_such() -> None:
    platform = next(pack for pack in PACKS if pack.id == "platform")
    assert [one.text for one in cite(platform, "contract section 2 (platform.deadline)", "zh")] == ["Amends 的判定约定"]


def test_articles_are_written_as_the_language_has_them() -> None:
    prc = next(pack for pack in PACKS if pack.id == "cn")
    assert cite(prc, "XFF art 25", "zh")[0].text.endswith("（2013 修正） 第 25 条")
    assert cite(prc, "XFF art 25", "en")[0].text.endswith("(as amended 2013) art 25")


def test_every_source_that_is_named_is_in_a_pack() -> None:
    known = {key for pack in PACKS for key in pack.sources} | {"contract", "design"}
    assert WORDS["source"].keys() - known == set()
