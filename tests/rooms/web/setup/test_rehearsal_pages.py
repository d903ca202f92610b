"""Rehearsals from the form to the file: the runner does them, the page says what the command says, and little is called little."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.rehearsal.desk import EXAMPLES, RehearsalDesk
from amends.desk.rehearsal.export import export_history
from amends.desk.rehearsal.ports import PastCases
from amends.desk.rehearsal.rehearse import rehearse_history
from amends.facts.past_cases import PastCase
from amends.facts.rehearsal_runs import Span
from amends.learn.rehearsal.folder import HistoryFolder
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.django_house import NOW
from tests.rooms.web.setup.test_settings_pages import begun, boss, text

__all__ = ["boss"]
HARSH = """policy: mine
version: 1
rules:
  - id: nothing-back
    when: {kind: {known: true}}
    then: {outcome: refuse, handling: auto}
otherwise: {outcome: refuse}
"""


@pytest.fixture
def draft(boss: Any) -> int:
    """A policy with a draft that is harder than the law."""
    number = begun(boss)
    assert boss.post(f"/settings/policies/{number}/change", {"text": HARSH, "base": "1"}).status_code == 302
    return number


def desk() -> RehearsalDesk:
    from amends.web.front import front

    return front().rehearsals


def asked(boss: Any, draft: int, **form: str) -> str:
    answer = boss.post(f"/settings/policies/{draft}/rehearsals", {"version": "2", **form})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_page_says_what_the_command_says(boss: Any, draft: int, tmp_path: Path) -> None:
    from amends.store.models import AuditRow
    from amends.store.past_cases import DatabasePastCases

    address = asked(boss, draft)
    waiting = text(boss.get(address))
    assert "Waiting" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert desk().look() == 1
    assert desk().look() == 0
    history = HistoryFolder(tmp_path / "history")
    export_history(DatabasePastCases(), load_rulebooks(), history)
    policy = tmp_path / "mine.yaml"
    policy.write_text(HARSH, encoding="utf-8")
    wanted = rehearse_history(history, [load_policy(None)], [load_policy(policy), load_policy(None)], EXAMPLES)
    shown = text(boss.get(address))
    run = desk().run(desk().policies.book.policy(draft), int(address.rsplit("/", 1)[1]))  # type: ignore[arg-type]
    assert run is not None
    assert (run.found, run.done) == (wanted, run.total)
    assert wanted.changed
    assert f"{wanted.changed} <span" in shown
    assert "policy.mine.nothing-back" in shown
    assert all(f'href="/cases/{one.number}"' in shown for one in wanted.examples)
    assert ("Too few" in shown) == (wanted.cases < 50)
    kept = boss.get(f"{address}/export?of=moves")
    rows = list(csv.DictReader(io.StringIO(kept.content.decode("utf-8-sig"))))
    assert sum(int(row["Cases"]) for row in rows) == wanted.cases
    assert {row["After: outcome"] for row in rows} >= {flow.after.outcome.title() for flow in wanted.flows} - {"Ask"}
    assert len(text(boss.get(f"{address}/export?of=cases")).splitlines()) == len(wanted.examples) + 1
    assert boss.get(f"{address}/export?of=all").status_code == 404
    assert list(AuditRow.objects.order_by("pk").values_list("what", flat=True))[-3:] == [
        "rehearsed",
        "exported",
        "exported",
    ]


def test_a_span_without_cases_and_a_wrong_form_are_told(boss: Any, draft: int) -> None:
    address = asked(boss, draft, since="2031-01-01")
    desk().look()
    assert "no cases of this shop in these days" in text(boss.get(address))
    for form, wanted in (
        ({"version": "9"}, "There is no version 9"),
        ({"shop": "elsewhere"}, "one of the merchant"),
        ({"since": "soon"}, "A day is written"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "after the last"),
    ):
        answer = boss.post(f"/settings/policies/{draft}/rehearsals", {"version": "2", **form})
        assert answer.status_code == 409
        assert wanted in text(answer)
        assert 'aria-invalid="true"' in text(answer)


def test_a_span_holds_only_its_own_days_and_shop(boss: Any, draft: int) -> None:
    from amends.store.models import CaseRow, Shop

    shop = Shop.objects.get(pk=CaseRow.objects.order_by("pk").values_list("shop", flat=True)[0])
    address = asked(boss, draft, shop=shop.name)
    desk().look()
    run = desk().run(desk().policies.book.policy(draft), int(address.rsplit("/", 1)[1]))  # type: ignore[arg-type]
    assert run is not None
    assert run.found is not None
    assert run.found.cases == CaseRow.objects.filter(shop=shop).count()


def test_a_rehearsal_whose_runner_died_is_taken_up_again(boss: Any, draft: int) -> None:
    address = asked(boss, draft)
    taken = desk().book.next(NOW)
    assert taken is not None
    assert desk().look() == 0
    later = replace(desk(), now=lambda: NOW + timedelta(minutes=5))
    assert later.look() == 1
    assert "Cases that change" in text(boss.get(address))


def test_a_rehearsal_is_stopped_while_it_waits_and_while_it_is_read(boss: Any, draft: int) -> None:
    from amends.store.models import AuditRow

    waits = asked(boss, draft)
    assert 'value="stop"' in text(boss.get(waits))
    assert boss.post(waits, {"do": "stop"}).status_code == 302
    assert "Stopped" in text(boss.get(waits))
    assert desk().look() == 0
    read = asked(boss, draft)
    assert replace(desk(), cases=StoppedMeanwhile(desk().cases, boss, read)).look() == 1  # type: ignore[arg-type]
    assert "Stopped" in text(boss.get(read))
    assert desk().look() == 0
    boss.post(read, {"do": "stop"})
    assert list(AuditRow.objects.filter(what="rehearsal_stopped").values_list("who", flat=True)) == ["wu", "wu"]


class StoppedMeanwhile:
    """The cases of the database; somebody presses the button before the last was read."""

    def __init__(self, cases: PastCases, boss: Any, address: str) -> None:
        self.cases, self.boss, self.address = cases, boss, address

    def count(self, merchant: str | None, span: Span) -> int:
        return self.cases.count(merchant, span)

    def past(self, merchant: str | None, span: Span) -> Iterator[PastCase]:
        yield from self.cases.past(merchant, span)
        self.boss.post(self.address, {"do": "stop"})
