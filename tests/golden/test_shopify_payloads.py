"""Answers of Shopify and what is told of them, whole. `answers.json` is by the published schema, `told.json` is what must come of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from amends.channels.shopify.channel import Shopify
from amends.channels.shopify.documents import DOCUMENTS
from amends.facts.channels import Access
from amends.facts.imported import CaseMade, ShopSetting
from amends.facts.platforms import ToldCase, ToldRefund
from amends.facts.read_case import read_case
from amends.facts.wire import Seal, WireAnswer, WireRequest
from tests.shopify_schema import PublishedSchema, wants_schema

T = TypeVar("T")
FOLDER = Path(__file__).parent / "shopify"
ANSWERS: dict[str, Any] = json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))
TOLD: dict[str, Any] = (
    json.loads((FOLDER / "told.json").read_text(encoding="utf-8")) if (FOLDER / "told.json").exists() else {}
)
ACCESS = Access(ShopSetting("Nordhus", "shopify", market="DE", currency="USD"), "https://shop.example", {"token": "t"})
SEAL = Seal(datetime(2026, 11, 24, tzinfo=UTC), "n")


def say(told: Generator[WireRequest, WireAnswer, T]) -> T:
    """The result of a talk with the recorded answers, by the operation's name."""
    request = next(told)
    try:
        while True:
            found = re.search(r"(?:query|mutation) (\w+)", json.loads(request.body)["query"])
            assert found
            content = json.dumps({"data": ANSWERS[found.group(1)]}).encode()
            request = told.send(WireAnswer(200, {}, content))
    except StopIteration as end:
        result: T = end.value
        return result


def refund(one: ToldRefund) -> dict[str, Any]:
    at = one.at.isoformat() if one.at else None
    return {"reference": one.reference, "amount": one.amount, "currency": one.currency, "at": at} | {
        "key": one.key,
        "payment": one.payment,
        "moved": one.moved,
    }


def plain(case: ToldCase) -> dict[str, Any]:
    assert isinstance(case.made, CaseMade)
    return {
        "number": case.number,
        "status": case.status,
        "standing": case.standing,
        "state": case.made.state,
        "as_of": case.made.as_of,
        "final": case.final,
        "by_itself": case.by_itself,
        "refunds": [refund(one) for one in case.refunds],
        "alarms": [one.code for one in case.alarms],
        "remarks": [one.code for one in case.made.remarks],
        "case": case.made.case,
    }


def told() -> dict[str, Any]:
    order = say(Shopify().order(ACCESS, "#1042", SEAL))
    assert order is not None
    cases = [say(Shopify().one(ACCESS, f"#1042-R{place}", SEAL)) for place in (1, 2)]
    return {
        "order": {"number": order.number, "file": order.file, "contact": [order.contact.email, order.contact.phone]},
        "updated_at": order.updated_at.isoformat(),
        "refunds": [refund(one) for one in order.refunds],
        "cases": [plain(case) for case in cases if case],
    }


def test_what_is_told_of_the_recorded_answers() -> None:
    found = told()
    if os.environ.get("AMENDS_WRITE_GOLDENS"):
        (FOLDER / "told.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == TOLD


def test_the_case_reader_takes_them() -> None:
    for case in told()["cases"]:
        read = read_case(case["case"])
        assert sum(line.paid for line in read.order.lines) + read.order.shipping_paid == 8_516
        assert read.ignored in ((), ("return_parcel.carrier",))


@wants_schema
@pytest.mark.parametrize("name", ["named", "order", "taken_back", "returns"])
def test_the_recorded_answers_are_ones_that_the_schema_can_give(name: str) -> None:
    document = DOCUMENTS[name]
    operation = re.search(r"query (\w+)", document)
    assert operation
    variables = {"named": {"query": "x"}}.get(name, {"id": "gid://shopify/Order/450789469"})
    assert PublishedSchema().untold(document, variables, ANSWERS[operation.group(1)]) == []


def test_a_name_of_a_return_that_is_not_there_is_none() -> None:
    assert say(Shopify().one(ACCESS, "#1042-R9", SEAL)) is None
