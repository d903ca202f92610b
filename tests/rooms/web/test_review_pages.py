"""Reviews on their pages: a file with faults, an answer with its preview and approval, and the same by the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api_house import Caller, order_parts, token

CSV = "评价编号,星级,评价时间,评价内容,商品编码\nR-1,1,2026-11-24 09:00,<b>坏了</b>,S1\nR-2,6,2026-11-24 09:00,,\n"


@pytest.fixture
def filed(agent: Any) -> Any:
    """A browser whose person took in a file with one review and one row at fault."""
    from amends.store.models import Shop

    Shop.objects.create(name="Leuchten", merchant="main", channel="taobao", market="CN", currency="CNY")
    agent.cookies["django_language"] = "en"
    file = SimpleUploadedFile("r.csv", CSV.encode("gbk"))
    answer = agent.post("/reviews/file", {"shop": "Leuchten", "file": file})
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "1 new, 0 changed" in told
    assert "stars, 1 to 5: a whole number from 1 to 5" in re.sub(r"\s+", " ", told)
    return agent


def page(client: Any, address: str) -> str:
    return str(client.get(address).content.decode())


def test_an_answer_is_written_previewed_approved_and_noted(filed: Any) -> None:
    from amends.store.members import give_role
    from amends.store.models import ReviewRow

    one = f"/reviews/{ReviewRow.objects.get().pk}"
    assert "&lt;b&gt;坏了" in page(filed, f"{one}")
    assert "很抱歉" in page(filed, one)
    assert "art. 9" in filed.post(one, {"verb": "preview", "answer": "删除差评返现"}).content.decode()
    assert filed.post(one, {"verb": "propose", "answer": "删除差评返现"}).status_code == 409
    assert "As it will be read" in filed.post(one, {"verb": "preview", "answer": "抱歉"}).content.decode()
    assert filed.post(one, {"verb": "propose", "answer": "抱歉"}).status_code == 302
    assert filed.post(one, {"verb": "approve", "answer": "抱歉"}).status_code == 409
    give_role("lin", "lead")
    assert 'value="approve"' not in page(filed, one)
    ReviewRow.objects.update(drafted_by="mei")
    assert 'value="approve"' in page(filed, one)
    assert filed.post(one, {"verb": "back", "why": ""}).status_code == 409
    assert filed.post(one, {"verb": "approve", "answer": "抱歉"}).status_code == 302
    api = Caller(token())
    (waits,) = api.done("GET", "/reviews?state=approved")["items"]
    assert (waits["review"], waits["answer"]) == ("R-1", "抱歉")
    assert api.done("POST", f"/reviews/{waits['id']}/answered", {})["state"] == "answered"
    body = {
        "items": [{"review": "R-9", "stars": 4, "at": "2026-11-24T09:00Z"}, {"review": "R-8", "stars": 4, "at": "?"}]
    }
    told = api.done("POST", "/shops/Leuchten/reviews", body)
    assert (told["new"], [(fault["row"], fault["field"]) for fault in told["faults"]]) == (1, [(2, "at")])
    assert "R-9" in page(filed, "/reviews?shop=Leuchten&stars=4&state=open")
    assert "R-9" not in page(filed, "/reviews?stars=-1")


def test_consent_to_advertising_is_told_with_an_order(filed: Any) -> None:
    from amends.store.models import ConsentRow

    api, parts = Caller(token()), order_parts()
    api.done("PUT", "/shops/Leuchten/orders/O-1", parts)
    assert not ConsentRow.objects.exists()
    for agrees, state in ((True, "yes"), (False, "no")):
        parts["contact"]["marketing"] = agrees
        api.done("PUT", "/shops/Leuchten/orders/O-1", parts)
        assert ConsentRow.objects.get().state == state


def test_pages_speak_every_language(filed: Any, language: str) -> None:
    from amends.store.members import give_role
    from amends.store.models import ReviewRow

    filed.cookies["django_language"] = language
    give_role("lin", "manager")
    for address in ("/reviews", f"/reviews/{ReviewRow.objects.get().pk}", "/settings/follow-up"):
        assert not re.search(r"(reviews|follow)\.[a-z0-9_]+<", page(filed, address))
    file = SimpleUploadedFile("r.csv", b"")
    assert filed.post("/reviews/file", {"shop": "Leuchten", "file": file}).status_code == 409
