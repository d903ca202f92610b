"""The signature vectors of each network, and answers as they really come."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

import pytest

from amends.carriers.aftership.network import AfterShip
from amends.carriers.easypost.network import EasyPost
from amends.carriers.kuaidi100.network import Kuaidi100
from amends.facts.tracking import NetworkAccess, Waybill
from amends.facts.wire import Seal, UnableToTrustNotice

AT = datetime(2026, 11, 25, 4, tzinfo=UTC)


def access(**values: str) -> NetworkAccess:
    return NetworkAccess("https://network.example", values)


def test_kuaidi100_signs_a_question_as_published() -> None:
    asked = Kuaidi100().ask(access(key="KEY", customer="CUST"), Waybill("YT9693083639795", "yto"), Seal(AT, "n"))
    form = parse_qs(next(asked).body.decode())
    assert json.loads(form["param"][0]) == {"com": "yuantong", "num": "YT9693083639795", "resultv2": "4"}
    from amends.carriers.kuaidi100.network import _md5

    published = '{"com":"yuantong","num":"YT9693083639795"}'
    assert _md5(published + "KEY" + "CUST") == "F1A51E17F4A3F05B9F5D3FCF163957C3"
    assert form["sign"] == [_md5(form["param"][0] + "KEY" + "CUST")]


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_kuaidi100_believes_a_push_in_either_case_of_its_signature(case: object) -> None:
    sign = case("9E1C45EE8E992780AB1C5976032B9F61")  # type: ignore[operator]
    body = urlencode({"param": '{"status":"polling"}', "sign": sign}).encode()
    with pytest.raises(UnableToTrustNotice, match="names no parcel"):
        Kuaidi100().pushed(access(salt="SALT"), {}, body, AT)
    with pytest.raises(UnableToTrustNotice, match="sign does not fit"):
        Kuaidi100().pushed(access(salt="OTHER"), {}, body, AT)


def test_easypost_believes_the_published_vector() -> None:
    sign = "hmac-sha256-hex=03def589620c813f198fd03d7967e292b163ef0435ebf43071ce0e9519763cb7"
    keys = access(webhook_secret="secret")
    assert EasyPost().pushed(keys, {"x-hmac-signature": sign}, b'{"id":1}', AT) == ()
    with pytest.raises(UnableToTrustNotice):
        EasyPost().pushed(keys, {"x-hmac-signature": sign}, b'{"id":2}', AT)


def test_aftership_believes_a_signature_over_the_body() -> None:
    keys = access(webhook_secret="s3cr")
    sign = "7XvBe8p9FkMWfc+zd6QNC1sZV8qyhPpO0VdpTQz/Y/E="
    assert AfterShip().pushed(keys, {"aftership-hmac-sha256": sign}, b'{"id":1}', AT) == ()
    with pytest.raises(UnableToTrustNotice):
        AfterShip().pushed(keys, {"aftership-hmac-sha256": sign[::-1]}, b'{"id":1}', AT)


def test_an_entry_of_kuaidi100_without_a_code_is_read_by_its_word_and_the_newest_by_the_state_of_the_whole() -> None:
    told = {
        "message": "ok", "state": "3", "com": "shentong", "nu": "88810", "status": "200",
        "data": [
            {"time": "2026-11-20 18:03:11", "context": "已签收，签收人：本人"},
            {"time": "2026-11-20 08:00:00", "context": "派件中", "status": "派件"},
            {"time": "2026-11-18 08:00:00", "context": "已揽收", "status": "揽收"},
        ],
    }  # fmt: skip
    from amends.carriers.kuaidi100.network import _told

    found = _told(told, "88810")
    assert [scan.kind for scan in found.scans] == ["delivered", "out_for_delivery", "picked_up"]
    assert found.scans[0].at == datetime(2026, 11, 20, 10, 3, 11, tzinfo=UTC)
    assert found.carrier == "sto"
