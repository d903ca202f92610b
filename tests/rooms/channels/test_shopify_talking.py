"""What an answer of Shopify means: HTTP status, errors above everything, points."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from amends.channels.shopify.talking import understood
from amends.channels.shopify.words import NO_BUYER
from amends.facts.channels import Access, UnableToTalk
from tests.rooms.channels.shopify_house import ACCESS, AT, CHANNEL, SEAL, House, answered


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
    for request in house.asked:
        assert request.headers["X-Shopify-Access-Token"] == ACCESS.values["token"]
        assert ACCESS.values["token"] not in request.url
        assert ACCESS.values["token"].encode() not in request.body


def without(*names: str) -> Access:
    return replace(ACCESS, values={name: value for name, value in ACCESS.values.items() if name not in names})


def test_a_token_is_asked_for_with_the_apps_id_and_secret_and_lasts_a_day() -> None:
    house = House()
    given = house.say(CHANNEL.renew(without("token"), SEAL))
    assert datetime.fromisoformat(given["expires_at"]) == AT + timedelta(seconds=86_399)
    [request] = house.asked
    assert request.url.endswith("/admin/oauth/access_token")
    assert b"grant_type=client_credentials" in request.body
    fresh = replace(ACCESS, values={**ACCESS.values, "token": given["token"]})
    house.fake.tokens.discard(ACCESS.values["token"])
    with pytest.raises(UnableToTalk) as told:
        house.say(CHANNEL.order(ACCESS, "#1", SEAL))
    assert told.value.why == "keys"
    assert house.say(CHANNEL.order(fresh, "#1", SEAL)) is None


def test_a_token_that_does_not_run_out_is_not_renewed() -> None:
    house = House()
    assert house.say(CHANNEL.renew(without("client_id"), SEAL)) == {}
    assert house.asked == []


def test_a_new_shop_is_tried_with_a_token_of_the_moment() -> None:
    assert House().say(CHANNEL.probe(without("token"), SEAL)).name == "Nordhus"
    wrong = replace(without("token"), values={**without("token").values, "client_secret": "wrong"})
    with pytest.raises(UnableToTalk) as told:
        House().say(CHANNEL.probe(wrong, SEAL))
    assert told.value.why == "keys"


def test_without_any_token_nothing_is_asked() -> None:
    house = House()
    with pytest.raises(UnableToTalk) as told:
        house.say(CHANNEL.order(without("token"), "#1001", SEAL))
    assert told.value.why == "keys"
    assert house.asked == []


@pytest.mark.parametrize("body", [b'{"access_token":""}', b"{}", b"[]", b"<html>"])
def test_an_answer_without_a_token_is_strange(body: bytes) -> None:
    talk = CHANNEL.renew(without("token"), SEAL)
    next(talk)
    with pytest.raises(UnableToTalk) as told:
        talk.send(answered(body))
    assert told.value.why == "strange"


def denied(*path: object) -> dict[str, object]:
    return {"message": "This app is not approved", "path": list(path), "extensions": {"code": "ACCESS_DENIED"}}


def test_a_buyer_who_is_hidden_hides_nothing_else() -> None:
    data = {"order": {"email": None}}
    errors = [denied("order", "email"), denied("order", "shippingAddress")]
    found = understood(answered(json.dumps({"data": data, "errors": errors}).encode()))
    assert (found.data, found.hidden) == (data, True)
    for more in (denied("order", "returns"), {"message": "x", "path": ["order", "email"]}):
        with pytest.raises(UnableToTalk):
            understood(answered(json.dumps({"data": data, "errors": [*errors, more]}).encode()))
    with pytest.raises(UnableToTalk):
        understood(answered(json.dumps({"data": None, "errors": errors}).encode()))


def test_that_buyers_are_hidden_is_told_when_the_shop_is_tried() -> None:
    talk = CHANNEL.probe(ACCESS, SEAL)
    next(talk)
    scopes = [{"handle": scope} for scope in ("write_orders", "write_returns", "read_all_orders")]
    shop = {"shop": {"name": "N"}, "currentAppInstallation": {"accessScopes": scopes}}
    talk.send(answered(json.dumps({"data": shop}).encode()))
    hidden = {"data": {"orders": {"nodes": []}}, "errors": [denied("orders", "nodes", 0, "email")]}
    with pytest.raises(StopIteration) as end:
        talk.send(answered(json.dumps(hidden).encode()))
    assert [says.en for says in end.value.value.lacks] == [NO_BUYER.en]


def test_scopes_that_are_missing_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.fakes.shopify.SCOPES", ("read_orders", "read_returns"))
    lacks = House().say(CHANNEL.probe(ACCESS, SEAL)).lacks
    assert [says.en.rpartition("scope ")[2] for says in lacks][:2] == [
        "write_orders is missing",
        "write_returns is missing",
    ]
    assert "60" in lacks[2].en
