"""What is masked cannot be read back, and what is no one's data stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.basics.masking import mask_cells, mask_mail, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张*"),
        ("欧阳娜娜", "欧*"),
        ("云朵***", "云朵***"),
        ("Maria Weber", "M*** W***"),
        ("zoe@example.com", "z***@***.com"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_first_letter(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打 13812345678 找我", "打 ***78 找我"),
        ("write to zoe.li@mail.example.org please", "write to z***@***.org please"),
        ("+49 (0) 151 2345-6789", "***89"),
        ("paid 1299.00 on 2026-11-25 for 2 pieces", "paid 1299.00 on 2026-11-25 for 2 pieces"),
    ],
)
def test_a_text_keeps_all_but_numbers_and_addresses(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_a_row_is_masked_by_its_headers() -> None:
    row = {
        "收货人姓名": "张伟",
        "联系电话": "13812345678",
        "收货地址": "浙江省杭州市西湖区文三路 1 号",
        "Billing Name": "Maria Weber",
        "Email": "maria@example.com",
        "Shipping Street": "Hauptstr. 1",
        "商品名称": "棉质衬衫",
        "店铺名称": "暖屿服饰",
        "订单编号": "6928701234567",
        "备注": "请打 13812345678",
        "空": "",
    }
    assert mask_cells(row) == row | {
        "收货人姓名": "张*",
        "联系电话": "***78",
        "收货地址": "浙江***",
        "Billing Name": "M*** W***",
        "Email": "m***@***.com",
        "Shipping Street": "***",
        "备注": "请打 ***78",
    }


@given(st.text(st.characters(categories=["L"]), min_size=2), st.text(st.characters(categories=["L"]), min_size=2))
def test_no_more_than_a_letter_of_a_word_is_left(first: str, last: str) -> None:
    for word, masked in zip(f"{first} {last}".split(), mask_name(f"{first} {last}").split(), strict=False):
        assert masked[0] == word[0]
        assert set(masked[1:]) <= {"*"}


@given(st.text(min_size=3, alphabet="abcdefgh"), st.text(min_size=3, alphabet="ijklmnop"))
def test_of_a_mail_address_a_letter_and_the_end_are_left(box: str, host: str) -> None:
    assert mask_mail(f"{box}@{host}.com") == f"{box[0]}***@***.com"


@given(st.text("0123456789", min_size=7, max_size=15))
def test_of_a_telephone_number_two_digits_are_left(number: str) -> None:
    assert mask_phone(number) == f"***{number[-2:]}"
    assert number not in mask_text(f"call {number} now")
