"""What people call a carrier, as our code."""

from __future__ import annotations

import pytest

from amends.carriers.naming import carrier_code


@pytest.mark.parametrize(
    ("told", "waybill", "code"),
    [
        ("顺丰速运", "", "sf"),
        ("顺丰 SF Express", "123", "sf"),
        ("shunfeng", "123", "sf"),
        ("圆通", "", "yto"),
        ("UPS", "", "ups"),
        ("ups", "", "ups"),
        ("DHL Paket", "", "dhl_parcel_de"),
        ("DHL Express", "", "dhl"),
        ("京东快递", "", "jd"),
        ("someone", "1Z999AA10123456784", "ups"),
        ("中通", "1Z999AA10123456784", "ups"),
        ("", "1Z999AA10123456785", ""),
        ("", "", ""),
        ("Somebody's van", "42", ""),
    ],
)
def test_a_name_or_a_certain_number_gives_the_code(told: str, waybill: str, code: str) -> None:
    assert carrier_code(told, waybill) == code
