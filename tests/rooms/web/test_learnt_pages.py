"""The page of learnt words: what corrections suggest is proposed to a lead with its counts, used once accepted, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.desk.cases.reasons import choose_reason
from amends.web.front import front, install
from tests.case_house import MANAGER
from tests.django_house import fresh_database, plain_front
from tests.money_house import case_of, order_of
from tests.rooms.web.test_walls import browser


@pytest.fixture
def corrected(tmp_path: Path) -> list[int]:
    """Eight cases whose reason a person set right, four of them with the same unknown words."""
    from amends.store.members import ensure_merchant

    fresh_database(tmp_path)
    install(plain_front())
    ensure_merchant("main")
    texts = [f"{one}盖子合不严" for one in ("到手", "今早", "孩子说", "朋友看", "居然")] + [
        f"{one}色和图片不一样" for one in "红黄蓝"
    ]
    return [_case(number, text) for number, text in enumerate(texts)]


def _case(place: int, text: str) -> int:
    at = "2026-11-24T09:00:00+01:00"
    request = {"kind": "return_refund", "reason": "other", "requested_at": at, "message": text}
    number = case_of({**order_of(order=f"O{place}"), "request": request}, key=f"K{place}")
    choose_reason(front().desk, number, MANAGER, "quality" if "盖子" in text else "not_as_described")
    return number


def test_a_word_is_proposed_with_its_counts_used_once_accepted_and_taken_back(corrected: list[int]) -> None:
    lead, agent = browser("lead", "main"), browser("agent", "main")
    page = agent.get("/reasons/learnt").content.decode()
    assert "盖子合不严" in page
    assert "taken 5, corrected 0" in page
    assert 'value="accept"' not in page
    told = {"merchant": "main", "word": "盖子合不严", "reason": "quality"}
    assert agent.post("/reasons/learnt/answer", told | {"do": "accept"}).status_code == 403
    fresh = "杯子盖子合不严啊"
    assert front().reading.reader("main")(fresh).reason == ""
    assert lead.post("/reasons/learnt/answer", told | {"do": "accept"}).status_code == 302
    assert front().reading.reader("main")(fresh).reason == "quality"
    assert front().reading.reader("other")(fresh).reason == ""
    page = lead.get("/reasons/learnt").content.decode()
    assert page.count('value="盖子合不严"') == 0
    assert "盖子合不严" in page
    assert lead.post("/reasons/learnt/answer", told | {"do": "accept"}).status_code == 404
    (kept,) = front().reading.book.kept("main")
    assert lead.post("/reasons/learnt/answer", {"do": "drop", "number": str(kept.number)}).status_code == 302
    assert front().reading.reader("main")(fresh).reason == ""
    assert lead.post("/reasons/learnt/answer", {"do": "drop", "number": "x"}).status_code == 404
    assert lead.get("/reasons/learnt?merchant=other").status_code == 404


def test_who_answered_stands_in_the_log(corrected: list[int]) -> None:
    from amends.store.models import AuditRow

    lead = browser("lead", "main")
    told = {"merchant": "main", "word": "盖子合不严", "reason": "quality", "do": "decline"}
    assert lead.post("/reasons/learnt/answer", told).status_code == 302
    assert AuditRow.objects.filter(what="word_declined", merchant="main").exists()
    assert "盖子合不严" not in [one.word.written for one in front().reading.look("main", MANAGER).proposals]
