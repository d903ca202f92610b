"""Money that a platform moved by a ruling: in the book once, by the ruling's own facts, and never beside the platform's refund of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.disputes import answer
from amends.desk.disputes.rule import NewDispute, open_by_hand, rule
from amends.desk.disputes.ruling_money import NewRulingMoney, record, settle, waiting_ruling_money
from amends.facts.platforms import ToldRefund
from amends.facts.ruling_money import RulingMoney, kinds_now
from amends.prove.truths import check_truths
from tests.case_house import AGENT, FINANCE, LEAD, MANAGER
from tests.databases import Database, database
from tests.dispute_house import DisputeHouse, a_case, dispute_house

__all__ = ["database"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[DisputeHouse]:
    with dispute_house(tmp_path) as found:
        yield found


def ruled(house: DisputeHouse, case: int, outcome: str = "lost") -> int:
    """An intervention of 抖店 on a case, ruled on."""
    new = NewDispute("platform", "douyin", "", f"ARB-{case}", "90.00", "", house.clock(), None)
    number = open_by_hand(house.desk, case, MANAGER, new)
    rule(house.desk, number, MANAGER, outcome, "merchant", "40.00" if outcome == "partly" else "", "")
    return number


def moved(house: DisputeHouse, number: int, kind: str, amount: str, reference: str, by: Any = MANAGER) -> RulingMoney:
    return record(house.desk, number, by, NewRulingMoney(kind, amount, reference, None, ""))


def book(*accounts: str) -> list[tuple[str, int]]:
    """Lines of these accounts, oldest first."""
    from amends.store.models import BookLineRow

    lines = BookLineRow.objects.filter(account__in=accounts).order_by("pk")
    return [(one.account, one.amount_minor) for one in lines]


def left(house: DisputeHouse, case: int) -> int:
    box: Any = house.desk.cases.money.till.box(case)
    return sum([one.left for one in box.payments])


def told_by_the_platform(house: DisputeHouse, case: int, reference: str, amount: int) -> None:
    """The shop's platform tells of a refund of this case."""
    from amends.store.models import CaseFile, CaseRow, ConnectionRow
    from amends.store.told_refunds import tell

    row = CaseRow.objects.select_related("shop").get(pk=case)
    connection, _ = ConnectionRow.objects.get_or_create(
        shop=row.shop, defaults={"channel": "douyin", "made_at": house.clock()}
    )
    file = CaseFile.objects.get(case=row).case_json
    tell(
        connection,
        row.order_no,
        row.key,
        [ToldRefund(reference, amount, row.currency, house.clock())],
        file,
        house.clock(),
    )


def test_what_was_taken_from_the_deposit_is_booked_once_and_counts_against_the_payment(house: DisputeHouse) -> None:
    case = a_case()
    number = ruled(house, case)
    first = moved(house, number, "price", "50.00", "FLOW-1")
    again = moved(house, number, "price", "50.00", "FLOW-1")
    assert (first.number, first.state, again.number) == (again.number, "booked", first.number)
    assert book("chargeback") == [("chargeback", 5_000)]
    assert left(house, case) == 4_000
    with pytest.raises(UnableToWork, match="recorded already"):
        moved(house, number, "price", "20.00", "FLOW-2")
    with pytest.raises(UnableToWork, match="every movement has its own"):
        moved(house, number, "beside", "20.00", "FLOW-1")
    moved(house, number, "beside", "20.00", "FLOW-2")
    assert (book("claim"), left(house, case)) == ([("claim", 2_000)], 4_000)
    assert house.entries(case).count("dispute_ruling_money_booked") == 2


def test_more_than_the_price_has_left_is_no_price(house: DisputeHouse) -> None:
    number = ruled(house, a_case())
    with pytest.raises(UnableToWork, match="compensation"):
        moved(house, number, "price", "90.01", "FLOW-1")
    with pytest.raises(UnableToWork, match="more than zero"):
        moved(house, number, "price", "0", "FLOW-1")


