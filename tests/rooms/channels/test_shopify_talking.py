"""What an answer of Shopify means: HTTP status, errors above everything, points."""

from __future__ import annotations

import json

import pytest

from amends.channels.shopify.talking import understood
from amends.facts.channels import UnableToTalk
from tests.rooms.channels.shopify_house import ACCESS, CHANNEL, SEAL, House, answered


def error(code: str, **cost: object) -> bytes:
    extensions = {"extensions": {"cost": cost}} if cost else {}
    return json.dumps({"errors": [{"message": "no", "extensions": {"code": code}}], **extensions}).encode()


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "keys"),
        (403, "keys"),
        (402, "refused"),
        (423, "refused"),
        (404, "missing"),
        (429, "throttled"),
        (430, "throttled"),
        (500, "down"),
        (502, "down"),
        (504, "down"),
        (302, "strange"),
        (400, "strange"),
    ],
)
def test_a_status_that_is_no_200(status: int, why: str) -> None:
    with pytest.raises(UnableToTalk) as told:
        understood(answered(b'{"errors":"Not Found"}', status))
    assert (told.value.why, told.value.code) == (why, str(status))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("THROTTLED", "throttled"),
        ("ACCESS_DENIED", "keys"),
        ("INTERNAL_SERVER_ERROR", "down"),
        ("SHOP_INACTIVE", "refused"),
        ("MAX_COST_EXCEEDED", "strange"),
        ("", "strange"),
    ],
)
def test_errors_within_a_200_are_read(code: str, why: str) -> None:
    with pytest.raises(UnableToTalk) as told:
        understood(answered(error(code)))
    assert told.value.why == why


def test_data_beside_errors_is_not_half_believed() -> None:
    with pytest.raises(UnableToTalk):
        understood(answered(b'{"data":{"shop":{"name":"x"}},"errors":[{"message":"partly"}]}'))


@pytest.mark.parametrize(
    ("wanted", "there", "rate", "seconds"),
    [(700, 0, 100.0, 7), (701, 0, 100.0, 8), (100, 100, 50, 1), (900_000, 0, 100, 600), (10, 4, 0, 1)],
)
def test_how_long_to_wait_is_reckoned_from_the_points(wanted: int, there: int, rate: float, seconds: int) -> None:
    state = {"maximumAvailable": 2000.0, "currentlyAvailable": there, "restoreRate": rate}
    with pytest.raises(UnableToTalk) as told:
        understood(answered(error("THROTTLED", requestedQueryCost=wanted, throttleStatus=state)))
    assert told.value.retry_after == seconds


def test_a_wait_told_in_the_header_is_kept() -> None:
    with pytest.raises(UnableToTalk) as told:
        understood(answered(b"", 429, **{"retry-after": "2.0"}))
    assert told.value.retry_after == 2


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data":nul', b'{"data":[]}', b"\xff"])
def test_what_is_no_answer_is_strange(body: bytes) -> None:
    with pytest.raises(UnableToTalk) as told:
        understood(answered(body))
    assert told.value.why == "strange"


def test_the_token_goes_in_its_header_and_nowhere_else() -> None:
    house = House()
    probe = house.say(CHANNEL.probe(ACCESS, SEAL))
    assert probe.name == "Nordhus"
    assert probe.lacks == ()
    [request] = house.asked
    assert request.headers["X-Shopify-Access-Token"] == ACCESS.values["token"]
    assert ACCESS.values["token"] not in request.url
    assert ACCESS.values["token"].encode() not in request.body


def test_scopes_that_are_missing_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.fakes.shopify.SCOPES", ("read_orders", "read_returns"))
    lacks = House().say(CHANNEL.probe(ACCESS, SEAL)).lacks
    assert [says.en.rpartition("scope ")[2] for says in lacks][:2] == [
        "write_orders is missing",
        "write_returns is missing",
    ]
    assert "60" in lacks[2].en
