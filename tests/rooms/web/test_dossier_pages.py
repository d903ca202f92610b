"""The dossier page: what is wanted and had, choosing and moving, building, looking at pages, handing out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from amends.desk.dossiers.build import DossierRounds
from amends.facts.dossier import UnableToMakeDossier
from amends.facts.people import Person
from amends.web.front import front
from tests.portal_house import picture, upload
from tests.rooms.web.test_vault_pages import a_case

WU = Person("wu", "manager")


@pytest.fixture(autouse=True)
def _font(database: Any) -> None:
    try:
        front().dossiers.drawer.family()
    except UnableToMakeDossier as fault:
        pytest.skip(str(fault))


def with_photos() -> tuple[int, list[str]]:
    number = a_case()
    for at in range(2):
        front().evidence.add(number, WU, [upload(picture(size=(60 + at, 40)), f"box{at}.jpg")])
    return number, [one.sha256 for one in front().evidence.shelf.of_case(number)]


def built(browser: Any, number: int, forum: str, reason: str, files: list[str], **more: str) -> Any:
    given = {"forum": forum, "reason": reason, "do": "build", "file": files, "show": files, **more}
    assert browser.post(f"/cases/{number}/dossier/do", given).status_code == 302
    DossierRounds(front().dossiers).look()
    found = front().dossiers.book.get(number, forum, reason)
    assert found is not None
    assert found.state == "built"
    return found


def test_the_case_leads_to_its_dossier_in_each_language(agent: Any, language: str) -> None:
    number, _ = with_photos()
    head = {"accept-language": language}
    assert f"/cases/{number}/dossier" in agent.get(f"/cases/{number}", headers=head).content.decode()
    page = agent.get(f"/cases/{number}/dossier?forum=visa&reason=13.3", headers=head).content.decode()
    wanted = {"en": "The listing as it stood at purchase", "zh-hans": "下单时的商品页面", "zh-hant": "下單時的商品頁面"}
    assert wanted[language] in page
    assert "box0.jpg" in page


def test_an_unknown_reason_has_the_general_list_and_an_unknown_forum_none(agent: Any) -> None:
    number, _ = with_photos()
    head = {"accept-language": "en"}
    page = agent.get(f"/cases/{number}/dossier?forum=visa&reason=99.9", headers=head)
    assert "no list of its own for 99.9" in page.content.decode()
    assert agent.get(f"/cases/{number}/dossier?forum=moon&reason=").status_code == 404
    assert agent.post(f"/cases/{number}/dossier/do", {"forum": "moon", "reason": ""}).status_code == 404


def test_exhibits_are_moved_by_number_and_by_press(agent: Any) -> None:
    number, (one, two) = with_photos()
    given = {"forum": "visa", "reason": "13.1", "file": [one, two], "show": [one, two]}

    def order() -> tuple[str, ...]:
        found = front().dossiers.book.get(number, "visa", "13.1")
        assert found is not None
        return found.choice.order

    agent.post(f"/cases/{number}/dossier/do", {**given, "do": "save", f"place-{one}": "2", f"place-{two}": "1"})
    assert order() == (two, one)
    agent.post(f"/cases/{number}/dossier/do", {**given, "do": f"down:{one}"})
    assert order() == (two, one)
    agent.post(f"/cases/{number}/dossier/do", {**given, "show": [two], "do": "save"})
    assert order() == (two,)


def test_a_built_dossier_is_looked_at_page_by_page_and_handed_out(agent: Any) -> None:
    number, files = with_photos()
    found = built(agent, number, "visa", "13.1", files)
    shown = agent.get(f"/cases/{number}/dossier/{found.number}/pages/{found.pages}.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    assert agent.get(f"/cases/{number}/dossier/{found.number}/pages/{found.pages + 1}.jpg").status_code == 404
    pdf = b"".join(agent.post(f"/cases/{number}/dossier/{found.number}/export").streaming_content)
    assert hashlib.sha256(pdf).hexdigest() == found.sha256
    for sha in (*files, found.sha256):
        last = front().vault.custody.custody(sha, 9)[-1]
        assert (last.what, last.by.name, last.data["to"]) == ("handed_out", "lin", "Visa 13.1")


def test_a_platform_is_handed_a_text_cut_to_its_length_and_files_in_batches(agent: Any) -> None:
    number, files = with_photos()
    found = built(agent, number, "douyin", "not_received", files, letter="我方已按约发货。" * 200)

    def handed() -> bytes:
        return b"".join(agent.post(f"/cases/{number}/dossier/{found.number}/export").streaming_content)

    pack = handed()
    assert handed() == pack
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        assert opened.namelist() == sorted(opened.namelist())
        assert opened.namelist() == ["001.jpg", "002.jpg", "readme.txt", "text.txt"]
        assert len(opened.read("text.txt").decode()) <= 500
        assert "已按平台上限 500 字截取" in opened.read("readme.txt").decode()


def test_a_court_is_handed_originals_whose_hashes_hold(agent: Any) -> None:
    number, files = with_photos()
    found = built(agent, number, "court", "", files)
    pack = b"".join(agent.post(f"/cases/{number}/dossier/{found.number}/export").streaming_content)
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        told = json.loads(opened.read("manifest.json"))
        assert {one["sha256"] for one in told["files"]} == {*files, found.sha256}
        for one in told["files"]:
            assert hashlib.sha256(opened.read(one["file"])).hexdigest() == one["sha256"]
        assert {"HOW-TO-VERIFY.txt", "SHA256SUMS"} <= set(opened.namelist())