def test_the_platforms_own_refund_of_the_case_excludes_it(house: DisputeHouse) -> None:
    case = a_case()
    number = ruled(house, case)
    told_by_the_platform(house, case, "RF-1", 5_000)
    with pytest.raises(UnableToWork, match="own refund"):
        moved(house, number, "price", "30.00", "FLOW-1")
    assert moved(house, number, "beside", "30.00", "FLOW-1").state == "booked"
    assert (book("chargeback"), left(house, case)) == ([], 4_000)


@pytest.mark.parametrize(("refund", "net", "room"), [(5_000, 0, 4_000), (2_000, 3_000, 4_000), (6_000, 0, 3_000)])
def test_a_refund_that_is_told_afterwards_is_the_same_money(
    house: DisputeHouse, refund: int, net: int, room: int
) -> None:
    case = a_case()
    moved(house, ruled(house, case), "price", "50.00", "FLOW-1")
    for _ in range(2):
        told_by_the_platform(house, case, "RF-1", refund)
    assert sum([amount for _, amount in book("chargeback")]) == net
    assert sum([amount for _, amount in book("refunded")]) == refund
    assert left(house, case) == room


def test_above_the_line_a_second_person_says_yes_and_what_changed_meanwhile_counts(house: DisputeHouse) -> None:
    case = a_case()
    number = ruled(house, case)
    waits = moved(house, number, "price", "90.00", "FLOW-1", AGENT)
    assert (waits.state, book("chargeback"), left(house, case)) == ("proposed", [], 9_000)
    assert [(one.number, key) for one, key in waiting_ruling_money(house.desk, LEAD)] == [(waits.number, "R-O1")]
    with pytest.raises(UnableToWork, match="must say so"):
        settle(house.desk, number, AGENT, waits.number, yes=True)
    told_by_the_platform(house, case, "RF-1", 5_000)
    with pytest.raises(UnableToWork, match="own refund"):
        settle(house.desk, number, MANAGER, waits.number, yes=True)
    settle(house.desk, number, MANAGER, waits.number, yes=False, note="told as a refund")
    with pytest.raises(UnableToWork, match="otherwise by now"):
        settle(house.desk, number, MANAGER, waits.number, yes=True)
    assert (book("chargeback"), left(house, case)) == ([], 4_000)


def test_won_on_appeal_it_comes_back_once_and_frees_the_payment_only_where_the_buyer_lost_it(
    house: DisputeHouse,
) -> None:
    case = a_case()
    number = ruled(house, case)
    moved(house, number, "price", "50.00", "FLOW-1")
    moved(house, number, "beside", "10.00", "FLOW-2")
    with pytest.raises(UnableToWork, match="no ruling"):
        moved(house, number, "back", "50.00", "FLOW-3")
    answer.appeal(house.desk, number, MANAGER, "the parcel was empty")
    rule(house.desk, number, MANAGER, "won", "buyer", "", "")
    view = house.desk.money.of_dispute(number)
    assert kinds_now("platform", house.only().stage, view) == ["back", "undone"]
    with pytest.raises(UnableToWork, match="more than the platform took"):
        moved(house, number, "back", "60.01", "FLOW-3")
    moved(house, number, "back", "10.00", "FLOW-3")
    assert (book("claim")[-1], left(house, case)) == (("claim", -1_000), 4_000)
    moved(house, number, "undone", "50.00", "FLOW-4")
    assert (book("chargeback"), left(house, case)) == ([("chargeback", 5_000), ("chargeback", -5_000)], 9_000)


def test_the_book_stays_true(house: DisputeHouse) -> None:
    from amends.store.truth_reader import DatabaseLedger

    case = a_case()
    moved(house, ruled(house, case), "price", "90.00", "FLOW-1", FINANCE)
    told_by_the_platform(house, case, "RF-1", 9_000)
    assert [one.name for one in check_truths(DatabaseLedger(), house.clock()) if not one.holds] == []
