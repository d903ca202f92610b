"""The carrier's own station: told by the shipments of an order, and so known of its cases too."""

from __future__ import annotations

from typing import Any

from amends.facts.metric_story import CaseStory, OrderStory
from amends.facts.tracks import Tracks
from amends.learn.metrics.rows import case_row, order_rows

FILE: dict[str, Any] = {
    "order": {"currency": "EUR", "paid_at": "2026-11-01T10:00:00+01:00", "lines": [{"sku": "A", "paid": "5.00"}]},
    "shipments": [{"id": "W1", "carrier": "TNT", "station": "TNT Halle-Ost"}],
}
REQUEST = {"kind": "refund_only", "reason": "damaged", "requested_at": "2026-11-05T10:00:00+01:00"}


def test_an_order_tells_its_carrier_and_station() -> None:
    [row] = order_rows(OrderStory(1, "main", "one", "direct", "DE", FILE, 1))
    assert (row["carrier"], row["station"]) == ("TNT", "TNT Halle-Ost")


def test_a_case_has_them_from_its_own_file_or_its_order_and_the_parcel_that_is_followed_speaks_first() -> None:
    def story(case: dict[str, Any], **more: Any) -> CaseStory:
        tracks = Tracks().states()
        return CaseStory(
            1, "main", "one", "direct", "DE", "EUR", "api", "open", 1, {**case, "request": REQUEST}, tracks, **more
        )

    own, order = case_row(story(FILE)), case_row(story({"order": FILE["order"]}, sold=FILE))
    assert (own["carrier"], own["station"]) == (order["carrier"], order["station"]) == ("TNT", "TNT Halle-Ost")
    assert case_row(story(FILE, carrier="DHL"))["carrier"] == "DHL"
    assert case_row(story({"order": FILE["order"]}))["station"] == ""
