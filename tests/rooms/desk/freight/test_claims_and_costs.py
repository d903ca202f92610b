"""Claims against carriers, the buyer's own freight, freight insurance: each paid once, by whoever owes it."""

from __future__ import annotations

from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.claims import look_at_claims, move_claim, open_claim
from amends.desk.freight.look import all_claims, freight_of
from amends.desk.freight.way_back import choose_way, insure, paid_with_refund, reimburse
from tests.case_house import AGENT, LEAD, STRANGER
from tests.databases import database
from tests.freight_house import RECEIPT, WAYBILL, freight_desk, log_of, plans, refund_case
from tests.money_house import case_of, order_of
from tests.tracking_house import tracking

__all__ = ["database"]


def defect_case(**shop: Any) -> int:
    """A return for a defect: the merchant pays the way back."""
    case = order_of(request={"kind": "return_refund", "reason": "quality"})
    case["shop"] |= shop
    case["defect"] = {"confirmed": True}
    return case_of(case)


def test_a_lost_parcel_is_claimed_from_its_carrier_and_paid(database: Any) -> None:
    number = refund_case()
    with tracking() as there:
        freight = freight_desk(there)
        given = {"waybill": WAYBILL, "amount": "90.00", "declared": "80.00", "insured": "yes"}
        claim = open_claim(freight, number, AGENT, "loss", given)
        assert (claim.carrier, claim.ceiling, claim.confidence) == ("yto", 8000, "M")
        assert claim.due is not None
        assert claim.due.isoformat().startswith("2027-11-20")
        with pytest.raises(UnableToWork, match="already"):
            open_claim(freight, number, AGENT, "loss", given)
        clock = [one for one in freight.cases.casework.history(number).deadlines if one.action == "claim_carrier"]
        assert [one.state for one in clock] == ["running"]
        move_claim(freight, number, AGENT, claim.number, "send", {"reference": "K1"})
        with pytest.raises(UnableToWork, match="paid"):
            move_claim(freight, number, AGENT, claim.number, "pay", {"paid": "80.01"})
        move_claim(freight, number, AGENT, claim.number, "pay", {"paid": "80.00"})
        with pytest.raises(UnableToWork):
            move_claim(freight, number, AGENT, claim.number, "pay", {"paid": "80.00"})
        from amends.store.models import BookLineRow

        booked = BookLineRow.objects.filter(entry__key=f"insurance:carrier-claim:{claim.number}", account="insurance")
        assert list(booked.values_list("amount_minor", flat=True)) == [-8000]
        assert plans(number) == []
        assert [view.one.state for view in all_claims(freight, LEAD, settled=True)] == ["paid"]
        assert all_claims(freight, STRANGER, settled=True) == []


def test_a_claim_that_runs_out_is_told_once_and_lapses(database: Any) -> None:
    number = refund_case("1Z999AA10123456784")
    with tracking() as there:
        freight = freight_desk(there)
        claim = open_claim(freight, number, AGENT, "damage", {"waybill": "1Z999AA10123456784", "amount": "5"})
        assert look_at_claims(freight, 10) == 0
        there.clock.forward(days=53)
        look_at_claims(freight, 10)
        look_at_claims(freight, 10)
        assert log_of(freight, number).count("carrier_claim_due") == 1
        there.clock.forward(days=10)
        look_at_claims(freight, 10)
        look_at_claims(freight, 10)
        assert log_of(freight, number).count("carrier_claim_lapsed") == 1
        assert freight.book.claim(claim.number).state == "lapsed"  # type: ignore[union-attr]


def test_the_buyers_own_freight_is_given_back_once_against_a_receipt(database: Any) -> None:
    number = defect_case()
    with tracking() as there:
        freight = freight_desk(there, [RECEIPT])
        state = freight.cases.casework.look(number)
        look = freight_of(freight, state)  # type: ignore[arg-type]
        assert look.payer == "merchant"
        assert look.reasons
        with pytest.raises(UnableToWork, match="shelf"):
            reimburse(freight, number, LEAD, "9.90", "cd" * 32)
        with pytest.raises(UnableToWork, match=r"no more than 15\.00"):
            reimburse(freight, number, LEAD, "15.01", RECEIPT)
        reimburse(freight, number, LEAD, "9.90", RECEIPT)
        assert plans(number) == [("freight", 990)]
        for _ in range(2):
            with pytest.raises(UnableToWork, match="already"):
                reimburse(freight, number, LEAD, "9.90", RECEIPT)
        assert plans(number) == [("freight", 990)]


def test_freight_that_went_with_the_refund_is_not_paid_again(database: Any) -> None:
    number = defect_case()
    with tracking() as there:
        freight = freight_desk(there, [RECEIPT])
        paid_with_refund(freight, number, LEAD)
        with pytest.raises(UnableToWork, match="already"):
            reimburse(freight, number, LEAD, "9.90", RECEIPT)
        assert plans(number) == []


def test_what_insurance_pays_the_merchant_does_not(database: Any) -> None:
    number = defect_case(labels=["freight_insurance"])
    with tracking() as there:
        freight = freight_desk(there, [RECEIPT])
        look = freight_of(freight, freight.cases.casework.look(number))  # type: ignore[arg-type]
        assert (look.note.insurance, look.note.insured_by) == ("automatic", "platform")
        with pytest.raises(UnableToWork, match="insurance"):
            reimburse(freight, number, LEAD, "9.90", RECEIPT)
        insure(freight, number, LEAD, "refuse")
        reimburse(freight, number, LEAD, "9.90", RECEIPT)
        assert plans(number) == [("freight", 990)]


def test_with_the_merchants_label_the_buyer_has_no_freight(database: Any) -> None:
    number = defect_case()
    with tracking() as there:
        freight = freight_desk(there, [RECEIPT])
        choose_way(freight, number, LEAD, "label", "SF1234567890123")
        with pytest.raises(UnableToWork, match="merchant's cost"):
            reimburse(freight, number, LEAD, "9.90", RECEIPT)


def test_where_the_buyer_pays_nothing_is_given_back(database: Any) -> None:
    number = case_of(order_of(request={"kind": "return_refund", "reason": "changed_mind"}))
    with tracking() as there:
        freight = freight_desk(there, [RECEIPT])
        assert freight_of(freight, freight.cases.casework.look(number)).payer == "buyer"  # type: ignore[arg-type]
        with pytest.raises(UnableToWork, match="buyer pays"):
            reimburse(freight, number, LEAD, "9.90", RECEIPT)
