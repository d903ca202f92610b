"""The case page marks the buyer's words, names the reason that they point to, and one press takes it."""

from __future__ import annotations

from typing import Any

from tests.money_house import case_of, order_of


def case_saying(message: str) -> int:
    at = "2026-11-24T09:00:00+01:00"
    request = {"kind": "return_refund", "reason": "changed_mind", "requested_at": at, "message": message}
    return case_of({**order_of(), "request": request}, key="KEY-said")


def page(client: Any, number: int, language: str = "en") -> str:
    answer = client.get(f"/cases/{number}", headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_words_are_marked_and_a_press_takes_the_reason(agent: Any, language: str) -> None:
    number = case_saying("call me at 13812345678, <b>the vase</b> was smashed")
    box = page(agent, number, language).split('id="reason"')[1].split("</section>")[0]
    assert ">smashed</mark>" in box
    assert "13812345678" not in box
    assert "&lt;b&gt;" in box
    assert {"en": "Take: ", "zh-hans": "采用：", "zh-hant": "採用："}[language] in box

    assert agent.post(f"/cases/{number}/reason", {"reason": "damaged"}).status_code == 302
    after = page(agent, number, language)
    assert "smash*" in after.split('class="log"')[1]
    assert 'name="reason" value="damaged">' not in after


def test_words_that_make_nothing_clear_suggest_nothing(agent: Any) -> None:
    box = page(agent, case_saying("杯子碎了，还漏发一个盖子"), "en").split('id="reason"')[1].split("</section>")[0]
    assert "do not make the reason clear" in box
    assert "reading-go" not in box


def test_a_case_without_such_words_has_no_box(agent: Any) -> None:
    assert 'id="reason"' not in page(agent, case_saying("hello"))
