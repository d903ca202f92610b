"""The page of platforms' scores: written down by form and file, shown in every language, kept apart by merchant and told in the audit."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.web.front import front
from tests.django_house import NOW

SHOP = "暖屿服饰"
TELL = {"do": "tell", "shop": SHOP, "programme": "douyin_experience", "day": "2026-11-24"}


@pytest.fixture
def manager(agent: Any) -> Any:
    from amends.store.members import give_role

    give_role("lin", "manager")
    return agent


def readings() -> list[tuple[str, str, str]]:
    found = front().scores.book.readings(SHOP, NOW.date().replace(day=1))
    return [(str(one.day), one.measure, f"{one.value.normalize():f}") for one in found]


def test_a_day_is_written_down_corrected_and_taken_away_and_that_is_told(manager: Any, language: str) -> None:
    manager.cookies["language"] = language
    for value in ("83", "84.5"):
        assert (
            manager.post("/guards/scores", {**TELL, "value_score": value, "value_help_rate": "0.05"}).status_code == 302
        )
    assert readings() == [("2026-11-24", "score", "84.5"), ("2026-11-24", "help_rate", "0.0005")]
    terms = {**TELL, "do": "terms", "line": "90", "says": "no campaigns", "goal_help_rate": "0.01"}
    assert manager.post("/guards/scores", terms).status_code == 302
    shown = manager.get("/guards/scores", headers={"accept-language": language}).content.decode()
    for words in ("84.5", "no campaigns", "−5.5", "0.05%"):
        assert words in shown
    assert "style=" not in shown
    manager.post("/guards/scores", {**TELL, "do": "drop"})
    assert readings() == []
    assert manager.get("/audit").content.decode().count(SHOP) >= 4


def test_what_is_wrong_is_named_and_nothing_of_a_file_is_kept(manager: Any, agent: Any) -> None:
    answer = manager.post("/guards/scores", {**TELL, "value_score": "101", "value_product": "70"})
    assert (answer.status_code, 'value="101"' in answer.content.decode()) == (400, True)
    lines = [f"2026-11-{day},{SHOP},douyin_experience,score,{60 + day}" for day in range(10, 20)]
    for rows, status in ((lines, 302), ([*lines, "2026-11-20,x,y,score,1"], 400)):
        file = SimpleUploadedFile("scores.csv", "\n".join(["day,shop,programme,measure,value", *rows]).encode())
        answer = manager.post("/guards/scores", {"do": "file", "file": file})
        assert answer.status_code == status
    assert "第 12 行" in answer.content.decode()
    assert len(readings()) == 10
    shown = manager.get("/guards/scores").content.decode()
    assert "2026-11-30 预计" in shown
    assert manager.post("/guards/scores", {**TELL, "shop": "nobody's", "value_score": "1"}).status_code == 404


def test_an_agent_neither_sees_nor_writes_scores(agent: Any) -> None:
    assert agent.get("/guards/scores").status_code == 403
    assert agent.post("/guards/scores", {**TELL, "value_score": "1"}).status_code == 403
