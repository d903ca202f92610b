"""Nordhus, a self-built store that sells to the EU, the UK and the US: its cases as case files (JSON lines)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from amends.basics.money import share, write_minor
from amends.intake.samples.chance import Chance
from amends.intake.samples.own_goods import SPECIAL
from amends.intake.samples.own_orders import Told, order

_INTACT: Final = {"opened": True, "tags_removed": False, "used": False, "damaged": False, "incomplete": False}
_Scenario = Callable[[Chance, int], Told]


def own_store_export(seed: int, anchor: datetime, count: int) -> bytes:
    """The file: `count` case files around `anchor`, one a line."""
    chance = Chance.of(seed, "own", anchor)
    deck = [scenario for scenario, weight in _SCENARIOS for _ in range(weight)]
    cases = [deck[number % len(deck)](chance, number).case for number in range(1, count + 1)]
    return b"".join(orjson.dumps(case) + b"\n" for case in cases)


def _withdrawal(chance: Chance, number: int) -> Told:
    told = order(chance, number, (3, 10))
    told.ask("return_refund", "changed_mind", (1, 60), lines=[{"id": "l1", "quantity": 1}])
    told.case["goods"] = _INTACT
    return told


def _withdrawal_sent_back(chance: Chance, number: int) -> Told:
    told = order(chance, number, (15, 18))
    told.ask("return_refund", "changed_mind", (200, 345))
    _parcel_back(told, signed=chance.happens(70))
    return told


def _withdrawal_worn(chance: Chance, number: int) -> Told:
    told = order(chance, number, (15, 18))
    told.ask("return_refund", "changed_mind", (200, 345), lines=[{"id": "l1", "quantity": 1}])
    _parcel_back(told, signed=True)
    grade, finding = chance.one(
        (("C", "soles worn, creased"), ("C", "perfume and wear marks"), ("B", "opened, as new"))
    )
    told.case["inspection"] = {"at": told.at(chance.ago(2, 20)), "grade": grade, "findings": [finding]}
    told.case["goods"] = {**_INTACT, "used": grade == "C", "tags_removed": True}
    return told


def _withdrawal_late(chance: Chance, number: int) -> Told:
    told = order(chance, number, (24, 50))
    told.ask("return_refund", "changed_mind", (2, 40))
    return told


def _excluded(name: str) -> _Scenario:
    def scenario(chance: Chance, number: int) -> Told:
        told = order(chance, number, (2, 9), [SPECIAL[name]])
        told.ask("return_refund", "changed_mind", (1, 40), lines=[{"id": "l1", "quantity": 1}])
        if name == "hygiene":
            told.case["goods"] = {"opened": True, "seal_broken": True}
        return told

    return scenario


def _with_gift(chance: Chance, number: int) -> Told:
    told = order(chance, number, (3, 9), [SPECIAL["gift"]])
    told.case["order"]["lines"].append(told.case["order"]["lines"].pop(0))  # the gift stands last
    bought = [line for line in told.case["order"]["lines"] if "gift" not in line.get("traits", ())]
    if not bought:
        return _withdrawal(chance, number)
    told.ask(
        "return_refund", "changed_mind", (1, 50), lines=[{"id": bought[0]["id"], "quantity": bought[0]["quantity"]}]
    )
    return told


def _defect(chance: Chance, number: int) -> Told:
    told = order(chance, number, (20, 28))
    kind = chance.one(("repair", "return_refund", "exchange"))
    told.ask(kind, "quality", (1, 50), lines=[{"id": "l1", "quantity": 1}])
    told.case["defect"] = {"visible": False, "confirmed": chance.one((True, None)), "minor": False, "repairs_failed": 0}
    _proof(told, "photo", "video")
    return told


def _defect_again(chance: Chance, number: int) -> Told:
    told = order(chance, number, (70, 170))
    told.ask("return_refund", "quality", (2, 60), lines=[{"id": "l1", "quantity": 1}])
    told.case["defect"] = {"visible": False, "confirmed": True, "minor": False, "repairs_failed": chance.number(1, 2)}
    _proof(told, "report")
    return told


def _damaged(chance: Chance, number: int) -> Told:
    told = order(chance, number, (1, 4))
    line = told.case["order"]["lines"][0]
    half = share(int(line["paid"].replace(".", "")), 30, 100)
    told.ask("refund_only", "damaged", (1, 40), lines=[{"id": "l1", "quantity": 1}], amount=write_minor(half, 2))
    told.case["defect"] = {"visible": True, "confirmed": None}
    _proof(told, "photo")
    return told


def _lost(chance: Chance, number: int) -> Told:
    told = order(chance, number, (12, 16))
    told.ask("refund_only", "not_received", (2, 60))
    parcel = told.case["shipments"][0]
    parcel["trace"] = chance.one(("in_transit", "lost"))
    del parcel["delivered_at"], parcel["signed_by"]
    return told


def _wrong_item(chance: Chance, number: int) -> Told:
    told = order(chance, number, (2, 6))
    told.ask(chance.one(("exchange", "return_refund")), "wrong_item", (1, 40), lines=[{"id": "l1", "quantity": 1}])
    _proof(told, "photo")
    return told


def _missing(chance: Chance, number: int) -> Told:
    told = order(chance, number, (1, 5))
    told.ask("resend", "missing_item", (1, 40), lines=[{"id": "l1", "quantity": 1}])
    return told


def _size(chance: Chance, number: int) -> Told:
    told = order(chance, number, (2, 8))
    told.ask("exchange", "wrong_size", (1, 50), lines=[{"id": "l1", "quantity": 1}])
    told.case["goods"] = _INTACT
    return told


def _cancel(chance: Chance, number: int) -> Told:
    told = order(chance, number, (2, 4))
    told.ask("cancel", chance.one(("late_shipment", "changed_mind")), (1, 30))
    told.case["shipments"] = []
    told.case["order"]["ship_promised_by"] = told.at(chance.ago(10, 60))
    return told


def _price(chance: Chance, number: int) -> Told:
    told = order(chance, number, (1, 5))
    told.ask("price_adjustment", "better_price", (1, 40), lines=[{"id": "l1", "quantity": 1}], amount="15.00")
    return told


def _card_dispute(chance: Chance, number: int) -> Told:
    told = order(chance, number, (20, 60))
    told.ask("refund_only", chance.one(("unrecognised_charge", "not_received")), (30, 200))
    total = told.case["order"]["payments"][-1]
    total["method"] = "card"
    told.case["dispute"] = {
        "stage": chance.one(("alert", "open", "evidence_due", "evidence_due")),
        "reason_code": chance.one(("10.4", "13.1", "4837")),
        "opened_at": told.at(chance.ago(24, 190)),
        "amount": total["captured"],
    }
    told.case["buyer"]["disputes_12m"] = 1
    if told.case["dispute"]["stage"] == "evidence_due":
        told.case["platform"] = {"status": "processor: evidence due", "deadline": told.at(chance.due())}
    _proof(told, "document")
    return told


def _policy_hidden(chance: Chance, number: int) -> Told:
    told = order(chance, number, (5, 20))
    told.case["shop"]["return_policy_shown"] = False
    told.ask("return_refund", "changed_mind", (1, 60))
    return told


def _closed(chance: Chance, number: int) -> Told:
    told = _withdrawal_sent_back(chance, number)
    told.case["platform"] = {"status": "closed: refunded"}
    return told


def _parcel_back(told: Told, signed: bool) -> None:
    sent = told.chance.ago(90, 150)
    parcel: dict[str, Any] = {"shipped_at": told.at(sent), "waybill": f"RT{told.chance.digits(11)}"}
    if signed:
        parcel["signed_at"] = told.at(sent + timedelta(hours=told.chance.number(40, 80)))
    told.case["return_parcel"] = parcel
    told.case["request"]["agreed_at"] = told.at(sent - timedelta(hours=12))


def _proof(told: Told, *kinds: str) -> None:
    asked = told.case["request"]["requested_at"]
    told.case["evidence"] = [{"kind": kind, "by": "buyer", "at": asked} for kind in kinds]


_SCENARIOS: Final[tuple[tuple[_Scenario, int], ...]] = (
    (_withdrawal, 4),
    (_withdrawal_sent_back, 4),
    (_withdrawal_worn, 3),
    (_withdrawal_late, 2),
    (_excluded("custom"), 1),
    (_excluded("hygiene"), 1),
    (_excluded("digital"), 1),
    (_with_gift, 1),
    (_defect, 4),
    (_defect_again, 2),
    (_damaged, 3),
    (_lost, 3),
    (_wrong_item, 2),
    (_missing, 2),
    (_size, 3),
    (_cancel, 3),
    (_price, 1),
    (_card_dispute, 4),
    (_policy_hidden, 1),
    (_closed, 3),
)
