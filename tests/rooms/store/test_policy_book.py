"""Policies in the database: versions, what is live, files taken in, and cases that are decided again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from amends.facts.kept_policies import KeptVersion
from amends.facts.people import Person
from tests.databases import Database, database  # noqa: F401

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
BOSS = Person("wu", "manager", frozenset({"acme"}))
ALL = {"merchant": "acme", "channel": "direct", "market": "DE", "currency": "EUR"}


def text(name: str = "acme", outcome: str = "accept", applies: str = "{}") -> str:
    return (
        f"policy: {name}\nversion: 1\napplies: {applies}\nrules:\n"
        f"  - id: entitled\n    when: {{entitled: true}}\n    then: {{outcome: accept}}\n"
        f"  - id: all\n    then: {{outcome: {outcome}, handling: review}}\n"
    )


@pytest.fixture
def desk(database: Database) -> Any:  # noqa: F811
    from amends.desk.settings.policies import PolicyDesk
    from amends.store.members import ensure_merchant
    from amends.store.models import Shop
    from amends.store.policy_book import DatabasePolicies
    from amends.wiring.house import live_house

    ensure_merchant("acme")
    ensure_merchant("rival")
    Shop.objects.create(name="acme-eu", **ALL)
    Shop.objects.create(name="rival-eu", **(ALL | {"merchant": "rival"}))
    return PolicyDesk(DatabasePolicies(), live_house())


def passed() -> Any:
    """A clock that moves two seconds each time it is read, so that every look is a fresh one."""
    seconds = iter(range(0, 10_000, 2))
    return lambda: float(next(seconds))


def shelf() -> Any:
    from amends.store.policy_shelf import LiveShelf
    from amends.wiring.policies import _shelf

    return LiveShelf(_shelf, passed())


def test_a_draft_decides_nothing_until_it_is_published_and_then_in_every_process(desk: Any) -> None:
    mine, other = shelf(), shelf()
    assert other.policy_for("acme-eu", "DE", "direct").id == "standard"
    number = desk.begin("acme", "acme", BOSS, NOW)
    assert mine.policy_for("acme-eu", "DE", "direct").id == "standard"
    desk.publish(number, text(), "first", 1, BOSS, NOW, "a test")
    assert mine.policy_for("acme-eu", "DE", "direct").id == "acme"
    assert other.policy_for("acme-eu", "DE", "direct").id == "acme"
    assert other.policy_for("rival-eu", "DE", "direct").id == "standard"


def test_within_a_second_a_process_does_not_look_again(desk: Any) -> None:
    from amends.store.policy_shelf import LiveShelf
    from amends.wiring.policies import _shelf

    still = LiveShelf(_shelf, lambda: 1.0)
    assert still.policy_for("acme-eu", "DE", "direct").id == "standard"
    desk.publish(desk.begin("acme", "acme", BOSS, NOW), text(), "", 1, BOSS, NOW, "a test")
    assert still.policy_for("acme-eu", "DE", "direct").id == "standard"


def test_versions_are_added_and_one_is_live(desk: Any) -> None:
    number = desk.begin("acme", "acme", BOSS, NOW)
    desk.save(number, text(), "a thought", 1, BOSS, NOW)
    desk.publish(number, text(), "out", 2, BOSS, NOW, "a test")
    desk.publish(number, text(outcome="refuse"), "harder", 3, BOSS, NOW, "a test")
    desk.roll_back(number, 3, 4, BOSS, NOW, "a test")
    versions = desk.book.versions(number)
    assert [(one.number, one.state) for one in versions] == [
        (5, "live"),
        (4, "retired"),
        (3, "retired"),
        (2, "retired"),
        (1, "retired"),
    ]
    assert versions[0].text == text()
    assert versions[0].made_by == "wu"


def test_the_same_text_saved_again_is_no_new_version(desk: Any) -> None:
    number = desk.begin("acme", "acme", BOSS, NOW)
    assert desk.save(number, text(), "", 1, BOSS, NOW).number == 2
    assert desk.save(number, text(), "", 2, BOSS, NOW).number == 2


def test_who_writes_on_an_older_version_is_told_and_nothing_is_lost(desk: Any) -> None:
    from amends.desk.settings.gate import UnableToSet

    number = desk.begin("acme", "acme", BOSS, NOW)
    desk.save(number, text(), "", 1, BOSS, NOW)
    with pytest.raises(UnableToSet, match="Somebody else"):
        desk.save(number, text(outcome="refuse"), "", 1, BOSS, NOW)
    assert [one.number for one in desk.book.versions(number)] == [2, 1]


@pytest.mark.parametrize(
    "person", [Person("lin", "agent", frozenset({"acme"})), Person("he", "manager", frozenset({"rival"}))]
)
def test_only_a_manager_of_the_merchant_changes_its_policies(desk: Any, person: Person) -> None:
    from amends.desk.settings.gate import UnableToSet

    number = desk.begin("acme", "acme", BOSS, NOW)
    for change in (
        lambda: desk.begin("acme", "other", person, NOW),
        lambda: desk.save(number, text(), "", 1, person, NOW),
        lambda: desk.publish(number, text(), "", 1, person, NOW, "why not"),
    ):
        with pytest.raises(UnableToSet, match="manager"):
            change()
    assert len(desk.book.versions(number)) == 1


def test_a_text_that_fails_the_check_needs_a_reason_and_keeps_it(desk: Any) -> None:
    from amends.desk.settings.policies import UnableToPublish

    number = desk.begin("acme", "acme", BOSS, NOW)
    hard = "policy: acme\nversion: 1\nrules:\n  - id: never\n    then: {outcome: refuse}\n"
    with pytest.raises(UnableToPublish) as caught:
        desk.publish(number, hard, "", 1, BOSS, NOW, "  ")
    assert any(flaw.kind == "contradiction" and flaw.case for flaw in caught.value.flaws)
    assert desk.publish(number, hard, "", 1, BOSS, NOW, "legal said so").accepted == "legal said so"


def test_a_policy_keeps_its_name(desk: Any) -> None:
    from amends.decide.policy.spots import UnableToReadPolicy

    number = desk.begin("acme", "acme", BOSS, NOW)
    with pytest.raises(UnableToReadPolicy, match="line 1: policy: this policy is called acme"):
        desk.publish(number, text("other"), "", 1, BOSS, NOW, "x")


def test_after_a_change_the_open_unanswered_cases_it_speaks_for_are_decided_again(desk: Any) -> None:
    from amends.desk.decide_again import DecideAgain
    from amends.desk.decide_waiting import decide_waiting
    from amends.store.decision_book import DatabaseDecisionBook
    from amends.store.models import CaseRow
    from amends.store.policy_book import POLICIES, change_count
    from amends.wiring.house import live_house
    from tests.rooms.web.samples import DIRECT, kettle, put

    put([(DIRECT, kettle("HP-1", 30.0)), (DIRECT, kettle("HP-2", 30.0))])
    shop = CaseRow.objects.first().shop
    shop.merchant = "acme"
    shop.save()
    decide_waiting(live_house())
    CaseRow.objects.filter(key="HP-2").update(state="closed")
    again = DecideAgain(DatabaseDecisionBook(), live_house, lambda: change_count(POLICIES))
    assert again.look() == 0
    number = desk.begin("acme", "acme", BOSS, NOW)
    desk.publish(number, text(), "", 1, BOSS, NOW, "a test")
    assert [row.key for row in CaseRow.objects.filter(decided_at=None)] == ["HP-1"]
    assert again.look() == 1
    assert again.look() == 0
    file = CaseRow.objects.get(key="HP-1").file
    assert "policy.acme" in str(file.decision_json)
    elsewhere = text(applies="{markets: [JP]}")
    CaseRow.objects.filter(key="HP-1").update(state="open")
    desk.publish(number, elsewhere, "", 2, BOSS, NOW, "a test")
    assert CaseRow.objects.filter(decided_at=None).count() == 1  # the policy before spoke for it
    again.look()
    desk.publish(number, elsewhere + "# again\n", "", 3, BOSS, NOW, "a test")
    assert CaseRow.objects.filter(decided_at=None).count() == 0


def test_a_file_is_taken_in_once_for_the_merchant_whose_shop_it_names(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amends.cli.tools import UnableToStart
    from amends.store.models import PolicyRow
    from amends.wiring.policies import take_in_files

    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "a.yaml").write_text(text("rivals", applies="{shops: [rival-eu]}"), encoding="utf-8")
    assert take_in_files(tmp_path) == 1
    assert take_in_files(tmp_path) == 0
    assert shelf().policy_for("rival-eu", "DE", "direct").id == "rivals"
    assert shelf().policy_for("acme-eu", "DE", "direct").id == "standard"
    row = PolicyRow.objects.get(name="rivals")
    assert row.merchant == "rival"
    boss = Person("he", "manager", frozenset({"rival"}))
    desk.publish(row.pk, text("rivals"), "on the page", 1, boss, NOW, "a test")
    assert take_in_files(tmp_path) == 0
    assert desk.policy(row.pk, boss).live.note == "on the page"
    (folder / "b.yaml").write_text("policy: bad\nrules: 3\n", encoding="utf-8")
    (folder / "a.yaml").write_text(text("rivals", "refuse"), encoding="utf-8")
    with pytest.raises(UnableToStart, match=r"b\.yaml: line 2"):
        take_in_files(tmp_path)
    assert desk.policy(row.pk, boss).live.number == 2


def test_texts_are_given_back_as_they_were(desk: Any) -> None:
    number = desk.begin("acme", "acme", BOSS, NOW)
    odd = "policy: acme\r\n# 备注 \U0001f600\n\n"
    kept: KeptVersion = desk.save(number, odd, "note", 1, BOSS, NOW)
    assert desk.book.versions(number)[0] == kept
    assert kept.text == odd
