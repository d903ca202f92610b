"""Every page shows what it should, to those who may see it, in one language at a time."""

from __future__ import annotations

import re
from typing import Any

import pytest

from amends.web.words import page_words, words_of

PAGES = [
    "/",
    "/?view=overdue",
    "/?view=closed",
    "/?q=nothing-like-this",
    "/cases/1",
    "/cases/1/peek",
    "/rules",
    "/rules/x",
]
OWN_CHINESE = {page_words(key, language) for key in words_of("zh").keys for language in ("zh", "zh_hant")}
OWN_CHINESE -= {page_words(key, "en") for key in words_of("en").keys}  # names that are the same, such as PayPal
OWN_CHINESE -= {
    "售后单号",
    "退货退款",
}  # the imported row of the samples has a column and a value of these names, shown as given
MESSAGES = "羊毛混纺围巾肩膀这里太宽了，想换小一码但是没货了，就退了吧待商家同意一半都是臭的等待卖家处理"
HTML_LANG = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(stranger: Any, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_in_every_language(agent: Any, page: str, language: str) -> None:
    answer = agent.get(page, headers={"accept-language": language})
    assert answer.status_code == (404 if page == "/rules/x" else 200)
    text = answer.content.decode()
    if page != "/cases/1/peek":
        assert f'<html lang="{HTML_LANG[language]}">' in text
    assert "{{" not in text
    assert "{%" not in text


def test_an_english_page_holds_no_chinese_words_of_its_own(agent: Any) -> None:
    for page in PAGES:
        text = agent.get(page, headers={"accept-language": "en"}).content.decode()
        shown = re.sub(
            r"<[^>]*>", "\n", re.sub(r"<details class=.menu language.*?</details>", "", text, flags=re.DOTALL)
        )
        own = {piece.strip() for piece in shown.splitlines()} & OWN_CHINESE
        assert own == set(), page


def test_chinese_is_the_language_where_nobody_asks_for_another(agent: Any) -> None:
    assert 'lang="zh-Hans"' in agent.get("/").content.decode()
    assert 'lang="zh-Hans"' in agent.get("/", headers={"accept-language": "fr"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("en-GB,zh-TW;q=0.5", "en"),
    ],
)
def test_the_browser_s_language_is_taken(agent: Any, asked: str, given: str) -> None:
    assert f'<html lang="{given}">' in agent.get("/", headers={"accept-language": asked}).content.decode()


# A statute of Japan keeps the title that it has there.
JAPANESE = "[一-鿿]*[ぁ-ん]+[一-鿿ぁ-ん]*"


def test_a_traditional_page_holds_no_simplified_words_of_the_house(agent: Any) -> None:
    for page in PAGES:
        text = agent.get(page, headers={"accept-language": "zh-TW"}).content.decode()
        shown = re.sub(
            r"<details class=.menu language.*?</details>|<details class=.panel raw.*?</details>",
            "",
            text,
            flags=re.DOTALL,
        )
        words = re.sub(JAPANESE, "", re.sub(r"<[^>]*>", "", shown))
        simplified = {one for one in re.findall("[一-鿿]", words) if not one.encode("big5", "ignore")}
        assert simplified - set(_sellers_words()) == set(), page


def _sellers_words() -> str:
    """What sellers and buyers wrote stays as they wrote it."""
    from amends.store.models import CaseRow

    lines = CaseRow.objects.values_list("shop__name", "title", "buyer")
    return "".join(part for line in lines for part in line if part) + MESSAGES + "售后单列表.xlsx"


def test_the_chosen_language_stays(agent: Any) -> None:
    answer = agent.post("/language", {"language": "en", "next": "/?view=review"})
    assert answer.headers["Location"] == "/?view=review"
    assert 'lang="en"' in agent.get("/", headers={"accept-language": "zh-CN"}).content.decode()


def test_the_list_shows_deadline_shop_request_amount_and_reason(agent: Any) -> None:
    text = agent.get("/", headers={"accept-language": "zh"}).content.decode()
    for wanted in (
        "剩 5 小时 12 分",
        "超时将自动同意退货",
        "暖屿服饰",
        "抖店",
        "退货退款",
        "尺码不合适",
        "¥176.00",
        "¥163.00",
        "同意",
        "在七天无理由期限内",
        "NY-KN-0231-M",
        "已超时 3 小时 0 分",
    ):
        assert wanted in text, wanted
    english = agent.get("/", headers={"accept-language": "en"}).content.decode()
    for wanted in (
        "5 h 12 min left",
        "auto-approve at time-out",
        "Size does not fit",
        "inside the seven days",
        "€63.90",
    ):
        assert wanted in english, wanted


def test_the_list_begins_with_the_soonest_deadline(agent: Any) -> None:
    text = agent.get("/").content.decode()
    assert text.index("Harbour &amp; Pine") < text.index("鲜渔记") < text.index("NY-KN-0231-M")


def test_bands_follow_the_time_that_is_left(agent: Any) -> None:
    bands = re.findall(r'data-band="(\w+)"', agent.get("/").content.decode())
    assert bands == ["overdue", "red", "amber"]


def test_views_show_their_counts(agent: Any) -> None:
    text = agent.get("/", headers={"accept-language": "en"}).content.decode()
    counts = dict(re.findall(r'class="view view-(\w+)".*?<b[^>]*>(\d+)</b>', text))
    assert counts == {
        "mine": "0",
        "risk": "0",
        "approve": "0",
        "exceptions": "0",
        "buyer": "0",
        "open": "3",
        "running_out": "2",
        "overdue": "1",
        "evidence": "0",
        "inspect": "0",
        "review": "2",
        "auto": "1",
        "disputes": "1",
        "high_value": "0",
        "closed": "0",
    }


def test_the_case_page_explains_itself_whole(agent: Any) -> None:
    text = agent.get("/cases/1", headers={"accept-language": "en"}).content.decode()
    for wanted in (
        "cn.no_reason_return",
        "cn.no_reason_return.confirmed_exclusion",
        "douyin.return_refund.respond",
        "risk.frequent_returns",
        "消费者权益保护法 第二十五条",
        "Days from delivery to request",
        "¥163.00",
        "¥288.00",
        "−CN¥13.00",
        "Alipay",
        "SF1398200456712",
        "a pickup station",
        "May not simply be refused",
        "Exchange for a smaller size",
        "售后单列表.xlsx",
        "What approving will do",
        "(UTC+8)",
    ):
        assert wanted in text, wanted


def test_a_case_of_another_market_shows_its_own_time_and_currency(agent: Any) -> None:
    text = agent.get("/cases/3", headers={"accept-language": "en"}).content.decode()
    assert "(UTC+1)" in text
    assert "€63.90" in text
    assert "The request may be refused" in text


def test_what_a_buyer_writes_cannot_become_markup(agent: Any) -> None:
    from amends.store.models import CaseFile

    file = CaseFile.objects.get(pk=1)
    file.case_json["request"]["message"] = "<script>alert(1)</script>"
    file.save()
    text = agent.get("/cases/1").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_next_case_is_the_next_of_the_list(agent: Any) -> None:
    text = agent.get("/cases/2", headers={"accept-language": "en"}).content.decode()
    assert "2 of 3" in text
    assert re.search(r'href="/cases/3\?" data-key="before"', text)
    assert re.search(r'href="/cases/1\?" data-key="after"', text)


def test_an_undecided_case_says_so(agent: Any, language: str) -> None:
    from amends.store.case_book import DatabaseCaseBook
    from tests.django_house import NOW
    from tests.rooms.web.samples import DOUYIN, knitted

    DatabaseCaseBook(lambda: NOW).put(DOUYIN, [knitted("999")[0]])
    for page in ("/?q=999", "/cases/4"):
        text = agent.get(page, headers={"accept-language": language}).content.decode()
        assert {"zh-hans": "尚未判定", "zh-hant": "尚未判定", "en": "ot decided yet"}[language] in text


@pytest.mark.parametrize("page", ["/cases/999", "/nowhere", f"/cases/{2**70}"])
def test_what_is_not_there_is_said_to_be_so(agent: Any, page: str, language: str) -> None:
    answer = agent.get(page, headers={"accept-language": language})
    assert answer.status_code == 404
    told = {"zh-hans": "没有这个页面", "zh-hant": "沒有這個頁面", "en": "There is no such page"}[language]
    assert told in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["page=99999", "page=-1", "page=x", "view=bogus", "sort=bogus", "q=%00", "q=%22%27%25_*", "shop=x"]
)
def test_no_address_breaks_the_list(agent: Any, query: str) -> None:
    assert agent.get(f"/?{query}").status_code == 200


def test_an_empty_list_says_what_to_do(agent: Any, language: str) -> None:
    assert "amends import" not in agent.get("/?view=closed", headers={"accept-language": language}).content.decode()
    from amends.store.models import Shop

    Shop.objects.update(merchant="another")
    assert "amends import" in agent.get("/", headers={"accept-language": language}).content.decode()


def test_health_is_told_to_anyone(stranger: Any) -> None:
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_every_page_of_a_house_that_was_put_back_says_that_nothing_leaves_it(agent: Any) -> None:
    from amends.store.restores import note_return, release
    from tests.django_house import NOW

    assert "amends backup release" not in agent.get("/approvals").content.decode()
    note_return(NOW, NOW)
    assert "amends backup release" in agent.get("/approvals").content.decode()
    release(NOW)
    assert "amends backup release" not in agent.get("/approvals").content.decode()
