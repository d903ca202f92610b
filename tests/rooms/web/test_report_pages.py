"""The pages of reports: kept, looked at, downloaded and told of, in every language; and what a receiver's link does."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from amends.facts.dossier import UnableToMakeDossier
from amends.prove.dossier.draw import Drawing
from amends.web.front import front
from amends.wiring.metrics import metric_sync
from tests.django_house import NOW

FORM = {
    "name": "周报", "home": "", "currency": "CNY", "cadence": "monthly", "weekday": "0", "day": "1", "hour": "9",
    "language": "zh_hant", "span": "90", "by": "reason", "metrics": ["refund_time", "returned", "intervention_rate"],
}  # fmt: skip


@pytest.fixture
def manager(agent: Any, database: Path) -> Any:
    from amends.store.members import give_role
    from amends.store.models import Shop

    try:
        Drawing().family()
    except UnableToMakeDossier as lacking:
        pytest.skip(str(lacking))
    give_role("lin", "manager")
    metric_sync(database, lambda: NOW).run()
    agent.form = {**FORM, "home": Shop.objects.filter(merchant="main").first().name}
    return agent


def made(manager: Any) -> str:
    answer = manager.post("/reports/new", manager.form)
    assert answer.status_code == 302
    return str(answer.headers["Location"].partition("?")[0])


def test_a_report_is_kept_shown_and_downloaded_and_that_is_written_down(manager: Any) -> None:
    place = made(manager)
    for language in ("zh-TW", "zh-CN", "en"):
        shown = manager.get(f"{place}?done=kept", headers={"accept-language": language}).content.decode()
        assert shown.count("<img src=") >= 2
        assert "style=" not in shown
    assert manager.get(f"{place}/pages/1.jpg").content[:2] == b"\xff\xd8"
    whole = zipfile.ZipFile(io.BytesIO(manager.get(f"{place}/files/zip").content))
    assert [name.rpartition(".")[2] for name in whole.namelist()] == ["pdf", "xlsx"]
    assert manager.get(f"{place}?done=nonsense").status_code == 200
    assert manager.get(f"{place}/files/exe").status_code == 404
    told = manager.get("/audit").content.decode()
    assert told.count("周报") >= 2
    assert place in manager.get("/reports").content.decode()
    assert manager.get("/reports/new").status_code == manager.get(f"{place}/edit").status_code == 200


def test_what_is_wrong_is_named_and_what_was_written_stays(manager: Any) -> None:
    answer = manager.post("/reports/new", {**manager.form, "hour": "25", "name": "Kept name"})
    shown = answer.content.decode()
    assert (answer.status_code, "请选择 0 到 23 点" in shown, "Kept name" in shown) == (400, True, True)
    place = made(manager)
    refused = manager.post(f"{place}/on")
    assert (refused.status_code, "请选择一个已开通发信的店铺" in refused.content.decode()) == (400, True)
    assert manager.post(f"{place}/drop", {"receiver": "9" * 30}).status_code == 404
    assert manager.post(f"{place}/remove").status_code == 302
    assert manager.get(place).status_code == 404


def test_a_link_changes_nothing_by_being_opened(manager: Any, stranger: Any) -> None:
    from amends.store.models import ReportReceiverRow
    from amends.web.report_letters import receiver_link

    number = int(made(manager).rpartition("/")[2])
    one = ReportReceiverRow.objects.create(report_id=number, address="ann@example.com", by="lin", at=NOW)
    place = receiver_link("x", one.pk)[1:]
    stranger.logout()
    assert "ann@example.com" in stranger.get(place).content.decode()
    assert front().reports.receiver(one.pk)[1].state == "asked"
    stranger.post(place, {"say": "yes"})
    assert front().reports.receiver(one.pk)[1].state == "confirmed"
    assert stranger.post(f"{place}/leave", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert front().reports.receiver(one.pk)[1].state == "left"
    assert stranger.get(place[:-1]).status_code == 404
