"""Earlier payments by the same card and device prove themselves: the checklist of a 10.4 finds them without anybody's help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.desk.disputes.rule import NewDispute, open_by_hand
from amends.desk.dossiers.desk import look
from amends.facts.compelling import Signs
from amends.facts.dispute_settings import DisputeSettings
from amends.wiring.disputes import dispute_desk
from amends.wiring.ways import read_ways
from tests.case_house import MANAGER
from tests.dossier_house import Dossiers, words_of


@pytest.mark.parametrize("device", ["d-1", "another"])
def test_two_earlier_payments_are_shown_where_they_match(dossiers: Dossiers, device: str) -> None:
    number, now = dossiers.case(order="O-1"), dossiers.clock.at
    evidence = dossiers.desk.vault.evidence
    disputes = dispute_desk(evidence.cases, evidence, read_ways(""), DisputeSettings())
    for order, days, seen in (("O-1", 5, "d-1"), ("OLD-1", 150, device), ("OLD-2", 210, device)):
        told = Signs(f"pi_{order}", order, now - timedelta(days=days), "card-1", {"device": seen, "account": "anna"})
        disputes.signs.put("acme", told, 9_000, "EUR", "4242")
    new = NewDispute("card", "visa", "10.4", "dp_1", "90", "pi_O-1", now, now + timedelta(days=20))
    open_by_hand(disputes, number, MANAGER, new)
    [history] = [
        one for one in look(dossiers.desk, number, MANAGER, "visa", "10.4").checked if one.item.proof == "history"
    ]
    assert (history.state == "have") == (device == "d-1")
    if device == "d-1":
        pages = "".join(words_of(dossiers.pdf(dossiers.build(number, "visa", "10.4"))))
        assert "orderOLD-1(150daysbefore)andorderOLD-2(210daysbefore)" in pages
        assert "订单OLD-1（争议前150天）、订单OLD-2（争议前210天）" in pages
