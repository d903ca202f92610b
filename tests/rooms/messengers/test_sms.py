"""Signatures as the providers publish them, what their answers mean, and how long a text message is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.sms import SMS_PROVIDERS, SmsProvider, UnableToDial, filled, phone_of, size_of, wish_in
from amends.facts.wire import WireAnswer
from amends.messengers import aliyun_sms, twilio


def test_the_signature_of_aliyun_is_that_of_its_own_example() -> None:
    heads = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    made = aliyun_sms.signature("POST", query, heads, "YourAccessKeySecret")
    assert made == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"


def test_the_signature_of_twilio_is_that_of_its_own_example() -> None:
    told = {
        "CallSid": "CA1234567890ABCDE",
        "From": "+12349013030",
        "To": "+18005551212",
        "Caller": "+12349013030",
        "Digits": "1234",
    }
    made = twilio.signature("https://mycompany.com/myapp.php?foo=1&bar=2", told, "12345")
    assert made == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


@pytest.mark.parametrize(
    ("status", "body", "end", "server"),
    [
        (200, '{"Code":"OK","BizId":"9^0"}', "sent", False),
        (200, '{"Code":"isv.MOBILE_NUMBER_ILLEGAL"}', "bad", False),
        (200, '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}', "later", False),
        (200, '{"Code":"isv.AMOUNT_NOT_ENOUGH"}', "later", True),
        (400, '{"Code":"SignatureDoesNotMatch"}', "later", True),
        (400, '{"Code":"Throttling.User"}', "later", True),
        (200, '{"Code":"isv.SMS_TEMPLATE_ILLEGAL"}', "refused", False),
        (200, "<html>", "unsure", False),
        (502, "", "unsure", False),
    ],
)
def test_an_answer_of_aliyun_is_never_read_as_more_than_it_says(status: int, body: str, end: str, server: bool) -> None:
    found = aliyun_sms.read_sent(WireAnswer(status, {}, body.encode()))
    assert (found.end, found.server) == (end, server)


@pytest.mark.parametrize(
    ("status", "body", "end", "server"),
    [
        (201, '{"sid":"SM1","status":"queued","num_segments":"2"}', "sent", False),
        (400, '{"code":21211}', "bad", False),
        (400, '{"code":21610}', "stopped", False),
        (403, '{"code":20005}', "later", True),
        (429, "", "later", True),
        (400, '{"code":21617}', "refused", False),
        (201, "{}", "unsure", False),
        (503, "", "unsure", False),
    ],
)
def test_an_answer_of_twilio_is_never_read_as_more_than_it_says(status: int, body: str, end: str, server: bool) -> None:
    found = twilio.read_sent(WireAnswer(status, {}, body.encode()))
    assert (found.end, found.server) == (end, server)


@pytest.mark.parametrize(
    ("typed", "market", "number"),
    [
        ("138 1234 5678", "CN", "+8613812345678"),
        ("8613812345678", "CN", "+8613812345678"),
        ("+86-13812345678", "US-CA", "+8613812345678"),
        ("(415) 555-0100", "US", "+14155550100"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("0049 151 23456789", "FR", "+4915123456789"),
    ],
)
def test_a_number_is_written_as_networks_want_it(typed: str, market: str, number: str) -> None:
    assert phone_of(typed, market) == number


@pytest.mark.parametrize("typed", ["", "12", "no number", "+", "0" * 30])
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(UnableToDial):
        phone_of(typed, "CN")


@pytest.mark.parametrize(
    ("text", "length", "parts", "plain"),
    [
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("€" * 80, 160, 1, True),
        ("a" * 71 + "好", 72, 2, False),
        ("😀" * 35, 70, 1, False),
    ],
)
def test_a_text_is_as_long_as_phones_count(text: str, length: int, parts: int, plain: bool) -> None:
    found = size_of(text, provider="twilio")
    assert (found.length, found.parts, found.plain) == (length, parts, plain)


def test_the_sign_counts_with_the_text() -> None:
    assert size_of("好" * 66, provider="aliyun", sign="晴朗").parts == 1
    assert size_of("好" * 67, provider="aliyun", sign="晴朗").parts == 2


@given(st.text(max_size=400), st.text(max_size=40), st.sampled_from(SMS_PROVIDERS))
def test_a_longer_text_never_takes_fewer_parts(text: str, more: str, provider: SmsProvider) -> None:
    assert size_of(text, provider=provider).parts <= size_of(text + more, provider=provider).parts


def test_only_the_whole_word_is_a_wish() -> None:
    assert [
        wish_in(one) for one in ("退订", " STOP. ", "回T", "start", "please stop sending the wrong size", "T恤")
    ] == [
        "stop",
        "stop",
        "stop",
        "start",
        "",
        "",
    ]


def test_places_are_filled_in_both_ways_of_writing_them() -> None:
    assert filled("{shop}：${case} {unknown}", {"shop": "晴朗", "case": "AS1"}) == "晴朗：AS1"
