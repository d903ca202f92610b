"""A policy in the shadow: it looks at every new decision, differs only where its text does, never acts, and goes live with the checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib import resources
from typing import Any

import pytest

from amends.desk.decide_waiting import decide_waiting
from amends.desk.rehearsal.shadow import ShadowDesk
from tests.django_house import NOW, plain_house
from tests.rooms.web.setup.test_rehearsal_pages import HARSH
from tests.rooms.web.setup.test_settings_pages import begun, boss, text

__all__ = ["boss"]
STANDARD = (
    resources.files("amends.decide.policy")
    .joinpath("standard.yaml")
    .read_text(encoding="utf-8")
    .replace("policy: standard", "policy: mine")
)


@pytest.fixture
def versions(boss: Any) -> int:
    """A policy whose second version says what is live, and whose third is harder than the law."""
    number = begun(boss)
    for base, told in enumerate((STANDARD, HARSH), 1):
        sent = boss.post(f"/settings/policies/{number}/change", {"text": told, "base": str(base)})
        assert sent.status_code == 302
    return number


def desk() -> ShadowDesk:
    from amends.web.front import front

    return front().rehearsals.shadows


def decide_everything(minutes: int) -> None:
    """Every case waits and is decided, so long after now."""
    from amends.store.models import CaseRow

    CaseRow.objects.update(decided_at=None)
    decide_waiting(replace(plain_house(), now=lambda: NOW + timedelta(minutes=minutes)))


def does(boss: Any, number: int, action: str, **form: str) -> Any:
    return boss.post(f"/settings/policies/{number}/shadow", {"do": action, **form})


def test_only_what_the_text_decides_otherwise_differs(boss: Any, versions: int) -> None:
    from amends.store.models import CaseFile, CaseLogRow, CaseRow, ShadowCaseRow

    assert "has run in the shadow yet" in text(boss.get(f"/settings/policies/{versions}/shadow"))
    assert does(boss, versions, "start", version="2").status_code == 302
    decide_everything(0)
    assert desk().look() == 0, "what was decided before it began is none of its business"
    assert "Nothing was decided since it began" in text(boss.get(f"/settings/policies/{versions}/shadow"))
    decide_everything(1)
    many = CaseRow.objects.count()
    assert (desk().look(), desk().look()) == (many, 0)
    assert not ShadowCaseRow.objects.filter(differs=True).exists()
    assert "So far every decision is the same" in text(boss.get(f"/settings/policies/{versions}/shadow"))

    assert does(boss, versions, "start", version="3").status_code == 409
    assert does(boss, versions, "stop").status_code == 302
    assert does(boss, versions, "start", version="3").status_code == 302
    decide_everything(2)
    before = list(CaseFile.objects.order_by("pk").values_list("decision_json", flat=True)), CaseLogRow.objects.count()
    desk().look()
    assert before == (
        list(CaseFile.objects.order_by("pk").values_list("decision_json", flat=True)),
        CaseLogRow.objects.count(),
    )
    shadow = desk().book.running()[0]
    found = desk().found(shadow)
    assert (found.rehearsed.cases, found.rehearsed.changed) == (many, len(found.differing))
    assert len(found.differing) > 0
    shown = text(boss.get(f"/settings/policies/{versions}/shadow"))
    assert "policy.mine.nothing-back" in shown
    assert all(f'href="/cases/{one.number}"' in shown for one in found.differing)
    decide_everything(3)
    desk().look()
    assert ShadowCaseRow.objects.filter(shadow=shadow.number).count() == many, "each case counts once"


def test_it_goes_live_with_the_checks_and_ends(boss: Any, versions: int) -> None:
    from amends.store.models import AuditRow, PolicyVersion, ShadowRow

    does(boss, versions, "start", version="3")
    base = {"version": "3", "base": "3"}
    refused = does(boss, versions, "live", **base)
    assert refused.status_code == 409
    assert 'name="accepted"' in text(refused)
    assert desk().book.running()
    done = does(boss, versions, "live", **base, accept="yes", accepted="legal said so")
    assert done.status_code == 302
    live = PolicyVersion.objects.get(policy=versions, state="live")
    assert (live.text, live.accepted) == (HARSH, "legal said so")
    assert not desk().book.running()
    assert ShadowRow.objects.get().went_live == live.number
    assert "It went live as version 4" in text(boss.get(f"/settings/policies/{versions}/shadow"))
    deeds = AuditRow.objects.filter(what__startswith="shadow").order_by("pk")
    assert list(deeds.values_list("what", "subject", "note")) == [
        ("shadow_started", "mine 3", ""),
        ("shadow_stopped", "mine 3", "live 4"),
    ]
