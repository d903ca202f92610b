"""Every document that is sent to Shopify is one that the published schema of that very version takes."""

from __future__ import annotations

import json
import re
from collections.abc import Generator

import pytest
from graphql import NoDeprecatedCustomRule, parse, validate

from amends.channels.shopify.documents import DOCUMENTS, VERSION
from amends.facts.wire import WireAnswer, WireRequest
from amends.fakes.graphql import cost, read
from amends.fakes.shopify import MOST_COST
from tests.rooms.channels.shopify_house import ACCESS, CHANNEL, SEAL, House, deed
from tests.shopify_schema import FILE, PublishedSchema, published, wants_schema

VARIABLES = {"first": 20}


@wants_schema
def test_the_schema_is_of_the_version_that_is_asked() -> None:
    assert FILE.name == f"admin_{VERSION}.json.gz"


@wants_schema
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_valid_and_asks_for_nothing_that_is_going_away(name: str) -> None:
    tree = parse(DOCUMENTS[name])
    assert [fault.message for fault in validate(published(), tree)] == []
    assert [fault.message for fault in validate(published(), tree, [NoDeprecatedCustomRule])] == []


@wants_schema
@pytest.mark.parametrize(
    ("right", "wrong"),
    [("presentmentMoney", "presentMoney"), ("@idempotent(key: $key)", "@once"), ("RefundInput!", "RefundsInput!")],
)
def test_a_document_that_is_not_valid_is_refused(right: str, wrong: str) -> None:
    text = DOCUMENTS["refund"].replace(right, wrong)
    assert text != DOCUMENTS["refund"]
    assert PublishedSchema().faults(text, {"input": {"orderId": "gid://shopify/Order/1"}, "key": "k"})


@wants_schema
def test_what_is_put_into_a_document_is_held_against_the_schema_too() -> None:
    text, order = DOCUMENTS["refund"], "gid://shopify/Order/1"
    assert PublishedSchema().faults(text, {"input": {"orderId": order}, "key": "k"}) == []
    assert PublishedSchema().faults(text, {"input": {"orderId": order, "amounts": 1}, "key": "k"})
    assert PublishedSchema().faults(text, {"input": {"orderId": order}})


@wants_schema
def test_only_what_says_so_is_sent_with_a_key_and_what_wants_one_has_it() -> None:
    mutations = published().mutation_type
    assert mutations is not None
    for text in DOCUMENTS.values():
        found = re.search(r"^mutation \w+\([^{]*\{\s*(\w+)", text, re.MULTILINE)
        if found:
            wants = "idempotency key is required" in (mutations.fields[found.group(1)].description or "")
            assert wants == ("@idempotent" in text), found.group(1)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_costs_more_than_one_may(name: str) -> None:
    assert 0 < cost(read(DOCUMENTS[name]), VARIABLES) <= MOST_COST


@wants_schema
def test_the_stand_in_refuses_what_the_real_one_would() -> None:
    house = House()
    case = house.fake.ask(house.fake.sell().number)
    wrong = house.act(deed("agree_refund", case, amount=100, currency="EUR", payment="no"))
    assert wrong.outcome == "failed"

    def once() -> Generator[WireRequest, WireAnswer, WireAnswer]:
        headers = {"X-Shopify-Access-Token": ACCESS.values["token"]}
        body = json.dumps({"query": "{ shop { nam } }"}).encode()
        return (yield WireRequest("POST", f"{ACCESS.url}/admin/api/{VERSION}/graphql.json", headers, body))

    told = json.loads(house.say(once()).body)
    assert "nam" in told["errors"][0]["message"]
    assert house.say(CHANNEL.one(ACCESS, case.number, SEAL)) is not None
