"""Which carrier a waybill may be of: what is certain, what is only possible, and check digits that do not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.carriers.codes import CARRIERS
from amends.carriers.recognise import candidates, fedex_express_digit, mod10_digit, s10_digit, surely, ups_digit


@pytest.mark.parametrize(
    ("waybill", "carrier"),
    [
        ("SF1234567890123", "sf"),
        ("sf 1234 5678 90123", "sf"),
        ("YT9693083639795", "yto"),
        ("JT5123456789012", "jtexpress"),
        ("JDVA00123456789", "jd"),
        ("JD0123456789012-1-1-", "jd"),
        ("1Z999AA10123456784", "ups"),
        ("9405500208303109884137", "usps"),
        ("420902109405500208303109884137", "usps"),
        ("RA123456785CN", "ems"),
        ("RB123456785GB", "royalmail"),
        ("DPK364851234567", "deppon"),
    ],
)
def test_a_form_of_its_own_is_certain(waybill: str, carrier: str) -> None:
    assert surely(waybill) == carrier


@pytest.mark.parametrize(
    "waybill", ["1Z999AA10123456785", "9405500208303109884138", "RA123456784CN", "hello", "", "12", "中通123"]
)
def test_a_check_digit_that_does_not_hold_makes_no_candidate(waybill: str) -> None:
    assert candidates(waybill) == ()


def test_a_number_that_several_carriers_use_is_a_guess_and_told_as_one() -> None:
    found = candidates("986578788855")
    assert found[0].carrier == "fedex"
    assert (found[0].sure, found[0].checked) == ("likely", True)
    assert {"sf", "fedex"} <= {one.carrier for one in found}
    assert surely("986578788855") == ""
    zto = candidates("75312345678901")
    assert (zto[0].carrier, zto[0].sure) == ("zto", "likely")
    assert surely("75312345678901") == ""


@given(st.text("0123456789", min_size=11, max_size=11))
def test_exactly_one_check_digit_holds_for_fedex_but_for_ten(body: str) -> None:
    assert len([digit for digit in "0123456789" if fedex_express_digit(body + digit)]) == 1


@given(st.text("0123456789", min_size=19, max_size=25), st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_figure_is_seen_by_the_usps_digit(body: str, place: int, off: int) -> None:
    good = next(body + digit for digit in "0123456789" if mod10_digit(body + digit))
    bad = good[:place] + str((int(good[place]) + off) % 10) + good[place + 1 :]
    assert not mod10_digit(bad)


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_figure_is_seen_by_the_s10_digit_save_where_ten_and_eleven_stand_for_others(
    body: str, place: int, off: int
) -> None:
    digits = [digit for digit in "0123456789" if s10_digit(f"RA{body}{digit}CN")]
    assert len(digits) == 1
    bad = body[:place] + str((int(body[place]) + off) % 10) + body[place + 1 :]
    if s10_digit(f"RA{bad}{digits[0]}CN"):
        assert digits[0] in "05"


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=15, max_size=15))
def test_exactly_one_check_digit_holds_for_ups(body: str) -> None:
    assert len([digit for digit in "0123456789" if ups_digit(f"1Z{body}{digit}")]) == 1


@given(st.text(max_size=40))
def test_anything_at_all_can_be_looked_at(text: str) -> None:
    assert {one.carrier for one in candidates(text)} <= set(CARRIERS)
