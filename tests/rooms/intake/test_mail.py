"""A mail read from its bytes: what is new in it, whatever program wrote it."""

from __future__ import annotations

import email.message
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.mail import UnableToReadMail, numbers_in, tags_in
from amends.intake.mail import read_mail


def mail(text: str = "Hello", charset: str = "utf-8", **heads: str) -> bytes:
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    given_heads = {"From": "Anna <anna@example.com>", "To": "service@shop.example", "Message-ID": "<m1@example.com>"}
    for name, value in {**given_heads, **{name.replace("_", "-"): value for name, value in heads.items()}}.items():
        made[name] = value
    made.set_content(text, charset=charset)
    return made.as_bytes()


def test_head_and_text_are_read() -> None:
    found = read_mail(mail("My order AC-1001 is broken.", Subject="Broken", Date="Tue, 24 Nov 2026 10:00:00 +0100"))
    assert (found.id, found.sender, found.name, found.subject) == (
        "<m1@example.com>",
        "anna@example.com",
        "Anna",
        "Broken",
    )
    assert found.to == ("service@shop.example",)
    assert found.text == "My order AC-1001 is broken."
    assert found.at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert not found.automatic


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "big5", "utf-8"])
def test_chinese_is_read_in_the_charset_it_came_in(charset: str) -> None:
    text = "收到的杯子碎了"
    assert read_mail(mail(text, charset)).text == text


def test_a_charset_that_is_named_wrongly_is_read_as_well_as_can_be() -> None:
    content = mail("XXXX").replace(b'charset="utf-8"', b'charset="x-none"').replace(b"XXXX", "碎了".encode("gb18030"))
    assert read_mail(content).text == "碎了"


@pytest.mark.parametrize(
    "below",
    [
        "On Tue, 24 Nov 2026 at 09:12, Shop <service@shop.example> wrote:\n> Please send a photo.",
        "-----Original Message-----\nFrom: Shop\n\nPlease send a photo.",
        "------------------ 原始邮件 ------------------\n发件人: 店铺\n请发照片",
        "在 2026年11月24日 09:12，店铺 <service@shop.example> 写道：\n> 请发照片",
        "> Please send a photo.\n> Thank you",
        "发件人：店铺\n请发照片",
        "--\nAnna Weber\n+49 170 0000000",
    ],
)
def test_what_is_answered_and_a_signature_are_left_out(below: str) -> None:
    assert read_mail(mail(f"Here it is.\n\n{below}\n")).text == "Here it is."


def test_a_mail_that_only_quotes_is_kept_whole() -> None:
    text = "On Tue, 24 Nov 2026 at 09:12, Shop <service@shop.example> wrote:\n> Please send a photo."
    assert "Please send a photo." in read_mail(mail(text)).text


def test_a_page_is_read_as_its_words() -> None:
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Message-ID"] = "anna@example.com", "<m2@example.com>"
    made.set_content(
        "<style>p{color:red}</style><p>It is&nbsp;broken</p><script>alert(1)</script><p>Sorry</p>", subtype="html"
    )
    made.add_attachment(b"\xff\xd8\xff\xe0rest", maintype="image", subtype="jpeg", filename="cup.jpg")
    found = read_mail(made.as_bytes())
    assert [line for line in found.text.split("\n") if line] == ["It is broken", "Sorry"]
    assert [one.name for one in found.files] == ["cup.jpg"]
    assert b"".join(found.files[0].chunks()) == b"\xff\xd8\xff\xe0rest"


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.com>"},
        {"From": "MAILER-DAEMON@example.com"},
        {"From": "no-reply@example.com"},
        {"X_Failed_Recipients": "anna@example.com"},
    ],
)
def test_what_a_machine_writes_is_known(heads: dict[str, str]) -> None:
    assert read_mail(mail(**heads)).automatic
    assert not read_mail(mail(Auto_Submitted="no")).automatic


def test_tags_and_numbers_are_found_where_they_stand() -> None:
    ours = "c12-0123456789abcdef"
    found = read_mail(
        mail(
            "AC-1001 and AC-1002, not hello", Subject=f"Re: Case [{ours}]", References=f"<x@y> <{ours}.1@shop.example>"
        )
    )
    assert tags_in(found) == [(12, "0123456789abcdef")]
    assert numbers_in(found)[-2:] == ["AC-1001", "AC-1002"]
    assert "hello" not in numbers_in(found)


def test_what_has_no_sender_is_no_mail() -> None:
    for content in (b"", b"no head at all", b"Subject: x\r\n\r\nhello", b"From: nobody\r\n\r\nx"):
        with pytest.raises(UnableToReadMail):
            read_mail(content)


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"From: a@b.c\r\n", b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"]
    ),
)
def test_any_bytes_are_read_or_refused_by_name(content: bytes, head: bytes) -> None:
    try:
        found = read_mail(head + content)
    except UnableToReadMail:
        return
    assert "@" in found.sender
    assert len(found.text) <= 3_900
    for one in found.files:
        b"".join(one.chunks())
