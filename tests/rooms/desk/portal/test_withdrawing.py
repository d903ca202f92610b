"""The withdrawal function (Directive (EU) 2023/2673), on both databases: there at every instant, received with that instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.basics.zones import EU_MARKETS
from amends.desk.cases.faults import UnableToWork
from amends.desk.portal import asking
from amends.desk.portal.desk import PortalDesk
from amends.desk.portal.withdrawal import declare, has_function, period_of, settle_statement, statements
from amends.facts.people import Person
from amends.facts.shops import KeptShop
from amends.facts.withdrawal import KeptStatement, Statement, labels_of
from tests.case_house import AGENT, Clock
from tests.databases import Database, database
from tests.django_house import NOW
from tests.portal_house import order_of, portal, shop_of

__all__ = ["database"]


def receipt_of(kept: KeptStatement, shop: KeptShop) -> tuple[str, str]:
    """The acknowledgement as the page makes it; found once Django is ready."""
    from amends.web.portal.receipt import receipt_of as made

    return made(kept, shop)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock, tmp_path: Path) -> PortalDesk:
    return portal(tmp_path, clock)


def stated(
    desk: PortalDesk, once: str, number: str = "NH20001", lines: tuple[tuple[str, int], ...] = ()
) -> KeptStatement:
    said = Statement("Anna Weber", number, "anna.weber@example.com", "en", once, lines)
    return declare(desk, shop_of(desk), said, order_of(desk, number), receipt_of)


@given(minutes=st.integers(0, 60 * 24 * 400))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_at_every_instant_a_statement_is_received_and_states_that_instant(
    desk: PortalDesk, clock: Clock, minutes: int
) -> None:
    clock.at = NOW - timedelta(days=3) + timedelta(minutes=minutes)
    period = period_of(desk, order_of(desk))
    kept = stated(desk, f"at {minutes}")
    assert period.until is not None
    assert kept.at == clock.at
    assert kept.late == (clock.at >= period.until)
    subject, text = receipt_of(kept, shop_of(desk))
    assert f"{clock.at:%Y-%m-%d %H:%M:%S} UTC" in text
    assert "NH20001" in subject
    assert ("ended on" in text) == kept.late


def test_the_period_ends_fourteen_days_after_delivery_at_the_end_of_the_day_there(
    desk: PortalDesk, clock: Clock
) -> None:
    until = period_of(desk, order_of(desk)).until
    assert until == datetime.fromisoformat("2026-12-07T00:00:00+01:00")
    assert period_of(desk, order_of(desk, "NH20002")).over
    assert period_of(desk, order_of(desk, "NH20003")).until is None
    assert not period_of(desk, order_of(desk, "NH20003")).over


def test_a_case_stands_for_it_with_the_instant_and_no_reason_asked(desk: PortalDesk, clock: Clock) -> None:
    clock.forward(days=2, hours=3, seconds=17)
    kept = stated(desk, "a")
    ((number, key),) = kept.cases
    state = desk.cases.casework.look(number)
    assert state is not None
    request = state.case["request"]
    assert (request["kind"], request["reason"], key) == ("return_refund", "changed_mind", "R-NH20001-1")
    assert datetime.fromisoformat(request["requested_at"]) == clock.at
    assert (state.decision or {})["outcome"] == "accept"
    letters = [one for one in desk.cases.casework.history(number).messages if one.event == "withdrawal_received"]
    assert len(letters) == 1
    assert letters[0].state == "waiting"
    assert f"{clock.at:%Y-%m-%d %H:%M:%S} UTC" in letters[0].text


def test_before_dispatch_it_cancels(desk: PortalDesk) -> None:
    ((number, _),) = stated(desk, "a", "NH20003").cases
    state = desk.cases.casework.look(number)
    assert state is not None
    assert state.case["request"]["kind"] == "cancel"


def test_part_of_a_contract_can_be_withdrawn_from(desk: PortalDesk) -> None:
    ((number, _),) = stated(desk, "a", lines=(("l2", 1),)).cases
    state = desk.cases.casework.look(number)
    assert state is not None
    assert state.case["request"]["lines"] == [{"id": "l2", "quantity": 1}]
    assert (state.decision or {})["refund"]["total"] == "46.00"


def test_a_second_press_is_the_same_statement(desk: PortalDesk, clock: Clock) -> None:
    first = stated(desk, "a")
    clock.forward(hours=1)
    again = stated(desk, "a")
    assert (again.number, again.at, again.cases) == (first.number, first.at, first.cases)
    assert len(desk.known.cases_of("Nordhus", "NH20001")) == 1


def test_goods_that_a_request_is_about_already_are_told_of_there(desk: PortalDesk) -> None:
    wish = asking.wish_of([("l1", 1)], "return_refund", "wrong_size", {})
    there = asking.send(desk, shop_of(desk), order_of(desk), wish).state
    kept = stated(desk, "a")
    assert {key for _, key in kept.cases} == {there.key, "R-NH20001-2"}
    told = desk.cases.casework.history(there.number).messages
    assert [one.by_kind for one in told if one.event == "message"] == ["buyer"]


def test_what_fits_no_order_is_received_all_the_same_and_waits_for_a_person(desk: PortalDesk, clock: Clock) -> None:
    said = Statement("Jo", "some order", "jo@example.com", "zh", "x", what="the blue one")
    kept = declare(desk, shop_of(desk), said, None, receipt_of)
    assert (kept.state, kept.cases, kept.at) == ("open", (), clock.at)
    assert "人工" in receipt_of(kept, shop_of(desk))[1]
    lead = Person("mei", "lead", frozenset({"demo"}))
    assert [one.number for one in statements(desk, lead)] == [kept.number]
    assert statements(desk, Person("el", "lead", frozenset({"another"}))) == []
    with pytest.raises(UnableToWork) as foreign:
        settle_statement(desk, kept.number, Person("el", "lead", frozenset({"another"})), "mine")
    assert foreign.value.code == "not_found"
    with pytest.raises(UnableToWork, match="note"):
        settle_statement(desk, kept.number, AGENT, " ")
    settle_statement(desk, kept.number, AGENT, "it is NH20001; case opened by hand")
    assert desk.statements.get(kept.number).state == "settled"  # type: ignore[union-attr]
    with pytest.raises(UnableToWork, match="already"):
        settle_statement(desk, kept.number, AGENT, "again")


def test_what_a_statement_says_of_a_person_is_sealed(desk: PortalDesk) -> None:
    from amends.store.models import WithdrawalRow

    stated(desk, "a")
    row = WithdrawalRow.objects.get()
    assert "Anna" not in row.sealed
    assert "anna.weber" not in row.sealed


@pytest.mark.parametrize(("field", "said"), [
    ("name", Statement(" ", "NH20001", "a@b.example", "en", "x")),
    ("order", Statement("Anna", " ", "a@b.example", "en", "x")),
    ("means", Statement("Anna", "NH20001", " ", "en", "x")),
])  # fmt: skip
def test_no_more_is_asked_for_than_the_law_lets_and_that_is_named(
    desk: PortalDesk, field: str, said: Statement
) -> None:
    with pytest.raises(UnableToWork) as told:
        declare(desk, shop_of(desk), said, None, receipt_of)
    assert told.value.field == field


def test_the_function_is_for_the_union_with_labels_that_its_laws_have() -> None:
    assert {market for market in ("DE", "FR", "PL", "IE") if has_function(market)} == {"DE", "FR", "PL", "IE"}
    assert not any(has_function(market) for market in ("GB", "US", "CN", "JP"))
    assert labels_of("DE").withdraw == "Vertrag widerrufen"
    assert labels_of("FR").confirm == "Confirmer la rétractation"
    assert {labels_of(market).withdraw for market in EU_MARKETS if labels_of(market).lang == "en"} == {
        "Withdraw from contract here"
    }
