"""Reading, writing, sharing and splitting money."""

import pytest

from amends.basics.currencies import EXPONENTS
from amends.basics.money import (
    Money,
    UnableToMixCurrencies,
    UnableToReadAmount,
    exponent,
    read_minor,
    share,
    split,
    write_minor,
)


@pytest.mark.parametrize(
    ("text", "digits", "minor"),
    [
        ("268.00", 2, 26800),
        ("268", 2, 26800),
        ("0.5", 2, 50),
        ("-0.05", 2, -5),
        ("1.500", 2, 150),
        ("6800", 0, 6800),
        ("6800.00", 0, 6800),
        ("10.001", 3, 10001),
        ("007.10", 2, 710),
    ],
)
def test_amounts_are_read_to_the_minor_unit(text: str, digits: int, minor: int) -> None:
    assert read_minor(text, digits) == minor


@pytest.mark.parametrize(
    "text",
    ["", " ", "1,00", "1.", ".5", "+1", "1e3", "--1", "1.2.3", "１.00", "NaN", "1 000", "9" * 16, "0.001", "-", "0x10"],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnableToReadAmount):
        read_minor(text, 2)


def test_a_refusal_shows_what_would_be_right_and_never_all_of_a_long_text() -> None:
    with pytest.raises(UnableToReadAmount, match=r"'12\.50'"):
        read_minor("twelve", 2)
    with pytest.raises(UnableToReadAmount, match=r"\.\.\.") as caught:
        read_minor("x" * 5000, 2)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("minor", "digits", "text"),
    [(26800, 2, "268.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (0, 2, "0.00"), (6800, 0, "6800"), (-1, 3, "-0.001")],
)
def test_amounts_are_written_with_all_their_digits(minor: int, digits: int, text: str) -> None:
    assert write_minor(minor, digits) == text


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [(10000, 1, 3, 3333), (10000, 2, 3, 6667), (5, 1, 2, 3), (1, 1, 2, 1), (0, 1, 2, 0), (999, 3, 3, 999)],
)
def test_a_share_is_rounded_half_up(amount: int, part: int, whole: int, expected: int) -> None:
    assert share(amount, part, whole) == expected


@pytest.mark.parametrize(("amount", "part", "whole"), [(-1, 1, 2), (1, -1, 2), (1, 1, 0), (1, 1, -2)])
def test_a_share_of_nonsense_is_refused(amount: int, part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="cannot take"):
        share(amount, part, whole)


def test_a_split_gives_the_largest_remainder_first_and_equal_ones_to_the_earlier_part() -> None:
    assert split(10000, [1, 1, 1]) == [3334, 3333, 3333]
    assert split(100, [1, 2, 4]) == [14, 29, 57]
    assert split(7, [0, 0]) == [7, 0]
    assert split(0, [3, 4]) == [0, 0]


@pytest.mark.parametrize(("total", "weights"), [(1, []), (-1, [1]), (1, [1, -1])])
def test_a_split_of_nonsense_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot split"):
        split(total, weights)


def test_currencies_have_the_digits_of_iso_4217() -> None:
    assert (exponent("JPY"), exponent("KRW"), exponent("CNY"), exponent("KWD")) == (0, 0, 2, 3)
    assert set(EXPONENTS.values()) == {0, 2, 3}


@pytest.mark.parametrize("code", ["RMB", "cny", "XAU", ""])
def test_an_unknown_currency_is_refused_with_examples(code: str) -> None:
    with pytest.raises(UnableToReadAmount, match="CNY"):
        exponent(code)


def test_money_names_its_currency_when_read_and_shown() -> None:
    assert Money.read_named(" 2000 CNY") == Money(200000, "CNY")
    assert str(Money.read("1250", "JPY")) == "1250 JPY"
    with pytest.raises(UnableToReadAmount, match="names no currency"):
        Money.read_named("2000")


def test_money_of_one_currency_adds_up_and_compares() -> None:
    one, two = Money(100, "EUR"), Money(250, "EUR")
    assert one + two == Money(350, "EUR")
    assert two - one == Money(150, "EUR")
    assert one < two
    assert one <= Money(100, "EUR")


def test_money_of_two_currencies_is_never_mixed() -> None:
    euro, yuan = Money(100, "EUR"), Money(100, "CNY")
    for attempt in (lambda: euro + yuan, lambda: euro - yuan, lambda: euro < yuan, lambda: euro <= yuan):
        with pytest.raises(UnableToMixCurrencies, match="EUR"):
            attempt()
