"""Signatures by published vectors; moments, amounts and answers read without trust."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.basics.money import write_minor
from amends.channels.kernel_china import (
    beijing_text,
    fen_of_yuan,
    hmac_md5_sign,
    md5_sign,
    moment_of,
    object_in,
    read_moment,
    rows_of,
    seconds_of,
    without_secrets,
)
from amends.channels.taobao.top import signed
from amends.facts.channels import UnableToTalk
from amends.facts.wire import WireAnswer
from tests.rooms.channels.talking import access_to

TOP = {
    "method": "taobao.refund.get",
    "app_key": "12345678",
    "session": "sess",
    "timestamp": "2026-11-23 10:00:00",
    "format": "json",
    "v": "2.0",
    "fields": "refund_id,status",
    "refund_id": "123",
}


def test_the_two_signatures_of_top() -> None:
    by_md5, by_hmac = {**TOP, "sign_method": "md5"}, {**TOP, "sign_method": "hmac"}
    assert md5_sign("helloworld", by_md5) == "EC8417EFD98396EAAD952F1E77BFE4FA"
    assert hmac_md5_sign("helloworld", by_hmac) == "94D94EDB5BC0FC63DF93EFE57C118599"
    assert signed("helloworld", by_md5) == md5_sign("helloworld", by_md5)
    assert signed("helloworld", by_hmac) == hmac_md5_sign("helloworld", by_hmac)


@given(st.integers(631_152_000, 4_000_000_000))
def test_a_moment_is_the_same_however_it_is_written(seconds: int) -> None:
    moment = moment_of(seconds)
    assert seconds_of(moment) == seconds
    for written in (beijing_text(moment), seconds, str(seconds), seconds * 1000, f"{seconds}999"):
        assert read_moment(written) == moment


def test_a_time_without_an_offset_is_beijings() -> None:
    assert read_moment("2026-11-23 10:00:00") == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", "0", 0, True, "2026-11-23", "0001-01-01 00:00:00", "str", 1.5, []])
def test_what_is_no_moment_is_none(value: object) -> None:
    assert read_moment(value) is None


@given(st.integers(0, 10**12))
def test_yuan_are_read_to_the_last_fen(fen: int) -> None:
    assert fen_of_yuan(write_minor(fen, 2)) == fen


@pytest.mark.parametrize(("value", "fen"), [("200.07", 20_007), ("8", 800), (8, 800), ("59.0", 5_900)])
def test_yuan_in_every_form(value: object, fen: int) -> None:
    assert fen_of_yuan(value) == fen


@pytest.mark.parametrize("value", [None, "", "-1.00", "1.001", "many", True, [], "1,000.00"])
def test_what_is_no_amount_is_none(value: object) -> None:
    assert fen_of_yuan(value) is None


def test_a_number_with_a_point_keeps_its_digits() -> None:
    assert object_in(WireAnswer(200, {}, b'{"a": 1419.10}')) == {"a": "1419.10"}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (429, b"", "throttled"),
        (502, b"{}", "down"),
        (200, b"<html>", "strange"),
        (200, b"[]", "strange"),
        (200, b"[" * 9_000, "strange"),
    ],
)
def test_an_answer_that_is_none_says_why(status: int, body: bytes, why: str) -> None:
    with pytest.raises(UnableToTalk) as told:
        object_in(WireAnswer(status, {"retry-after": "7"}, body))
    assert told.value.why == why
    assert told.value.retry_after == (7 if why == "throttled" else None)


def test_a_single_object_stands_for_a_list_of_one() -> None:
    assert rows_of({"a": {"b": {"n": 1}}}, "a", "b") == [{"n": 1}]
    assert rows_of({"a": {"b": [{"n": 1}, "x", {"n": 2}]}}, "a", "b") == [{"n": 1}, {"n": 2}]
    assert rows_of({}, "a", "b") == []


def test_keys_are_blotted_out_of_what_a_gateway_says() -> None:
    access = access_to("jd", {"access_token": "12345678-b0e1", "vender_id": "10086"})
    assert without_secrets("renew 12345678-b0e1 of 10086", access) == "renew *** of 10086"
