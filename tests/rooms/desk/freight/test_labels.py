"""Labels for the way back: bought once whatever answers are lost, followed, paid for once, and given back unused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.labels import ask_rates, buy_label, drop_label, say_label, void_label
from tests.booking_house import BUYER, Booked, back_case, booking, entries
from tests.case_house import AGENT, STRANGER, WAREHOUSE
from tests.databases import database

__all__ = ["database"]
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What is the same on either database is tried on one: the seller is what these are about."""


def booked_costs() -> list[int]:
    from amends.store.models import BookLineRow

    lines = BookLineRow.objects.filter(account="freight").order_by("pk")
    return list(lines.values_list("amount_minor", flat=True))


def test_a_label_is_bought_followed_shelved_paid_once_and_told_to_the_buyer(database: Any, tmp_path: Path) -> None:
    with booking("easypost", tmp_path) as booked:
        number = back_case(booked)
        quote = ask_rates(booked.desk, number, AGENT, BUYER)
        assert [(one.named, one.amount) for one in quote.offers] == [("UPS", 758)]  # the other is dearer than allowed
        assert booked.sold == 0
        wish = buy_label(booked.desk, number, AGENT, quote.number, quote.offers[0].id)
        assert (wish.state, wish.payer) == ("wanted", "merchant")
        booked.run(3)
        one = booked.now(number)
        assert (one.state, one.cost, one.carrier, one.wanted.get("buyer")) == ("booked", 758, "ups", None)
        assert booked.sold == 1
        assert entries(booked, number) == ["label_rates", "label_wanted", "label_booked", "label_sent"]
        pieces = booked.desk.shelf.of_case(number)
        assert [(piece.sha256, piece.mime) for piece in pieces] == [(one.file, "application/pdf")]
        assert booked_costs() == [758]
        note = booked.desk.freight.book.note(number)
        assert (note.way, note.waybill) == ("label", one.waybill)
        followed = booked.there.desk.book.of_case(number)
        assert [(link.part, link.parcel.waybill.number) for link in followed] == [("back", one.waybill)]
        said = [message.event for message in booked.desk.freight.cases.casework.history(number).messages]
        assert said[-1] == "label_ready"
        with pytest.raises(UnableToWork, match="already"):
            ask_rates(booked.desk, number, AGENT, BUYER)


@ONE
@pytest.mark.parametrize("seller", ["easypost", "shippo"])
def test_a_lost_answer_never_buys_a_second_label(database: Any, tmp_path: Path, seller: str) -> None:
    path = "/buy" if seller == "easypost" else "/transactions"
    with booking(seller, tmp_path) as booked:
        for sold, fault in enumerate(("drop_after", "error_after", "malformed", "commit_late", "drop_before"), 1):
            number = back_case(booked, f"O{sold}")
            booked.choose(number)
            more = {"ms": 30, "status": 0} if fault == "commit_late" else {}
            booked.fake.faults.set(fault, path=path, method="POST", **more)
            booked.run(9, minutes=30)
            one = booked.now(number)
            if (seller, fault) == (
                "shippo",
                "drop_before",
            ):  # it keeps no guard: a person looks, and nothing is bought again
                assert (one.state, booked.sold) == ("person", sold - 1)
                say_label(booked.desk, number, AGENT, one.number, "not_bought")
                booked.choose(number)
                booked.run(2)
                one = booked.now(number)
            assert (one.state, booked.sold) == ("booked", sold), fault
            assert booked_costs() == [758] * sold


@ONE
def test_a_worker_that_dies_after_the_call_leaves_one_label(database: Any, tmp_path: Path) -> None:
    with booking("shippo", tmp_path) as booked:
        number = back_case(booked)
        wish = booked.choose(number)
        claim = booked.desk.book.claim("gone", booked.there.clock(), 60, 5)[0]  # type: ignore[attr-defined]
        assert booked.desk.book.sending(claim, booked.there.clock())  # type: ignore[attr-defined]
        seller = booked.there.desk.networks.joined["shippo"]
        from amends.facts.bookings import wanted_of

        label = seller.network.label(
            seller.access, wanted_of(wish.key, wish.wanted, wish.offer), booked.there.desk.seal()
        )
        booked.there.desk.talk(label)  # it was bought; then the worker is gone, and nobody kept the receipt
        booked.run(4, minutes=5)
        assert (booked.now(number).state, booked.sold) == ("booked", 1)


@ONE
def test_an_unused_label_is_given_back_and_its_cost_with_it(database: Any, tmp_path: Path) -> None:
    with booking("easypost", tmp_path) as booked:
        number = back_case(booked)
        booked.choose(number)
        booked.run(2)
        first = booked.now(number)
        void_label(booked.desk, number, AGENT, first.number)
        booked.run(2, hours=13)
        assert booked.now(number).state == "voided"
        assert booked_costs() == [758, -758]
        assert booked.desk.freight.book.note(number).way == ""
        booked.choose(number)
        booked.run(2)
        second = booked.now(number)
        assert (second.state, second.key != first.key, booked.sold) == ("booked", True, 2)
        booked.fake.advance(second.waybill, "picked_up")
        void_label(booked.desk, number, AGENT, second.number)
        booked.run(1)
        assert booked.now(number).state == "booked"
        assert entries(booked, number)[-1] == "label_refused"
        booked.there.round(2)
        with pytest.raises(UnableToWork, match="has the parcel"):
            void_label(booked.desk, number, AGENT, second.number)


@ONE
def test_what_may_not_be_bought_is_said_plainly(database: Any, tmp_path: Path) -> None:
    with booking("easypost", tmp_path) as booked:
        number = back_case(booked)
        for person, word in ((STRANGER, "no case"), (WAREHOUSE, "may not")):
            with pytest.raises(UnableToWork, match=word):
                ask_rates(booked.desk, number, person, BUYER)
        for field, wrong in (("zip", ""), ("country", "USA"), ("grams", "-1")):
            with pytest.raises(UnableToWork) as told:
                ask_rates(booked.desk, number, AGENT, {**BUYER, field: wrong})
            assert told.value.field == field
        quote = ask_rates(booked.desk, number, AGENT, BUYER)
        with pytest.raises(UnableToWork, match="one of the offers"):
            buy_label(booked.desk, number, AGENT, quote.number, "rate_of_somebody_else")
        booked.there.clock.forward(hours=25)
        with pytest.raises(UnableToWork, match="over"):
            buy_label(booked.desk, number, AGENT, quote.number, quote.offers[0].id)
        booked.rounds.look()
        assert booked.desk.book.get(quote.number).wanted == {}  # type: ignore[union-attr]
        wish = booked.choose(number)
        drop_label(booked.desk, number, AGENT, wish.number)
        booked.run(2)
        assert booked.sold == 0


@ONE
def test_a_seller_without_money_fails_in_its_own_words_and_may_be_asked_again(database: Any, tmp_path: Path) -> None:
    with booking("easypost", tmp_path) as booked:
        number = back_case(booked)
        booked.choose(number)
        booked.fake.faults.set("refuse", path="/buy")
        booked.run(1)
        one = booked.now(number)
        assert (one.state, one.message) == ("failed", "Insufficient funds.")
        assert exception_of(booked, number) == "label_trouble"
        booked.choose(number)
        booked.run(2)
        assert (booked.now(number).state, exception_of(booked, number)) == ("booked", "")


def exception_of(booked: Booked, number: int) -> str:
    state = booked.desk.freight.cases.casework.look(number)
    assert state is not None
    return state.exception or ""
