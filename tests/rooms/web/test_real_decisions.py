"""The sample shops' real cases on the pages: no code, no gap, no raw word where people read."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from amends.desk.decide_waiting import decide_waiting
from amends.desk.import_cases import import_cases
from amends.intake.import_file import form_named, translate_file
from amends.intake.samples.make import sample_exports
from amends.wiring.house import FORMS
from tests.django_house import NOW, fresh_database, money_desk

TAG = re.compile(r"<script.*?</script>|<code.*?</code>|<a class=\"rule-id\".*?</a>|<pre.*?</pre>|<[^>]*>", re.DOTALL)
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")


@pytest.fixture
def shops(tmp_path: Path) -> None:
    """The three sample shops, imported and decided at the tests' moment."""
    fresh_database(tmp_path)
    house = money_desk().house
    for export in sample_exports(datetime.fromisoformat(NOW.isoformat())):
        file = tmp_path / export.file
        file.write_bytes(export.content)
        import_cases(translate_file(file, form_named(FORMS, export.form), export.shop), export.shop, house.cases)
    decide_waiting(house)


@pytest.fixture
def agent(agent: Any) -> Any:
    """A browser of an agent at both merchants of the sample shops."""
    from amends.store.members import give_role

    for merchant in ("demo", "demo-client"):
        give_role("lin", "agent", merchant)
    return agent


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_no_code_shows_where_people_read(shops: None, agent: Any, language: str) -> None:
    from amends.store.models import CaseRow

    seen: dict[str, int] = {}
    for number in CaseRow.objects.order_by("pk").values_list("pk", flat=True)[::4]:
        page = agent.get(f"/cases/{number}", headers={"accept-language": language})
        assert page.status_code == 200
        told, *_ = page.content.decode().split('class="panel raw')
        for word in CODE.findall(TAG.sub(" ", told)):
            seen[word] = number
    assert seen == {}
